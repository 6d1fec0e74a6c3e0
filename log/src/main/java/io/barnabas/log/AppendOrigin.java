package io.barnabas.log;

/** Who wants records appended; only clients are held to their sequence numbers. */
public enum AppendOrigin {
    CLIENT,
    /** A coordinator on this broker, or a marker that ends a transaction. */
    COORDINATOR,
    /** The leader of the partition, which has checked all there is to check. */
    REPLICATION
}
