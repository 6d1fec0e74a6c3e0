package io.barnabas.compat.differential;

import static io.barnabas.compat.differential.TopicRequests.assigned;
import static io.barnabas.compat.differential.TopicRequests.create;
import static io.barnabas.compat.differential.TopicRequests.delete;
import static io.barnabas.compat.differential.TopicRequests.metadata;
import static io.barnabas.compat.differential.TopicRequests.topic;
import static io.barnabas.compat.differential.TopicRequests.with;

import io.barnabas.testkit.Acceptance;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.CreatePartitionsRequest;
import io.barnabas.wire.message.CreatePartitionsRequest.CreatePartitionsAssignment;
import io.barnabas.wire.message.CreatePartitionsRequest.CreatePartitionsTopic;
import io.barnabas.wire.message.DeleteTopicsRequest;
import io.barnabas.wire.message.DeleteTopicsRequest.DeleteTopicState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Making, widening and deleting topics. */
@ExtendWith(BothBrokers.class)
class TopicDifferenceTest {
    private static final String LONGEST = "n".repeat(249);

    @Test
    @Acceptance(30)
    void creationsAreAnsweredAlike(SideBySide brokers) {
        brokers.everyVersion("create topics", ApiKey.CREATE_TOPICS, (play, version) -> {
            String name = "created-" + version;
            play.ask("none", version, create());
            play.ask("one", version, create(topic(name, 2, 1)));
            play.ask("again", version, create(topic(name, 2, 1)));
            play.ask("of defaults", version, create(topic(name + "-defaults", -1, -1)));
            play.ask("no partitions", version, create(topic(name + "-bad", 0, 1)));
            play.ask("negative partitions", version, create(topic(name + "-bad", -2, 1)));
            play.ask("no replicas", version, create(topic(name + "-bad", 1, 0)));
            play.ask("negative replicas", version, create(topic(name + "-bad", 1, -2)));
            play.ask("too many replicas", version, create(topic(name + "-bad", 1, 2)));
            play.ask("both wrong", version, create(topic(name + "-bad", 0, 2)));
            for (String bad : new String[] {"", ".", "..", "a/b", "a b", "\u00e9", "n".repeat(250), "a\nb"}) {
                play.ask("name '" + bad + "'", version, create(topic(bad, 1, 1)));
            }
            play.ask("longest name", version, create(topic(LONGEST.substring(2) + "-" + version, 1, 1)));
            play.ask("dots and underscores", version, create(topic("dots.and.dots." + version, 1, 1)));
            play.ask("they collide", version, create(topic("dots_and.dots_" + version, 1, 1)));
            play.ask("cluster metadata", version, create(topic("__cluster_metadata", 1, 1)));
            play.ask(
                    "twice, and another",
                    version,
                    create(topic(name + "-twice", 1, 1), topic(name + "-twice", 1, 1), topic(name + "-once", 1, 1)));
            play.ask(
                    "good, bad and there already",
                    version,
                    create(topic(name + "-good", 1, 1), topic(name + "-bad", 1, 3), topic(name, 1, 1)));

            play.ask("assigned", version, create(assigned(name + "-assigned", new int[] {0}, new int[] {0})));
            play.ask(
                    "assigned to nobody",
                    version,
                    create(assigned(name + "-nobody", new int[] {})).timeoutMs(200));
            play.ask(
                    "assigned to a stranger",
                    version,
                    create(assigned(name + "-stranger", new int[] {77})).timeoutMs(200));
            play.ask("assigned twice to one", version, create(assigned(name + "-bad", new int[] {0, 0})));
            play.ask(
                    "assigned to -1",
                    version,
                    create(assigned(name + "-negative", new int[] {-1})).timeoutMs(200));
            play.ask("assigned unevenly", version, create(assigned(name + "-bad", new int[] {0}, new int[] {0, 1})));
            var gap = assigned(name + "-bad", new int[] {0});
            gap.assignments().get(0).partitionIndex(1);
            play.ask("assigned from one on", version, create(gap));
            var both = assigned(name + "-bad", new int[] {0});
            play.ask(
                    "assigned and counted",
                    version,
                    create(both.numPartitions(1).replicationFactor((short) 1)));

            play.ask(
                    "validated only",
                    version,
                    create(topic(name + "-only", 1, 1)).validateOnly(version >= 1));
            if (version >= 1) {
                play.ask(
                        "validated only, bad",
                        version,
                        create(topic(name + "-only", 1, 9)).validateOnly(true));
                play.ask(
                        "validated only, there",
                        version,
                        create(topic(name, 1, 1)).validateOnly(true));
            }
            play.ask(
                    "patience of zero",
                    version,
                    create(topic(name + "-zero", 1, 1)).timeoutMs(0));
            play.ask(
                    "negative patience",
                    version,
                    create(topic(name + "-minus", 1, 1)).timeoutMs(-1));
        });
    }

