package io.barnabas.compat.differential;

import static io.barnabas.compat.differential.TopicRequests.metadata;

import io.barnabas.testkit.Acceptance;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.DescribeClusterRequest;
import io.barnabas.wire.message.ListPartitionReassignmentsRequest;
import io.barnabas.wire.message.ListPartitionReassignmentsRequest.ListPartitionReassignmentsTopics;
import io.barnabas.wire.message.MetadataRequest;
import io.barnabas.wire.message.MetadataRequest.MetadataRequestTopic;
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
            play.topic("listed-" + version, 2);
            play.only("topics", "listed-");
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

    private static ListPartitionReassignmentsRequest moves(String topic, int... partitions) {
        return new ListPartitionReassignmentsRequest()
                .topics(List.of(
                        new ListPartitionReassignmentsTopics().name(topic).partitionIndexes(partitions)));
    }
}
