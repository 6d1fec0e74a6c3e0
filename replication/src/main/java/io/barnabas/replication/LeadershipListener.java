package io.barnabas.replication;

import io.barnabas.wire.TopicPartition;

/**
 * Hears which partitions this broker begins and ceases to lead, after the partition has changed. Called on the role
 * mailbox, in order; returns at once.
 */
public interface LeadershipListener {

    /** Also called when this broker goes on to lead in a newer epoch. */
    void elected(TopicPartition partition, int leaderEpoch);

    /** This broker does not lead the partition, or holds it no longer. */
    void resigned(TopicPartition partition, int leaderEpoch);
}
