package io.barnabas.log.producer;

import io.barnabas.log.AppendOutcome;
import io.barnabas.wire.record.BatchHeader;

/**
 * What a partition remembers of one producer: its epoch, its last five batches, its open transaction. Guarded by the
 * partition's lock.
 */
public final class ProducerState {
    public static final short NO_EPOCH = -1;
    static final int NO_COORDINATOR_EPOCH = -1;
    static final long NO_OFFSET = -1;

    /** A producer may have five requests under way, so any of five batches may come again. */
    private static final int WINDOW = 5;

    private final long producerId;
    private final int[] lastSequences = new int[WINDOW];
    private final int[] offsetDeltas = new int[WINDOW];
    private final long[] lastOffsets = new long[WINDOW];
    private final long[] timestamps = new long[WINDOW];
    private int newest = WINDOW - 1;
    private int batches;

    private short epoch = NO_EPOCH;
    private int coordinatorEpoch = NO_COORDINATOR_EPOCH;
    private long lastTimestamp = BatchHeader.NO_TIMESTAMP;
    private long currentTxnFirstOffset = NO_OFFSET;

    ProducerState(long producerId) {
        this.producerId = producerId;
    }

    /** As a snapshot holds it. */
    static ProducerState restored(
            long producerId,
            short epoch,
            int lastSequence,
            long lastOffset,
            int offsetDelta,
            long timestamp,
            int coordinatorEpoch,
            long currentTxnFirstOffset) {
        ProducerState state = new ProducerState(producerId);
        state.epoch = epoch;
        state.coordinatorEpoch = coordinatorEpoch;
        state.lastTimestamp = timestamp;
        state.currentTxnFirstOffset = currentTxnFirstOffset;
        if (lastOffset >= 0) {
            state.push(lastSequence, lastOffset, offsetDelta, timestamp);
        }
        return state;
    }

    public long producerId() {
        return producerId;
    }

    public short epoch() {
        return epoch;
    }

    /** -1 when no batch is known. */
    public int lastSequence() {
        return batches == 0 ? BatchHeader.NO_SEQUENCE : lastSequences[newest];
    }

    /** Offset of the last record with data, -1 when none is known. */
    public long lastDataOffset() {
        return batches == 0 ? NO_OFFSET : lastOffsets[newest];
    }

    public int lastOffsetDelta() {
        return batches == 0 ? 0 : offsetDeltas[newest];
    }

    public long lastTimestamp() {
        return lastTimestamp;
    }

    public int coordinatorEpoch() {
        return coordinatorEpoch;
    }

    /** -1 when no transaction is open. */
    public long currentTxnFirstOffset() {
        return currentTxnFirstOffset;
    }

    /** Null unless one of the remembered batches has exactly these sequences. */
    AppendOutcome.Appended duplicateOf(int firstSequence, int lastSequence) {
        for (int i = 0; i < batches; i++) {
            int at = (newest - i + WINDOW) % WINDOW;
            if (lastSequences[at] == lastSequence && sequenceBefore(lastSequence, offsetDeltas[at]) == firstSequence) {
                return new AppendOutcome.Appended(
                        lastOffsets[at] - offsetDeltas[at], lastOffsets[at], timestamps[at], true);
            }
        }
        return null;
    }

    /** Sequences wrap from 2147483647 to 0. */
    private static int sequenceBefore(int sequence, int distance) {
        return (sequence - distance) & Integer.MAX_VALUE;
    }

    boolean isNext(int sequence) {
        return sequence == (lastSequence() == Integer.MAX_VALUE ? 0 : lastSequence() + 1);
    }

    void appended(short batchEpoch, int lastSequence, long lastOffset, int offsetDelta, long timestamp) {
        moveTo(batchEpoch);
        push(lastSequence, lastOffset, offsetDelta, timestamp);
        lastTimestamp = timestamp;
    }

    void beganTransaction(long firstOffset) {
        currentTxnFirstOffset = firstOffset;
    }

    /** A marker ended the transaction, if one was open. */
    void endedTransaction(short markerEpoch, int markerCoordinatorEpoch, long timestamp) {
        moveTo(markerEpoch);
        coordinatorEpoch = markerCoordinatorEpoch;
        lastTimestamp = timestamp;
        currentTxnFirstOffset = NO_OFFSET;
    }

    /** What an earlier epoch sent is of no interest any more. */
    private void moveTo(short nextEpoch) {
        if (epoch != nextEpoch) {
            batches = 0;
            epoch = nextEpoch;
        }
    }

    private void push(int lastSequence, long lastOffset, int offsetDelta, long timestamp) {
        newest = (newest + 1) % WINDOW;
        batches = Math.min(batches + 1, WINDOW);
        lastSequences[newest] = lastSequence;
        lastOffsets[newest] = lastOffset;
        offsetDeltas[newest] = offsetDelta;
        timestamps[newest] = timestamp;
    }
}
