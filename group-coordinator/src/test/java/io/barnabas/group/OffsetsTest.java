package io.barnabas.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.group.FetchAnswer.FetchedOffset;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.EndTxnMarker;
import io.barnabas.wire.record.RecordBatchBuilder;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OffsetsTest {
    private static final TopicPartition T1_0 = new TopicPartition("t1", 0);
    private static final TopicPartition T2_0 = new TopicPartition("t2", 0);
    private static final long DAY_MS = 24 * 3_600_000L;

    private final TestBed bed = new TestBed();

    @AfterEach
    void noFaults() {
        assertThat(bed.faults.faults()).isEmpty();
    }

    @Test
    void keepsWhatSomebodyWithoutAGroupCommits() {
        assertThat(bed.commit("tool", T1_0, 42)).isEqualTo(ErrorCode.NONE);
        assertThat(bed.committed("tool", T1_0)).isEqualTo(42);
        assertThat(bed.stateOf("tool")).isEqualTo("Empty");
        bed.restart();
        assertThat(bed.committed("tool", T1_0)).isEqualTo(42);
        assertThat(bed.stateOf("tool")).isEqualTo("Empty");
    }

    @Test
    void marksBatchesOfOffsetsAsKafkaDoes() {
        bed.commit("tool", T1_0, 42);
        assertThat(BatchHeader.baseSequence(bed.partitions.batches(TestBed.LOG).get(0), 0))
                .isZero();
        assertThat(BatchHeader.producerId(bed.partitions.batches(TestBed.LOG).get(0), 0))
                .isEqualTo(-1);
    }

    @Test
    void returnsEpochAndMetadata() {
        CommittedOffset offset = new CommittedOffset(5, 3, "mark", bed.time.nowMs(), -1);
        TestBed.now(bed.groups.commit(new CommitRequest("g", "", null, -1, Map.of(T1_0, offset))));
        assertThat(TestBed.now(bed.groups.fetch("g", null, true)).offsets())
                .isEqualTo(Map.of(T1_0, new FetchedOffset(5, 3, "mark", ErrorCode.NONE)));
    }

    @Test
    void knowsNoOffsetOfGroupsThatAreNotThere() {
        FetchAnswer answer = TestBed.now(bed.groups.fetch("nobody", List.of(T1_0), true));
        assertThat(answer.error()).isEqualTo(ErrorCode.NONE);
        assertThat(answer.offsets()).isEqualTo(Map.of(T1_0, new FetchedOffset(-1, -1, "", ErrorCode.NONE)));
        assertThat(TestBed.now(bed.groups.fetch("nobody", null, true)).offsets())
                .isEmpty();
    }

    @Test
    void letsOnlyCurrentMembersCommit() {
        Client stranger = bed.client("g");
        stranger.generation = 3;
        assertThat(stranger.commits(T1_0, 1)).isEqualTo(ErrorCode.ILLEGAL_GENERATION);
        List<Client> members = bed.stableGroup("g");
        assertThat(members.get(0).commits(T1_0, 1)).isEqualTo(ErrorCode.NONE);
        assertThat(bed.commit("g", T1_0, 9)).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
        stranger.id = "who";
        stranger.generation = 1;
        assertThat(stranger.commits(T1_0, 1)).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
        members.get(0).generation = 2;
        assertThat(members.get(0).commits(T1_0, 1)).isEqualTo(ErrorCode.ILLEGAL_GENERATION);
        assertThat(bed.committed("g", T1_0)).isEqualTo(1);
    }

    @Test
    void takesCommitsWhilePreparingButNotWhileCompleting() {
        List<Client> members = bed.stableGroup("g");
        members.get(0).joins();
        assertThat(members.get(1).commits(T1_0, 7)).isEqualTo(ErrorCode.NONE);
        members.get(1).joins();
        members.get(0).joined();
        members.get(1).joined();
        assertThat(members.get(1).commits(T1_0, 8)).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
        assertThat(bed.committed("g", T1_0)).isEqualTo(7);
    }

    @Test
    void refusesLongMetadataForThatPartitionOnly() {
        CommittedOffset wordy = new CommittedOffset(5, -1, "x".repeat(4097), bed.time.nowMs(), -1);
        Map<TopicPartition, ErrorCode> errors = TestBed.now(
                bed.groups.commit(new CommitRequest("g", "", null, -1, Map.of(T1_0, wordy, T2_0, bed.offset(6)))));
        assertThat(errors).isEqualTo(Map.of(T1_0, ErrorCode.OFFSET_METADATA_TOO_LARGE, T2_0, ErrorCode.NONE));
        assertThat(bed.committed("g", T1_0)).isEqualTo(-1);
        assertThat(bed.committed("g", T2_0)).isEqualTo(6);
    }

    @Test
    void answersOnlyOnceTheOffsetIsCommitted() {
        bed.partitions.commitAtOnce(false);
        var answer = bed.groups
                .commit(new CommitRequest("g", "", null, -1, Map.of(T1_0, bed.offset(1))))
                .toCompletableFuture();
        var read = bed.groups.fetch("g", List.of(T1_0), true).toCompletableFuture();
        assertThat(answer).isNotDone();
        assertThat(read).isNotDone();
        bed.partitions.commitAll();
        assertThat(TestBed.now(answer)).containsEntry(T1_0, ErrorCode.NONE);
        assertThat(TestBed.now(read).offsets().get(T1_0).offset()).isEqualTo(1);
    }

    @Test
    void mapsErrorsOfTheLogToOnesThatClientsKnow() {
        assertThat(commitWhile(ErrorCode.NOT_ENOUGH_REPLICAS)).isEqualTo(ErrorCode.COORDINATOR_NOT_AVAILABLE);
        assertThat(commitWhile(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)).isEqualTo(ErrorCode.COORDINATOR_NOT_AVAILABLE);
        assertThat(commitWhile(ErrorCode.KAFKA_STORAGE_ERROR)).isEqualTo(ErrorCode.NOT_COORDINATOR);
        assertThat(commitWhile(ErrorCode.MESSAGE_TOO_LARGE)).isEqualTo(ErrorCode.INVALID_COMMIT_OFFSET_SIZE);
        assertThat(commitWhile(ErrorCode.RECORD_LIST_TOO_LARGE)).isEqualTo(ErrorCode.INVALID_COMMIT_OFFSET_SIZE);
        assertThat(bed.committed("g", T1_0)).isEqualTo(-1);
    }

    @Test
    void hidesWhatAnOpenTransactionIsAboutToChange() {
        bed.commit("g", T1_0, 1);
        GroupRecord record = new GroupRecord.OffsetCommitted("g", T1_0, bed.offset(5));
        GroupRecordCodec codec = new GroupRecordCodec();
        bed.partitions.plant(
                TestBed.LOG,
                new RecordBatchBuilder(ByteBufAllocator.DEFAULT)
                        .producer(9, (short) 0, 0)
                        .transactional()
                        .append(bed.time.nowMs(), codec.key(record), codec.value(record))
                        .build());
        bed.partitions.commitAll();
        bed.restart();

        assertThat(bed.committed("g", T1_0)).isEqualTo(1);
        assertThat(TestBed.now(bed.groups.fetch("g", List.of(T1_0), true))
                        .offsets()
                        .get(T1_0))
                .isEqualTo(new FetchedOffset(-1, -1, "", ErrorCode.UNSTABLE_OFFSET_COMMIT));

        bed.partitions.plant(
                TestBed.LOG, new EndTxnMarker(true, 0).build(9, (short) 0, bed.time.nowMs(), ByteBufAllocator.DEFAULT));
        bed.partitions.commitAll();
        bed.groups.transactionEnded(0, 9, true, bed.partitions.endOffset(TestBed.LOG));
        assertThat(bed.committed("g", T1_0)).isEqualTo(5);
        bed.restart();
        assertThat(bed.committed("g", T1_0)).isEqualTo(5);
    }

    @Test
    void forgetsOffsetsOfAnEmptyGroupSomeTimeAfterItBecameEmpty() {
        List<Client> members = bed.stableGroup("g");
        members.get(0).commits(T1_0, 1);
        for (int i = 0; i < 3; i++) {
            advanceWithHeartbeats(members, 5000);
        }
        members.forEach(Client::leaves);

        bed.time.advanceMs(TestBed.RETENTION_MS - 1);
        assertThat(bed.committed("g", T1_0)).isEqualTo(1);
        bed.time.advanceMs(TestBed.CHECK_MS + 1);

        assertThat(bed.committed("g", T1_0)).isEqualTo(-1);
        assertThat(bed.stateOf("g")).isEqualTo("Dead");
        bed.restart();
        assertThat(bed.stateOf("g")).isEqualTo("Dead");
    }

    @Test
    void countsTheTimeOfAnEmptyGroupFromItsLastMemberNotFromTheCommit() {
        Client alone = bed.client("g");
        alone.sessionMs = 1_800_000;
        alone.joins();
        bed.time.advanceMs(TestBed.INITIAL_DELAY_MS);
        alone.joined();
        alone.syncs(Map.of());
        alone.commits(T1_0, 1);
        for (int i = 0; i < 5 * 48; i++) {
            bed.time.advanceMs(1_799_999);
            alone.heartbeats();
        }
        alone.leaves();
        bed.time.advanceMs(6 * DAY_MS);
        assertThat(bed.committed("g", T1_0)).isEqualTo(1);
        bed.restart();
        bed.time.advanceMs(DAY_MS - TestBed.CHECK_MS);
        assertThat(bed.committed("g", T1_0)).isEqualTo(1);
        bed.time.advanceMs(2 * TestBed.CHECK_MS);
        assertThat(bed.committed("g", T1_0)).isEqualTo(-1);
    }

    @Test
    void forgetsOffsetsWithoutAGroupSomeTimeAfterTheCommit() {
        bed.commit("tool", T1_0, 1);
        bed.time.advanceMs(3 * DAY_MS);
        bed.commit("tool", T2_0, 2);
        bed.time.advanceMs(4 * DAY_MS + TestBed.CHECK_MS);
        assertThat(bed.committed("tool", T1_0)).isEqualTo(-1);
        assertThat(bed.committed("tool", T2_0)).isEqualTo(2);
        bed.time.advanceMs(3 * DAY_MS);
        assertThat(bed.stateOf("tool")).isEqualTo("Dead");
    }

    @Test
    void forgetsOffsetsOfTopicsThatAWorkingGroupNoLongerReads() {
        Client alone = bed.client("g");
        alone.sessionMs = 1_800_000;
        alone.joins();
        bed.time.advanceMs(TestBed.INITIAL_DELAY_MS);
        alone.joined();
        alone.syncs(Map.of());
        alone.commits(T1_0, 1);
        alone.commits(T2_0, 2);
        for (int i = 0; i < 8 * 48; i++) {
            bed.time.advanceMs(1_799_999);
            assertThat(alone.heartbeats()).isEqualTo(ErrorCode.NONE);
        }
        assertThat(bed.committed("g", T1_0)).as("subscribed").isEqualTo(1);
        assertThat(bed.committed("g", T2_0)).as("not subscribed").isEqualTo(-1);
    }

    @Test
    void keepsOffsetsOfGroupsWhoseMembersItDoesNotUnderstand() {
        Client alone = bed.client("g");
        alone.protocols = List.of(new Protocol("range", new byte[] {0, 1, 0}));
        alone.sessionMs = 1_800_000;
        alone.joins();
        bed.time.advanceMs(TestBed.INITIAL_DELAY_MS);
        alone.joined();
        alone.syncs(Map.of());
        alone.commits(T2_0, 2);
        for (int i = 0; i < 8 * 48; i++) {
            bed.time.advanceMs(1_799_999);
            alone.heartbeats();
        }
        assertThat(bed.committed("g", T2_0)).isEqualTo(2);
    }

    @Test
    void followsTheClientsOwnRetention() {
        CommittedOffset shortLived = new CommittedOffset(1, -1, "", bed.time.nowMs(), bed.time.nowMs() + 1000);
        TestBed.now(bed.groups.commit(new CommitRequest("g", "", null, -1, Map.of(T1_0, shortLived))));
        bed.restart();
        assertThat(bed.committed("g", T1_0)).isEqualTo(1);
        bed.time.advanceMs(TestBed.CHECK_MS);
        assertThat(bed.committed("g", T1_0)).isEqualTo(-1);
    }

    @Test
    void forgetsManyOffsetsInBatchesThatFit() {
        for (int i = 0; i < 5000; i++) {
            bed.commit("g" + i % 7, new TopicPartition("t", i), i);
        }
        int before = bed.partitions.batches(TestBed.LOG).size();
        bed.time.advanceMs(TestBed.RETENTION_MS + TestBed.CHECK_MS);
        assertThat(bed.partitions.batches(TestBed.LOG).subList(before, before + 3))
                .allSatisfy(batch -> assertThat(batch.readableBytes()).isLessThan(500_000));
        assertThat(TestBed.now(bed.groups.list(Set.of(), Set.of())).groups()).isEmpty();
    }

    @Test
    void deletesOnlyEmptyGroups() {
        List<Client> members = bed.stableGroup("g");
        members.get(0).commits(T1_0, 1);
        assertThat(TestBed.now(bed.groups.deleteGroup("g"))).isEqualTo(ErrorCode.NON_EMPTY_GROUP);
        assertThat(TestBed.now(bed.groups.deleteGroup("nobody"))).isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND);
        members.forEach(Client::leaves);
        assertThat(TestBed.now(bed.groups.deleteGroup("g"))).isEqualTo(ErrorCode.NONE);
        assertThat(bed.stateOf("g")).isEqualTo("Dead");
        bed.restart();
        assertThat(bed.stateOf("g")).isEqualTo("Dead");
        assertThat(bed.committed("g", T1_0)).isEqualTo(-1);
    }

    @Test
    void deletesAGroupOfOffsetsOnlyWithoutATombstoneForTheGroup() {
        bed.commit("tool", T1_0, 1);
        assertThat(TestBed.now(bed.groups.deleteGroup("tool"))).isEqualTo(ErrorCode.NONE);
        List<GroupRecord> records = bed.records();
        assertThat(records).hasSize(2);
        assertThat(records.get(1)).isEqualTo(new GroupRecord.OffsetRemoved("tool", T1_0));
    }

    @Test
    void deletesOffsetsOfTopicsThatNobodyReads() {
        List<Client> members = bed.stableGroup("g");
        members.get(0).commits(T1_0, 1);
        members.get(0).commits(T2_0, 2);
        DeleteOffsetsAnswer answer = TestBed.now(bed.groups.deleteOffsets("g", List.of(T1_0, T2_0)));
        assertThat(answer.errors()).isEqualTo(Map.of(T1_0, ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC, T2_0, ErrorCode.NONE));
        assertThat(bed.committed("g", T2_0)).isEqualTo(-1);
        assertThat(TestBed.now(bed.groups.deleteOffsets("nobody", List.of(T1_0)))
                        .error())
                .isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND);
        members.forEach(Client::leaves);
        assertThat(TestBed.now(bed.groups.deleteOffsets("g", List.of(T1_0))).errors())
                .containsEntry(T1_0, ErrorCode.NONE);
        assertThat(bed.stateOf("g")).as("nothing was left of it").isEqualTo("Dead");
    }

    @Test
    void doesNotDeleteOffsetsOfWorkingGroupsOfOtherKinds() {
        Client worker = bed.client("g");
        worker.protocolType = "connect";
        worker.joins();
        assertThat(TestBed.now(bed.groups.deleteOffsets("g", List.of(T1_0))).error())
                .isEqualTo(ErrorCode.NON_EMPTY_GROUP);
    }

    @Test
    void forgetsOffsetsOfDeletedTopicsInEveryGroup() {
        List<Client> members = bed.stableGroup("g");
        members.get(0).commits(T1_0, 1);
        members.get(0).commits(T2_0, 2);
        bed.commit("tool", T1_0, 1);
        bed.groups.topicsDeleted(Set.of("t1"));
        assertThat(bed.committed("g", T1_0)).isEqualTo(-1);
        assertThat(bed.committed("g", T2_0)).isEqualTo(2);
        assertThat(bed.stateOf("tool")).isEqualTo("Dead");
        bed.restart();
        assertThat(bed.committed("g", T1_0)).isEqualTo(-1);
    }

    private ErrorCode commitWhile(ErrorCode error) {
        bed.partitions.refuseAppends(error);
        return bed.commit("g", T1_0, 1);
    }

    private void advanceWithHeartbeats(List<Client> members, long millis) {
        bed.time.advanceMs(millis);
        members.forEach(Client::heartbeats);
    }
}
