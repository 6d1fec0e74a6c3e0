package io.barnabas.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.AppendOrigin;
import io.barnabas.log.AppendOutcome;
import io.barnabas.wire.ErrorCode;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionTest {
    private static final short ACKS_LEADER = 1;
    private static final String TOPIC = "orders";

    @TempDir
    Path directory;

    private ReplicaFixture broker;
    private final List<String> heard = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        broker = new ReplicaFixture(directory);
    }

    @AfterEach
    void stop() {
        broker.close();
        assertThat(broker.faults.faults()).isEmpty();
    }

    @Test
    void aLoneLeaderCommitsWithTheAppend() {
        Partition partition = broker.lead(TOPIC, 0, ids(1), ids(1));
        assertThat(append(partition, 3, Partition.ACKS_ALL)).isEqualTo(new AppendOutcome.Appended(0, 2, -1, false));
        assertThat(append(partition, 1, Partition.ACKS_ALL)).isEqualTo(new AppendOutcome.Appended(3, 3, -1, false));
        assertThat(partition.log().highWatermark()).isEqualTo(4);
    }

    @Test
    void stampsTheEpochInWhichItLeads() {
        Partition partition = broker.lead(TOPIC, 0, ids(1), ids(1));
        append(partition, 1, ACKS_LEADER);
        broker.apply(ReplicaFixture.request(
                TOPIC, ReplicaFixture.topicId(TOPIC), ReplicaFixture.state(0, 1, 7, ids(1), ids(1))));
        append(partition, 1, ACKS_LEADER);
        assertThat(partition.log().leaderEpochs().epochOf(0)).isZero();
        assertThat(partition.log().leaderEpochs().epochOf(1)).isEqualTo(7);
        assertThat(partition.view().epochStartOffset()).isEqualTo(1);
    }

    @Test
    void waitsForItsFollowersAndTellsWhoWaitsForThem() {
        Partition partition = broker.lead(TOPIC, 0, ids(1, 2, 3), ids(1, 2, 3));
        append(partition, 2, Partition.ACKS_ALL);
        partition.awaitCommitted(2, outcome -> heard.add("2 " + outcome));
        partition.awaitCommitted(1, outcome -> heard.add("1 " + outcome));
        assertThat(partition.followerFetched(2, 2, 0, 2)).isEqualTo(ErrorCode.NONE);
        assertThat(heard).isEmpty();
        partition.followerFetched(3, 1, 0, 2);
        assertThat(heard).containsExactly("1 NONE");
        assertThat(partition.log().highWatermark()).isEqualTo(1);
        partition.followerFetched(3, 2, 0, 2);
        assertThat(heard).containsExactly("1 NONE", "2 NONE");
    }

    @Test
    void answersAtOnceWhatIsCommittedAlready() {
        Partition partition = broker.lead(TOPIC, 0, ids(1), ids(1));
        append(partition, 1, Partition.ACKS_ALL);
        partition.awaitCommitted(1, outcome -> heard.add("" + outcome));
        assertThat(heard).containsExactly("NONE");
    }

    @Test
    void refusesToAppendForAllWhileTooFewAreInSync() {
        broker.minInSyncReplicas = 2;
        Partition partition = broker.lead(TOPIC, 0, ids(1, 2), ids(1));
        assertThat(append(partition, 1, Partition.ACKS_ALL))
                .isInstanceOfSatisfying(
                        AppendOutcome.Rejected.class,
                        refused -> assertThat(refused.error()).isEqualTo(ErrorCode.NOT_ENOUGH_REPLICAS));
        assertThat(partition.log().logEndOffset()).isZero();
        assertThat(append(partition, 1, ACKS_LEADER)).isInstanceOf(AppendOutcome.Appended.class);
        assertThat(partition.log().highWatermark()).isZero();
    }

    @Test
    void aPartitionWithOneReplicaIsNotAskedForTwo() {
        broker.minInSyncReplicas = 2;
        Partition partition = broker.lead(TOPIC, 0, ids(1), ids(1));
        assertThat(append(partition, 1, Partition.ACKS_ALL)).isInstanceOf(AppendOutcome.Appended.class);
        assertThat(partition.log().highWatermark()).isEqualTo(1);
    }

    @Test
    void whoWaitedHearsThatTheLeadershipEnded() {
        Partition partition = broker.lead(TOPIC, 0, ids(1, 2), ids(1, 2));
        append(partition, 1, Partition.ACKS_ALL);
        partition.awaitCommitted(1, outcome -> heard.add("" + outcome));
        broker.apply(ReplicaFixture.request(
                TOPIC, ReplicaFixture.topicId(TOPIC), ReplicaFixture.state(0, 2, 1, ids(1, 2), ids(1, 2))));
        assertThat(heard).containsExactly("NOT_LEADER_OR_FOLLOWER");
        assertThat(append(partition, 1, ACKS_LEADER))
                .isEqualTo(new AppendOutcome.Rejected(ErrorCode.NOT_LEADER_OR_FOLLOWER, ""));
    }

    @Test
    void whoGaveUpHearsNothing() {
        Partition partition = broker.lead(TOPIC, 0, ids(1, 2), ids(1, 2));
        append(partition, 1, Partition.ACKS_ALL);
        Runnable giveUp = partition.awaitCommitted(1, outcome -> heard.add("" + outcome));
        giveUp.run();
        partition.followerFetched(2, 1, 0, 1);
        assertThat(heard).isEmpty();
    }

    @Test
    void appendsOnlyInTheEpochThatTheWriterBelievesIn() {
        Partition partition = broker.lead(TOPIC, 0, ids(1), ids(1));
        ByteBuf batch = broker.batch(1);
        assertThat(partition.appendAsLeader(batch, AppendOrigin.COORDINATOR, Partition.ACKS_ALL, 1))
                .isEqualTo(new AppendOutcome.Rejected(ErrorCode.NOT_LEADER_OR_FOLLOWER, ""));
        assertThat(partition.appendAsLeader(batch, AppendOrigin.COORDINATOR, Partition.ACKS_ALL, 0))
                .isInstanceOf(AppendOutcome.Appended.class);
        batch.release();
    }

    @Test
    void listenersHearOfAppendsAndCommitsSeparately() {
        Partition partition = broker.lead(TOPIC, 0, ids(1, 2), ids(1, 2));
        partition.subscribe(new Recorder());
        append(partition, 1, ACKS_LEADER);
        assertThat(heard).hasSize(1).first().asString().startsWith("appended ");
        partition.followerFetched(2, 1, 0, 1);
        assertThat(heard).hasSize(2).last().isEqualTo("committed " + PartitionListener.UNKNOWN_BYTES);
    }

    @Test
    void recordsAreDeletedOnceTheLiveFollowersLetGoToo() {
        Partition partition = broker.lead(TOPIC, 0, ids(1, 2, 3), ids(1, 2));
        append(partition, 5, ACKS_LEADER);
        partition.followerFetched(2, 5, 0, 5);
        broker.liveBrokers.remove(3);
        assertThat(partition.deleteRecordsBefore(6)).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
        assertThat(partition.deleteRecordsBefore(4)).isEqualTo(ErrorCode.NONE);
        partition.awaitDeleted(4, outcome -> heard.add("" + outcome));
        assertThat(partition.log().logStartOffset()).isEqualTo(4);
        assertThat(heard).isEmpty();
        partition.followerFetched(2, 5, 4, 5);
        assertThat(heard).containsExactly("NONE");
        assertThat(partition.lowWatermark()).isEqualTo(4);
    }

    @Test
    void aStrangerIsNoFollower() {
        Partition partition = broker.lead(TOPIC, 0, ids(1, 2), ids(1, 2));
        assertThat(partition.isFollower(2)).isTrue();
        assertThat(partition.isFollower(1)).isFalse();
        assertThat(partition.followerFetched(4, 0, 0, 0)).isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    }

    private AppendOutcome append(Partition partition, int records, short acks) {
        ByteBuf batch = broker.batch(records);
        try {
            return partition.appendAsLeader(batch, AppendOrigin.CLIENT, acks, Partition.ANY_EPOCH);
        } finally {
            batch.release();
        }
    }

    private static int[] ids(int... ids) {
        return ids;
    }

    private final class Recorder implements PartitionListener {
        @Override
        public void appended(int bytes) {
            heard.add("appended " + bytes);
        }

        @Override
        public void committed(int bytes) {
            heard.add("committed " + bytes);
        }

        @Override
        public void changed() {
            heard.add("changed");
        }
    }
}
