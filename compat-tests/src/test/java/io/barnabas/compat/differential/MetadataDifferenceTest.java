package io.barnabas.compat.differential;

import static io.barnabas.compat.differential.TopicRequests.metadata;

import io.barnabas.testkit.Acceptance;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.DescribeClusterRequest;
import io.barnabas.wire.message.DescribeTopicPartitionsRequest;
import io.barnabas.wire.message.DescribeTopicPartitionsRequest.Cursor;
import io.barnabas.wire.message.DescribeTopicPartitionsRequest.TopicRequest;
import io.barnabas.wire.message.ListPartitionReassignmentsRequest;
import io.barnabas.wire.message.ListPartitionReassignmentsRequest.ListPartitionReassignmentsTopics;
import io.barnabas.wire.message.MetadataRequest;
import io.barnabas.wire.message.MetadataRequest.MetadataRequestTopic;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the cluster says of itself. */
@ExtendWith(BothBrokers.class)
class MetadataDifferenceTest {
    @Test
    @Acceptance(159)
    void metadataAreAnsweredAlike(SideBySide brokers) {
        brokers.everyVersion("metadata", ApiKey.METADATA, (play, version) -> {
            String name = "metadata-" + version;
            Uuid id = play.topic(name, 3);
            play.topic(name + "-other", 1);
            play.ask("one", version, metadata(version, name));
            play.ask("two", version, metadata(version, name + "-other", name));
            play.ask("one twice", version, metadata(version, name, name));
            if (version >= 1) {
                play.ask("none", version, metadata(version));
            }
            if (version >= 4) {
                play.ask("unknown", version, metadata(version, "none-" + name, name));
                play.ask("offsets, not made yet or made", version, metadata(version, "__transaction_state"));
            }
            play.ask("bad name", version, metadata(version, "a/b"));
            play.ask("no name", version, metadata(version, ""));
            play.ask("longest name and more", version, metadata(version, "n".repeat(250)));
            if (version >= 8) {
                play.ask(
                        "operations",
                        version,
                        metadata(version, name)
                                .includeTopicAuthorizedOperations(true)
                                .includeClusterAuthorizedOperations(version <= 10));
            }
            if (version >= 10) {
                play.ask(
                        "id beside the name",
                        version,
                        new MetadataRequest()
                                .topics(List.of(
                                        new MetadataRequestTopic().name(name).topicId(id))));
                play.ask(
                        "unknown id beside the name",
                        version,
                        new MetadataRequest()
                                .topics(List.of(
                                        new MetadataRequestTopic().name(name).topicId(new Uuid(3, 4)))));
                play.ask(
                        "no name, no id",
                        version,
                        new MetadataRequest().topics(List.of(new MetadataRequestTopic().name(null))));
            }
            if (version >= 12) {
                play.ask("by id", version, ids(id));
                play.ask(
                        "by id and name",
                        version,
                        new MetadataRequest()
                                .allowAutoTopicCreation(false)
                                .topics(List.of(
                                        new MetadataRequestTopic().name(null).topicId(id),
                                        new MetadataRequestTopic().name(name + "-other"))));
                play.ask("unknown id", version, ids(new Uuid(3, 4)));
                play.ask("id zero", version, ids(Uuid.ZERO));
            }
        });
    }

    @Test
    @Acceptance(36)
    void topicsAreMadeOnFirstUseAlike(SideBySide brokers) {
        brokers.everyVersion("made on first use", ApiKey.METADATA, (play, version) -> {
            String name = "first-use-" + version;
            MetadataRequest request = new MetadataRequest().topics(List.of(new MetadataRequestTopic().name(name)));
            play.ask("first", version, request);
            play.name(play.awaitLeaders(name, 1));
            play.ask("then", version, request);
            play.ask(
                    "collides",
                    version,
                    new MetadataRequest().topics(List.of(new MetadataRequestTopic().name(name.replace('-', '.')))));
            play.name(play.awaitLeaders(name.replace('-', '.'), 1));
            play.ask(
                    "collides again",
                    version,
                    new MetadataRequest().topics(List.of(new MetadataRequestTopic().name(name.replace('-', '_')))));
        });
    }

