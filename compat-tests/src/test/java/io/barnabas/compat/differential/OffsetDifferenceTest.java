package io.barnabas.compat.differential;

import static io.barnabas.compat.differential.GroupRequests.join;
import static io.barnabas.compat.differential.GroupRequests.leave;
import static io.barnabas.compat.differential.GroupRequests.sync;

import io.barnabas.testkit.Acceptance;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.message.DeleteGroupsRequest;
import io.barnabas.wire.message.FindCoordinatorRequest;
import io.barnabas.wire.message.OffsetCommitRequest;
import io.barnabas.wire.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.barnabas.wire.message.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.barnabas.wire.message.OffsetDeleteRequest;
import io.barnabas.wire.message.OffsetDeleteRequest.OffsetDeleteRequestPartition;
import io.barnabas.wire.message.OffsetDeleteRequest.OffsetDeleteRequestTopic;
import io.barnabas.wire.message.OffsetFetchRequest;
import io.barnabas.wire.message.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.barnabas.wire.message.OffsetFetchRequest.OffsetFetchRequestTopic;
import io.barnabas.wire.message.OffsetFetchRequest.OffsetFetchRequestTopics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Finding coordinators; committing, reading and deleting offsets. */
@ExtendWith(BothBrokers.class)
class OffsetDifferenceTest {
    @Test
    void coordinatorsAreFoundAlike(SideBySide brokers) {
        brokers.everyVersion("find coordinator", ApiKey.FIND_COORDINATOR, (play, version) -> {
            play.coordinator();
            for (int type = -1; type <= 3; type++) {
                if (type != 1) {
                    play.ask("type " + type, version, find(version, type, "a"));
                }
            }
            play.ask("no key", version, find(version, 0, ""));
            if (version >= 4) {
                play.ask("several", version, find(version, 0, "a", "b", "a", ""));
                play.ask("none", version, find(version, 0));
                play.ask("share key", version, find(version, 2, "group:AAAAAAAAAAAAAAAAAAAAAQ:0"));
            }
        });
    }

    @Test
    @Acceptance({71, 74})
    void commitsAreAnsweredAlike(SideBySide brokers) {
        brokers.everyVersion("commit", ApiKey.OFFSET_COMMIT, (play, version) -> {
            play.coordinator();
            String topic = "commit-" + version;
            String group = "commit-" + version;
            play.topic(topic, 2);
            play.ask("no group id", version, commit("", topic, 0, 1));
            play.ask("no topics", version, new OffsetCommitRequest().groupId(group));
            play.ask("by nobody", version, commit(group, topic, 0, 7));
            play.ask("read", 8, fetch(8, group, topic, 0, 1, 2));
            play.ask(
                    "by nobody with a generation",
                    version,
                    commit(group, topic, 0, 8).generationIdOrMemberEpoch(1));
            play.ask("by a stranger", version, commit(group, topic, 0, 8).memberId("who"));
            play.ask(
                    "unknown group with a generation",
                    version,
                    commit("none-" + group, topic, 0, 8)
                            .generationIdOrMemberEpoch(3)
                            .memberId("who"));
            play.ask("unknown partition", version, commit(group, topic, 2, 9));
            play.ask("negative partition", version, commit(group, topic, -1, 9));
            play.ask("unknown topic", version, commit(group, "none-" + topic, 0, 9));
            play.ask("topic without a name", version, commit(group, "", 0, 9));
            play.ask("bad name", version, commit(group, "a/b", 0, 9));
            play.ask("negative offset", version, commit(group, topic, 0, -5));
            play.ask("largest offset", version, commit(group, topic, 0, Long.MAX_VALUE));
            OffsetCommitRequest twice = commit(group, topic, 1, 3);
            twice.topics().get(0).partitions().add(partition(1, 4));
            play.ask("partition twice", version, twice);
            play.ask("no metadata", version, with(group, topic, null));
            play.ask("metadata at its limit", version, with(group, topic, "m".repeat(4096)));
            play.ask("metadata too long", version, with(group, topic, "m".repeat(4097)));
            OffsetCommitRequest mixed = commit(group, topic, 0, 20);
            mixed.topics().get(0).partitions().add(partition(7, 4));
            mixed.topics()
                    .add(new OffsetCommitRequestTopic().name("none-" + topic).partitions(list(partition(0, 1))));
            play.ask("some good, some not", version, mixed);
            if (version >= 2 && version <= 4) {
                play.ask(
                        "kept for a second",
                        version,
                        commit(group, topic, 0, 21).retentionTimeMs(100_000));
                play.ask(
                        "kept for no time", version, commit(group, topic, 0, 22).retentionTimeMs(-1));
            }
            play.ask("read again", 8, fetch(8, group, topic, 0, 1, 2));

            String member = new Members(play, group).first();
            play.ask("assignment awaited", version, by(member, 1, commit(group, topic, 0, 30)));
            play.ask("assignment", 5, sync(group, 1, member, member));
            play.ask("by the member", version, by(member, 1, commit(group, topic, 0, 31)));
            play.ask("generation of the past", version, by(member, 0, commit(group, topic, 0, 32)));
            play.ask("generation of the future", version, by(member, 2, commit(group, topic, 0, 33)));
            play.ask("negative generation", version, by(member, -1, commit(group, topic, 0, 34)));
            play.ask("another member", version, by("who", 1, commit(group, topic, 0, 35)));
            play.ask("nobody, while there is one", version, commit(group, topic, 0, 36));
            play.ask(
                    "instance",
                    version,
                    by(member, 1, commit(group, topic, 0, 37)).groupInstanceId("one"));
            play.ask("read by the member", 8, fetch(8, group, topic, 0, 1));
            play.ask("joins again", 9, join(group, member, "range"));
            play.ask("leaves", 5, leave(5, group, member));
            play.ask("after it left", version, by(member, 1, commit(group, topic, 0, 38)));
            play.ask("read at last", 8, fetch(8, group, topic, 0, 1));
        });
    }

