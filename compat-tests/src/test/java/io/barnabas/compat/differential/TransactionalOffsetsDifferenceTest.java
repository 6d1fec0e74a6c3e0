package io.barnabas.compat.differential;

import static io.barnabas.compat.differential.TransactionRequests.addOffsets;
import static io.barnabas.compat.differential.TransactionRequests.commit;
import static io.barnabas.compat.differential.TransactionRequests.describe;
import static io.barnabas.wire.ErrorCode.ILLEGAL_GENERATION;
import static io.barnabas.wire.ErrorCode.INVALID_GROUP_ID;
import static io.barnabas.wire.ErrorCode.INVALID_PRODUCER_EPOCH;
import static io.barnabas.wire.ErrorCode.INVALID_PRODUCER_ID_MAPPING;
import static io.barnabas.wire.ErrorCode.INVALID_REQUEST;
import static io.barnabas.wire.ErrorCode.INVALID_TXN_STATE;
import static io.barnabas.wire.ErrorCode.NONE;
import static io.barnabas.wire.ErrorCode.OFFSET_METADATA_TOO_LARGE;
import static io.barnabas.wire.ErrorCode.PRODUCER_FENCED;
import static io.barnabas.wire.ErrorCode.TRANSACTION_ABORTABLE;
import static io.barnabas.wire.ErrorCode.UNKNOWN_MEMBER_ID;
import static io.barnabas.wire.ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
import static io.barnabas.wire.ErrorCode.UNSTABLE_OFFSET_COMMIT;

import io.barnabas.compat.differential.TransactionRequests.Producer;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.OffsetFetchRequest;
import io.barnabas.wire.message.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.barnabas.wire.message.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.barnabas.wire.message.OffsetFetchResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Offsets committed in transactions, by members of groups and by nobody. */
@ExtendWith(BothBrokers.class)
class TransactionalOffsetsDifferenceTest {
    private static final int FETCH_OFFSETS = 8;

    @Test
    void offsetsAreAddedAlike(SideBySide brokers) {
        brokers.everyVersion("add offsets", ApiKey.ADD_OFFSETS_TO_TXN, (play, version) -> {
            play.coordinator();
            Transactions transactions = new Transactions(play).ready();
            String id = "add-offsets-" + version;
            Producer producer = transactions.init(id);
            transactions.expect(INVALID_REQUEST, "no id", version, addOffsets(producer.named(""), id));
            transactions.expect(
                    INVALID_PRODUCER_ID_MAPPING, "unknown id", version, addOffsets(producer.named("who"), id));
            transactions.expect(INVALID_PRODUCER_ID_MAPPING, "other id", version, addOffsets(producer.withId(3), id));
            transactions.expect(fenced(version), "other epoch", version, addOffsets(producer.inEpoch(1), id));
            transactions.expect(NONE, "good", version, addOffsets(producer, id));
            transactions.expect(NONE, "again", version, addOffsets(producer, id));
            transactions.expect(NONE, "described", 0, describe(id));
            transactions.end(producer, false);
        });
    }