    @Test
    void allTopicsAreListedAlike(SideBySide brokers) {
        brokers.everyVersion("all topics", ApiKey.METADATA, (play, version) -> {
            String family = version <= 12 ? "listed-" : "listed-too-";
            play.name(play.topic(family + version, 2));
            play.only("topics", family);
            play.ask("all", version, new MetadataRequest().topics(version == 0 ? List.of() : null));
        });
    }

    @Test
    void theClusterIsDescribedAlike(SideBySide brokers) {
        brokers.everyVersion("describe cluster", ApiKey.DESCRIBE_CLUSTER, (play, version) -> {
            play.ask("plain", version, new DescribeClusterRequest());
            play.ask("operations", version, new DescribeClusterRequest().includeClusterAuthorizedOperations(true));
            if (version >= 1) {
                for (int type : new int[] {-1, 0, 1, 2, 3}) {
                    play.ask("endpoint type " + type, version, new DescribeClusterRequest().endpointType((byte) type));
                }
            }
        });
    }

    @Test
    void partitionsAreDescribedAlike(SideBySide brokers) {
        brokers.everyVersion("describe partitions", ApiKey.DESCRIBE_TOPIC_PARTITIONS, (play, version) -> {
            play.topic("in-parts-a", 3);
            play.topic("in-parts-b", 2);
            play.ask("two", version, parts("in-parts-b", "in-parts-a"));
            play.ask("twice", version, parts("in-parts-a", "in-parts-a"));
            play.ask("unknown", version, parts("in-parts-none", "in-parts-a"));
            play.ask("bad name", version, parts("a/b"));
            play.ask("no name", version, parts(""));
            play.ask(
                    "four partitions",
                    version,
                    parts("in-parts-a", "in-parts-b").responsePartitionLimit(4));
            play.ask("one partition", version, parts("in-parts-a").responsePartitionLimit(1));
            play.ask("no partitions", version, parts("in-parts-a").responsePartitionLimit(0));
            play.ask("negative partitions", version, parts("in-parts-a").responsePartitionLimit(-1));
            play.ask("from within", version, parts("in-parts-a", "in-parts-b").cursor(cursor("in-parts-a", 2)));
            play.ask("from the next", version, parts("in-parts-a", "in-parts-b").cursor(cursor("in-parts-b", 0)));
            play.ask("from beyond", version, parts("in-parts-a", "in-parts-b").cursor(cursor("in-parts-a", 7)));
            play.ask("negative place", version, parts("in-parts-a").cursor(cursor("in-parts-a", -1)));
            play.ask("from what is not asked for", version, parts("in-parts-b").cursor(cursor("in-parts-a", 1)));
        });
    }

    @Test
    void movesOfPartitionsAreListedAlike(SideBySide brokers) {
        brokers.everyVersion("list reassignments", ApiKey.LIST_PARTITION_REASSIGNMENTS, (play, version) -> {
            play.topic("not-moving", 1);
            play.ask("all", version, new ListPartitionReassignmentsRequest().topics(null));
            play.ask("none", version, new ListPartitionReassignmentsRequest().topics(List.of()));
            play.ask("one", version, moves("not-moving", 0));
            play.ask("unknown partition", version, moves("not-moving", 3));
            play.ask("unknown topic", version, moves("none-moving", 0));
        });
    }

    private static MetadataRequest ids(Uuid... ids) {
        return new MetadataRequest()
                .allowAutoTopicCreation(false)
                .topics(List.of(ids).stream()
                        .map(id -> new MetadataRequestTopic().name(null).topicId(id))
                        .toList());
    }

    private static DescribeTopicPartitionsRequest parts(String... names) {
        return new DescribeTopicPartitionsRequest()
                .topics(Arrays.stream(names)
                        .map(name -> new TopicRequest().name(name))
                        .toList());
    }

    private static Cursor cursor(String topic, int partition) {
        return new Cursor().topicName(topic).partitionIndex(partition);
    }

    private static ListPartitionReassignmentsRequest moves(String topic, int... partitions) {
        return new ListPartitionReassignmentsRequest()
                .topics(List.of(
                        new ListPartitionReassignmentsTopics().name(topic).partitionIndexes(partitions)));
    }
}
