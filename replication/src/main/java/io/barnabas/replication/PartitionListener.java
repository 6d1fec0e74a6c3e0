package io.barnabas.replication;

/**
 * Hears that there may be more to read from a partition. Called by the thread that made it so, under no lock; returns
 * at once, and hops to its own event loop when there is something to do.
 */
public interface PartitionListener {

    /** Stands for "look yourself" where the number of bytes is not known. */
    int UNKNOWN_BYTES = Integer.MAX_VALUE;

    /** Records were appended; only followers may read them before the high watermark has passed. */
    void appended(int bytes);

    /** The high watermark has moved; consumers may read about so many bytes more. */
    void committed(int bytes);

    /** Leadership, log start or existence of the partition changed: an answer given before may be wrong now. */
    void changed();
}
