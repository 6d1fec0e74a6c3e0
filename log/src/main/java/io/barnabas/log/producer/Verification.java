package io.barnabas.log.producer;

/**
 * A partition's question whether a producer's transaction is really under way, asked before its first batch is
 * appended. What was learnt counts only as long as the partition has this very object: a marker that comes between
 * question and append makes it worthless.
 */
public final class Verification {
    /** The owner of the broker has switched verification off. */
    public static final Verification NOT_NEEDED = new Verification((short) -1, 0, 0);

    private final long beganMs;
    private short epoch;
    private int lowestSequence;

    Verification(short epoch, int sequence, long beganMs) {
        this.epoch = epoch;
        this.lowestSequence = sequence;
        this.beganMs = beganMs;
    }

    long beganMs() {
        return beganMs;
    }

    int lowestSequence() {
        return lowestSequence;
    }

    /** Another batch is about to be appended. Guarded by the partition's lock. */
    void tried(short batchEpoch, int sequence) {
        if (batchEpoch > epoch) {
            epoch = batchEpoch;
            lowestSequence = sequence;
        } else if (batchEpoch == epoch) {
            lowestSequence = Math.min(lowestSequence, sequence);
        }
    }
}