    @Test
    void settingsOfNewTopicsAreAnsweredAlike(SideBySide brokers) {
        brokers.everyVersion("create topics with settings", ApiKey.CREATE_TOPICS, (play, version) -> {
            String name = "set-" + version;
            String[][] settings = {
                {"retention.ms", "60000"},
                {"retention.ms", "soon"},
                {"retention.ms", ""},
                {"retention.ms", null},
                {"retention.ms", "-2"},
                {"retention.ms", " 70000 "},
                {"cleanup.policy", "compact"},
                {"cleanup.policy", "compact,delete"},
                {"cleanup.policy", "burn"},
                {"cleanup.policy", ""},
                {"compression.type", "zstd"},
                {"compression.type", "brotli"},
                {"compression.gzip.level", "0"},
                {"min.insync.replicas", "0"},
                {"min.insync.replicas", "5"},
                {"segment.bytes", "13"},
                {"segment.bytes", "1.5"},
                {"segment.bytes", "99999999999"},
                {"preallocate", "perhaps"},
                {"preallocate", "TRUE"},
                {"min.cleanable.dirty.ratio", "1.5"},
                {"message.timestamp.type", "LogAppendTime"},
                {"message.timestamp.type", "logappendtime"},
                {"message.format.version", "2.8"},
                {"message.format.version", "28"},
                {"leader.replication.throttled.replicas", "0:0"},
                {"leader.replication.throttled.replicas", "*"},
                {"leader.replication.throttled.replicas", "x"},
                {"remote.storage.enable", "true"},
                {"local.retention.ms", "5"},
                {"max.compaction.lag.ms", "0"},
                {"unknown.setting", "1"},
                {"", "1"},
            };
            for (int i = 0; i < settings.length; i++) {
                String[] one = settings[i];
                play.ask(one[0] + "=" + one[1], version, create(with(topic(name + "-" + i, 1, 1), one[0], one[1])));
            }
            play.ask(
                    "setting twice",
                    version,
                    create(with(with(topic(name + "-twice", 1, 1), "retention.ms", "1000"), "retention.ms", "2000")));
            play.ask(
                    "min above max lag",
                    version,
                    create(with(
                            with(topic(name + "-lag", 1, 1), "min.compaction.lag.ms", "1000"),
                            "max.compaction.lag.ms",
                            "500")));
        });
    }

