package io.barnabas.cluster.store;

/** How long a node lives, and who completes its name. */
public enum NodeKind {
    PERSISTENT,
    /** Goes with the session that made it. */
    EPHEMERAL,
    /** The store appends ten digits that only grow. */
    PERSISTENT_SEQUENTIAL
}