    @Test
    void offsetsAreCommittedInTransactionsAlike(SideBySide brokers) {
        brokers.everyVersion("transactional commit", ApiKey.TXN_OFFSET_COMMIT, (play, version) -> {
            play.coordinator();
            Transactions transactions = new Transactions(play).ready();
            String group = "txn-commit-" + version;
            play.topic(group, 2);
            Producer producer = transactions.init(group);
            transactions.expect(
                    version < 4 ? INVALID_TXN_STATE : TRANSACTION_ABORTABLE,
                    "offsets not added",
                    version,
                    commit(producer, group, group, 0, 7));
            transactions.addOffsets(producer, group);
            transactions.expect(INVALID_GROUP_ID, "no group", version, commit(producer, "", group, 0, 7));
            transactions.expect(
                    UNKNOWN_TOPIC_OR_PARTITION, "missing topic", version, commit(producer, group, "missing", 0, 7));
            transactions.expect(
                    UNKNOWN_TOPIC_OR_PARTITION, "missing partition", version, commit(producer, group, group, 2, 7));
            transactions.expect(
                    INVALID_PRODUCER_EPOCH, "other epoch", version, commit(producer.inEpoch(9), group, group, 0, 7));
            transactions.expect(
                    INVALID_PRODUCER_ID_MAPPING,
                    "other producer",
                    version,
                    commit(producer.withId(3), group, group, 0, 7));
            var tooMuch = commit(producer, group, group, 0, 7);
            tooMuch.topics().get(0).partitions().get(0).committedMetadata("x".repeat(4097));
            transactions.expect(OFFSET_METADATA_TOO_LARGE, "much metadata", version, tooMuch);
            transactions.expect(NONE, "good", version, commit(producer, group, group, 0, 7));
            transactions.expect(NONE, "another one", version, commit(producer, group, group, 1, 8));
            transactions.expect(NONE, "seen", FETCH_OFFSETS, offsetsOf(group, false));
            transactions.expect(UNSTABLE_OFFSET_COMMIT, "not stable", FETCH_OFFSETS, offsetsOf(group, true));
            transactions.end(producer, true);
            awaitOffsets(play, group);
            transactions.expect(NONE, "stable", FETCH_OFFSETS, offsetsOf(group, true));
            transactions.addOffsets(producer, group);
            transactions.expect(NONE, "in vain", version, commit(producer, group, group, 0, 99));
            transactions.end(producer, false);
            play.until(
                    "after the abort",
                    FETCH_OFFSETS,
                    offsetsOf(group, true),
                    OffsetFetchResponse.class,
                    TransactionalOffsetsDifferenceTest::isStable);
        });
    }

    @Test
    void membersCommitInTransactionsAlike(SideBySide brokers) {
        brokers.everyVersion("member's transactional commit", ApiKey.TXN_OFFSET_COMMIT, (play, version) -> {
            if (version < 3) {
                return;
            }
            play.coordinator();
            Transactions transactions = new Transactions(play).ready();
            String group = "txn-member-" + version;
            play.topic(group, 1);
            Producer producer = transactions.init(group);
            transactions.addOffsets(producer, group);
            transactions.expect(
                    UNKNOWN_MEMBER_ID,
                    "generation of no group",
                    version,
                    commit(producer, group, group, 0, 7).memberId("who").generationIdOrMemberEpoch(1));
            String member = new Members(play, group).stable();
            transactions.expect(
                    UNKNOWN_MEMBER_ID,
                    "unknown member",
                    version,
                    commit(producer, group, group, 0, 7).memberId("who").generationIdOrMemberEpoch(1));
            transactions.expect(
                    ILLEGAL_GENERATION,
                    "generation of the future",
                    version,
                    commit(producer, group, group, 0, 7).memberId(member).generationIdOrMemberEpoch(2));
            transactions.expect(
                    UNKNOWN_MEMBER_ID,
                    "unknown instance",
                    version,
                    commit(producer, group, group, 0, 7)
                            .memberId(member)
                            .groupInstanceId("who")
                            .generationIdOrMemberEpoch(1));
            transactions.expect(
                    NONE,
                    "its member",
                    version,
                    commit(producer, group, group, 0, 7).memberId(member).generationIdOrMemberEpoch(1));
            transactions.expect(NONE, "nobody in particular", version, commit(producer, group, group, 0, 7));
            transactions.end(producer, false);
        });
    }

    private static ErrorCode fenced(int version) {
        return version < 2 ? INVALID_PRODUCER_EPOCH : PRODUCER_FENCED;
    }

    private static OffsetFetchRequest offsetsOf(String group, boolean stable) {
        return new OffsetFetchRequest()
                .requireStable(stable)
                .groups(List.of(new OffsetFetchRequestGroup()
                        .groupId(group)
                        .topics(List.of(
                                new OffsetFetchRequestTopics().name(group).partitionIndexes(new int[] {0, 1})))));
    }

    /** Offsets follow a moment after the transaction is complete. */
    private static void awaitOffsets(Play play, String group) {
        play.await(
                "offsets of " + group,
                FETCH_OFFSETS,
                offsetsOf(group, true),
                OffsetFetchResponse.class,
                answer -> isStable(answer)
                        && answer.groups().get(0).topics().get(0).partitions().stream()
                                .allMatch(one -> one.committedOffset() >= 0));
    }

    private static boolean isStable(OffsetFetchResponse answer) {
        return answer.groups().get(0).topics().get(0).partitions().stream().allMatch(one -> one.errorCode() == 0);
    }
}
