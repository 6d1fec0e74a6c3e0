package io.barnabas.requests.data;

import io.barnabas.log.AbortedTransaction;
import io.barnabas.log.PartitionLog;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.message.FetchResponse;
import io.barnabas.wire.message.FetchResponse.PartitionData;
import java.util.ArrayList;
import java.util.List;

/**
 * One partition in one look: what was seen of it, and the answer's entry, which gets its records in a second step.
 * Confined to the fetch that took the look.
 */
final class PartitionRead {
    private final FetchTarget target;
    private final String topic;
    private final PartitionData answer;
    private final PartitionLog log;
    private final long offset;
    private final long readableEnd;
    private final long logEndOffset;
    private long upperOffset;
    private boolean urgent;
    private boolean unavailable;

    /** @param log null when there is nothing to read */
    private PartitionRead(
            FetchTarget target,
            String topic,
            PartitionData answer,
            PartitionLog log,
            long readableEnd,
            long logEndOffset) {
        this.target = target;
        this.topic = topic;
        this.answer = answer;
        this.log = log;
        this.offset = target.wanted().fetchOffset();
        this.readableEnd = readableEnd;
        this.logEndOffset = logEndOffset;
    }

    static PartitionRead of(
            FetchTarget target,
            String topic,
            PartitionData answer,
            PartitionLog log,
            long readableEnd,
            long logEndOffset) {
        return new PartitionRead(target, topic, answer, log, readableEnd, logEndOffset);
    }

    /** The answer needs no records, and must not wait. */
    static PartitionRead urgent(FetchTarget target, String topic, PartitionData answer, long logEndOffset) {
        PartitionRead read = new PartitionRead(target, topic, answer, null, -1, logEndOffset);
        read.urgent = true;
        return read;
    }

    /** The partition cannot be read here at all, so that there is nothing to wait for. */
    static PartitionRead unavailable(FetchTarget target, String topic, PartitionData answer) {
        PartitionRead read = new PartitionRead(target, topic, answer, null, -1, -1);
        read.unavailable = true;
        return read;
    }

    FetchTarget target() {
        return target;
    }

    /** As far as it is known; empty for an id that nobody knows. */
    String topic() {
        return topic;
    }

    PartitionData answer() {
        return answer;
    }

    PartitionLog log() {
        return log;
    }

    long offset() {
        return offset;
    }

    long readableEnd() {
        return readableEnd;
    }

    /** When it was looked at; -1 with an error. */
    long logEndOffset() {
        return logEndOffset;
    }

    /** There are records that the reader may have. */
    boolean hasRecords() {
        return log != null && offset < readableEnd;
    }

    boolean isUrgent() {
        return urgent;
    }

    void mustNotWait() {
        urgent = true;
    }

    boolean isUnavailable() {
        return unavailable;
    }

    boolean hasFailed() {
        return answer.errorCode() != ErrorCode.NONE.code();
    }

    boolean hasDiverged() {
        return answer.divergingEpoch().epoch() >= 0;
    }

    int bytes() {
        return answer.records().sizeInBytes();
    }

    /** @param upper no batch of the records holds this offset or a later one */
    void found(RecordsRef records, long upper) {
        answer.records(records);
        upperOffset = upper;
    }

    long upperOffset() {
        return upperOffset;
    }

    /** The reader is to be told what was aborted. */
    boolean wantsCommittedOnly() {
        return answer.abortedTransactions() != null;
    }

    void aborted(List<AbortedTransaction> transactions) {
        List<FetchResponse.AbortedTransaction> named = new ArrayList<>(transactions.size());
        for (AbortedTransaction one : transactions) {
            named.add(new FetchResponse.AbortedTransaction()
                    .producerId(one.producerId())
                    .firstOffset(one.firstOffset()));
        }
        answer.abortedTransactions(named);
    }

    /** They are the caller's to release; the answer has none any more. */
    RecordsRef takeRecords() {
        RecordsRef taken = answer.records();
        answer.records(RecordsRef.empty());
        return taken;
    }

    /** Reading failed after all. */
    void failed(ErrorCode error) {
        release();
        FetchErrors.make(answer, error);
        urgent = true;
    }

    void release() {
        answer.records().release();
        answer.records(RecordsRef.empty());
    }
}