    @Test
    @Acceptance(71)
    void committedOffsetsAreReadAlike(SideBySide brokers) {
        brokers.everyVersion("fetch offsets", ApiKey.OFFSET_FETCH, (play, version) -> {
            play.coordinator();
            String topic = "offsets-" + version;
            String other = "offsets-of-others-" + version;
            String group = "offsets-" + version;
            play.topic(topic, 3);
            play.topic(other, 1);
            play.ask("no group id", version, fetch(version, "", topic, 0));
            play.ask("unknown group", version, fetch(version, group, topic, 0, 1));
            play.ask("commit", 8, commit(group, topic, 0, 5));
            play.ask("commit with an epoch", 8, commitWithEpoch(group, topic, 1, 6, 3));
            play.ask("commit of the other", 8, commit(group, other, 0, 7));
            if (version == 0) {
                play.ask("commit of the oldest clients", 0, commit(group, topic, 2, 8));
            }
            play.ask("some", version, fetch(version, group, topic, 0, 2));
            play.ask("all of one", version, fetch(version, group, topic, 2, 1, 0));
            play.ask("unknown partitions", version, fetch(version, group, topic, 3, -1));
            play.ask("partition twice", version, fetch(version, group, topic, 0, 0));
            play.ask("unknown topic", version, fetch(version, group, "none-" + topic, 0));
            play.ask("bad name", version, fetch(version, group, "a/b", 0));
            play.ask("no partitions", version, fetch(version, group, topic));
            play.ask("no topics", version, noTopics(version, group));
            if (version >= 2) {
                play.ask("everything", version, everything(version, group, true));
                play.ask("everything of nobody", version, everything(version, "none-" + group, true));
            }
            if (version >= 7) {
                play.ask("not only stable", version, everything(version, group, false));
            }
            if (version >= 8) {
                OffsetFetchRequest several = everything(version, group, true);
                several.groups()
                        .add(new OffsetFetchRequestGroup()
                                .groupId("none-" + group)
                                .topics(null));
                several.groups()
                        .add(new OffsetFetchRequestGroup().groupId(group).topics(topics(topic, 1)));
                several.groups().add(new OffsetFetchRequestGroup().groupId("").topics(topics(topic, 0)));
                play.ask("several groups", version, several);
            }
            if (version >= 9) {
                OffsetFetchRequest member = everything(version, group, true);
                member.groups().get(0).memberId("who").memberEpoch(1);
                play.ask("by a member of the newer protocol", version, member);
            }
        });
    }