    @Test
    @Acceptance(32)
    void wideningIsAnsweredAlike(SideBySide brokers) {
        brokers.everyVersion("create partitions", ApiKey.CREATE_PARTITIONS, (play, version) -> {
            String name = "widened-" + version;
            play.topic(name, 2);
            play.topic(name + "-other", 1);
            play.ask("none", version, widen());
            play.ask("unknown topic", version, widen(count("none-" + name, 3)));
            play.ask("bad name", version, widen(count("a/b", 3)));
            play.ask("no name", version, widen(count("", 3)));
            play.ask("as many", version, widen(count(name, 2)));
            play.ask("fewer", version, widen(count(name, 1)));
            play.ask("zero", version, widen(count(name, 0)));
            play.ask("negative", version, widen(count(name, -1)));
            play.ask("validated only", version, widen(count(name, 3)).validateOnly(true));
            play.ask("one more", version, widen(count(name, 3)));
            play.awaitLeaders(name, 3);
            play.ask("two more, assigned", version, widen(assignedTo(name, 5, new int[] {0}, new int[] {0})));
            play.awaitLeaders(name, 5);
            play.ask("too few assigned", version, widen(assignedTo(name, 7, new int[] {0})));
            play.ask("too many assigned", version, widen(assignedTo(name, 6, new int[] {0}, new int[] {0})));
            play.ask("assigned to a stranger", version, widen(assignedTo(name, 6, new int[] {9})));
            play.ask("assigned to too many", version, widen(assignedTo(name, 6, new int[] {0, 1})));
            play.ask("assigned twice to one", version, widen(assignedTo(name, 6, new int[] {0, 0})));
            play.ask("assigned to nobody", version, widen(assignedTo(name, 6, new int[] {})));
            play.ask("twice", version, widen(count(name, 6), count(name, 7)));
            play.ask("one good, one not", version, widen(count(name + "-other", 2), count(name, 1)));
            play.awaitLeaders(name + "-other", 2);
            play.ask(
                    "patience of zero",
                    version,
                    widen(count(name + "-other", 3)).timeoutMs(0));
            play.awaitLeaders(name + "-other", 3);
        });
    }

    @Test
    void deletionsAreAnsweredAlike(SideBySide brokers) {
        brokers.everyVersion("delete topics", ApiKey.DELETE_TOPICS, (play, version) -> {
            String name = "deleted-" + version;
            for (String suffix : new String[] {"-a", "-b", "-c", "-d", "-e", "-f"}) {
                play.topic(name + suffix, 1);
            }
            play.ask("none", version, delete(version));
            play.ask("unknown", version, delete(version, "none-" + name));
            play.ask("no name", version, delete(version, ""));
            play.ask("bad name", version, delete(version, "a/b"));
            play.ask("one", version, delete(version, name + "-a"));
            play.ask("deleted already", version, delete(version, name + "-a"));
            play.ask("it is gone", 12, metadata(12, name + "-a"));
            play.ask("one twice", version, delete(version, name + "-b", name + "-b"));
            play.ask("one, and one that is not", version, delete(version, name + "-c", "none-" + name));
            play.ask("patience of zero", version, delete(version, name + "-d").timeoutMs(0));
            if (version >= 6) {
                Uuid id = play.topic(name + "-g", 1);
                Uuid other = play.topic(name + "-h", 1);
                play.ask("unknown id", version, ids(new Uuid(1, 2)));
                play.ask("id zero", version, ids(Uuid.ZERO));
                play.ask("by id", version, ids(id));
                play.ask("by id twice", version, ids(other, other));
                DeleteTopicsRequest both = ids(play.topic(name + "-i", 1));
                both.topics().get(0).name(name + "-i");
                play.ask("by name and id", version, both);
                DeleteTopicsRequest mixed = ids(play.topic(name + "-j", 1));
                mixed.topics().add(new DeleteTopicState().name(name + "-j"));
                play.ask("by id, and again by name", version, mixed);
            }
            play.ask("made anew", 7, create(topic(name + "-a", 3, 1)));
        });
    }

    private static CreatePartitionsRequest widen(CreatePartitionsTopic... topics) {
        return new CreatePartitionsRequest()
                .timeoutMs(TopicRequests.PATIENCE_MS)
                .topics(new ArrayList<>(Arrays.asList(topics)));
    }

    private static CreatePartitionsTopic count(String name, int partitions) {
        return new CreatePartitionsTopic().name(name).count(partitions).assignments(null);
    }

    private static CreatePartitionsTopic assignedTo(String name, int partitions, int[]... brokers) {
        List<CreatePartitionsAssignment> all = new ArrayList<>();
        for (int[] one : brokers) {
            all.add(new CreatePartitionsAssignment().brokerIds(one));
        }
        return count(name, partitions).assignments(all);
    }

    private static DeleteTopicsRequest ids(Uuid... ids) {
        return new DeleteTopicsRequest()
                .timeoutMs(TopicRequests.PATIENCE_MS)
                .topics(new ArrayList<>(Arrays.stream(ids)
                        .map(id -> new DeleteTopicState().name(null).topicId(id))
                        .toList()));
    }
}
