package io.barnabas.wire.record;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.record.ValidationOutcome.Refused;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds each record of a batch against a topic's rules, and finds the latest timestamp on the way. One bad record
 * refuses the batch, but only after all were looked at, so that the producer learns of the others. Confined.
 */
final class RecordCheck {
    /** Of a batch of nothing but bad records the answer names these many; a client needs no more to see what is wrong. */
    static final int MAX_RECORD_ERRORS = 100;

    private final boolean keyRequired;
    private final boolean createTime;
    private final boolean batchHasAppendTime;
    private final long timestampBeforeMaxMs;
    private final long timestampAfterMaxMs;
    private final long nowMs;

    private long maxTimestamp = BatchHeader.NO_TIMESTAMP;
    private List<RecordError> errors = List.of();
    private int errorCount;
    private boolean badTimestamp;

    RecordCheck(RecordRules rules, boolean batchHasAppendTime, long nowMs) {
        this.keyRequired = rules.compacted();
        this.createTime = !rules.logAppendTime();
        this.batchHasAppendTime = batchHasAppendTime;
        this.timestampBeforeMaxMs = rules.timestampBeforeMaxMs();
        this.timestampAfterMaxMs = rules.timestampAfterMaxMs();
        this.nowMs = nowMs;
    }

    void look(int index, boolean hasKey, long timestamp) {
        if (timestamp > maxTimestamp) {
            maxTimestamp = timestamp;
        }
        if (keyRequired && !hasKey) {
            add(index, "A compacted topic needs a key in every record.");
        } else if (createTime && timestamp != BatchHeader.NO_TIMESTAMP) {
            long age = nowMs - timestamp;
            if (age > timestampBeforeMaxMs || -age > timestampAfterMaxMs) {
                badTimestamp = true;
                add(index, "Timestamp " + timestamp + " is too far from the broker's time " + nowMs + ".");
            }
        } else if (batchHasAppendTime) {
            badTimestamp = true;
            add(index, "A producer may not send the timestamp type LogAppendTime.");
        }
    }

    void refuse(int index, String message) {
        add(index, message);
    }

    boolean isClean() {
        return errorCount == 0;
    }

    /** -1 when no record had a time. */
    long maxTimestamp() {
        return maxTimestamp;
    }

    Refused refusal() {
        return badTimestamp
                ? new Refused(
                        ErrorCode.INVALID_TIMESTAMP,
                        errorCount + " records have a timestamp out of range or other faults.",
                        errors)
                : new Refused(ErrorCode.INVALID_RECORD, errorCount + " records are not acceptable.", errors);
    }

    private void add(int index, String message) {
        if (errors.isEmpty()) {
            errors = new ArrayList<>();
        }
        if (errorCount++ < MAX_RECORD_ERRORS) {
            errors.add(new RecordError(index, message));
        }
    }
}