    @Test
    void offsetsAreDeletedAlike(SideBySide brokers) {
        brokers.everyVersion("delete offsets", ApiKey.OFFSET_DELETE, (play, version) -> {
            play.coordinator();
            String topic = "forgotten";
            String group = "forgotten";
            play.topic(topic, 2);
            play.ask("no group id", version, forget("", topic, 0));
            play.ask("unknown group", version, forget(group, topic, 0));
            play.ask("commit", 8, commit(group, topic, 0, 5));
            play.ask("commit of the other", 8, commit(group, topic, 1, 5));
            play.ask("one, unknown ones", version, forget(group, topic, 0, 2, -1));
            play.ask("unknown topic", version, forget(group, "none-" + topic, 0));
            play.ask("none", version, new OffsetDeleteRequest().groupId(group));
            play.ask("read", 8, fetch(8, group, topic, 0, 1));
            String member = new Members(play, group).stable();
            play.ask("while a group of another type is active", version, forget(group, topic, 1));
            play.ask("leaves", 5, leave(5, group, member));
            play.ask("when empty again", version, forget(group, topic, 1));
            play.ask("read again", 8, fetch(8, group, topic, 0, 1));
            play.ask("deleted", 2, new DeleteGroupsRequest().groupsNames(List.of(group)));
        });
    }

    private static FindCoordinatorRequest find(int version, int type, String... keys) {
        FindCoordinatorRequest request = new FindCoordinatorRequest().keyType((byte) type);
        return version < 4 ? request.key(keys[0]) : request.coordinatorKeys(List.of(keys));
    }

    private static OffsetCommitRequest commit(String group, String topic, int partition, long offset) {
        return new OffsetCommitRequest()
                .groupId(group)
                .topics(list(
                        new OffsetCommitRequestTopic().name(topic).partitions(list(partition(partition, offset)))));
    }

    private static OffsetCommitRequest commitWithEpoch(
            String group, String topic, int partition, long offset, int epoch) {
        OffsetCommitRequest request = commit(group, topic, partition, offset);
        request.topics().get(0).partitions().get(0).committedLeaderEpoch(epoch);
        return request;
    }

    private static OffsetCommitRequest with(String group, String topic, String metadata) {
        OffsetCommitRequest request = commit(group, topic, 0, 11);
        request.topics().get(0).partitions().get(0).committedMetadata(metadata);
        return request;
    }

    private static OffsetCommitRequest by(String memberId, int generation, OffsetCommitRequest request) {
        return request.memberId(memberId).generationIdOrMemberEpoch(generation);
    }

    private static OffsetCommitRequestPartition partition(int index, long offset) {
        return new OffsetCommitRequestPartition()
                .partitionIndex(index)
                .committedOffset(offset)
                .committedMetadata("about " + offset);
    }

    private static OffsetFetchRequest fetch(int version, String group, String topic, int... partitions) {
        if (version >= 8) {
            return new OffsetFetchRequest()
                    .groups(list(new OffsetFetchRequestGroup().groupId(group).topics(topics(topic, partitions))));
        }
        return new OffsetFetchRequest()
                .groupId(group)
                .topics(list(new OffsetFetchRequestTopic().name(topic).partitionIndexes(partitions)));
    }

    private static OffsetFetchRequest noTopics(int version, String group) {
        return version >= 8
                ? new OffsetFetchRequest()
                        .groups(list(
                                new OffsetFetchRequestGroup().groupId(group).topics(List.of())))
                : new OffsetFetchRequest().groupId(group).topics(List.of());
    }

    private static OffsetFetchRequest everything(int version, String group, boolean stable) {
        OffsetFetchRequest request = version >= 8
                ? new OffsetFetchRequest()
                        .groups(list(
                                new OffsetFetchRequestGroup().groupId(group).topics(null)))
                : new OffsetFetchRequest().groupId(group).topics(null);
        return version >= 7 ? request.requireStable(stable) : request;
    }

    private static List<OffsetFetchRequestTopics> topics(String topic, int... partitions) {
        return list(new OffsetFetchRequestTopics().name(topic).partitionIndexes(partitions));
    }

    private static OffsetDeleteRequest forget(String group, String topic, int... partitions) {
        return new OffsetDeleteRequest()
                .groupId(group)
                .topics(list(new OffsetDeleteRequestTopic()
                        .name(topic)
                        .partitions(Arrays.stream(partitions)
                                .mapToObj(one -> new OffsetDeleteRequestPartition().partitionIndex(one))
                                .toList())));
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static <T> List<T> list(T... elements) {
        return new ArrayList<>(Arrays.asList(elements));
    }
}
