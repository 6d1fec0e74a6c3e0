package io.barnabas.replication;

/** What this broker is to a partition. */
public enum Role {
    /** It takes appends and decides what is committed. */
    LEADER,
    /** It copies from the leader. */
    FOLLOWER,
    /** It holds the files, but the controller has not said yet what it shall be. */
    UNDECIDED,
    /** Its log directory has failed. */
    OFFLINE,
    /** It is deleted; a reference to it is out of date. */
    GONE
}
