package io.barnabas.requests.data;

import io.barnabas.replication.CommitWaiter;
import io.barnabas.replication.Partition;
import io.barnabas.requests.metadata.InternalTopics;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.DeleteRecordsResponse.DeleteRecordsPartitionResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One partition of a DeleteRecords, from the request to its answer. Begins on one thread; then the replicas and the
 * timeout race for the answer.
 */
final class RecordDeletion implements CommitWaiter {
    private static final long UP_TO_HIGH_WATERMARK = -1;
    private static final long UNKNOWN = -1;

    private final DeleteRecordsPartitionResult answer;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile Partition partition;
    private volatile Runnable cancelWait = () -> {};

    RecordDeletion(int partitionIndex) {
        this.answer = new DeleteRecordsPartitionResult()
                .partitionIndex(partitionIndex)
                .lowWatermark(UNKNOWN);
    }

    DeleteRecordsPartitionResult answer() {
        return answer;
    }

    CompletableFuture<Void> done() {
        return done;
    }

    void run(PartitionLookup lookup, String topic, long offset) {
        PartitionRef name = PartitionRef.byName(topic, answer.partitionIndex());
        Partition found = lookup.find(name);
        ErrorCode refusal = found == null ? lookup.whyAbsent(name) : refusal(found, topic);
        if (refusal != ErrorCode.NONE) {
            committed(refusal);
            return;
        }
        long before = offset == UP_TO_HIGH_WATERMARK ? found.log().highWatermark() : offset;
        refusal = found.deleteRecordsBefore(before);
        if (refusal != ErrorCode.NONE) {
            committed(refusal);
            return;
        }
        partition = found;
        cancelWait = found.awaitDeleted(before, this);
    }

    private static ErrorCode refusal(Partition partition, String topic) {
        if (InternalTopics.isInternal(topic)) {
            return ErrorCode.INVALID_TOPIC_EXCEPTION;
        }
        ErrorCode refusal = partition.view().leaderRefusal(-1);
        if (refusal == ErrorCode.NONE && !partition.config().log().delete()) {
            return ErrorCode.POLICY_VIOLATION;
        }
        return refusal;
    }

    @Override
    public void committed(ErrorCode outcome) {
        if (answered.compareAndSet(false, true)) {
            answer.errorCode(outcome.code());
            Partition known = partition;
            if (known != null) {
                answer.lowWatermark(known.lowWatermark());
            }
            done.complete(null);
        }
    }

    void expire() {
        committed(ErrorCode.REQUEST_TIMED_OUT);
        cancelWait.run();
    }
}
