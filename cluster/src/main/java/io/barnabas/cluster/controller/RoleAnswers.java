package io.barnabas.cluster.controller;

import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.LeaderAndIsrRequest;
import io.barnabas.wire.message.LeaderAndIsrResponse;
import io.barnabas.wire.message.StopReplicaResponse;
import java.util.Set;

/** Hears what brokers answer to the controller's requests, on the mailbox. */
interface RoleAnswers {

    void leaderAndIsr(int brokerId, LeaderAndIsrRequest request, LeaderAndIsrResponse answer);

    /** @param deleted partitions that the broker was told to delete */
    void stopReplica(int brokerId, Set<TopicPartition> deleted, StopReplicaResponse answer);
}
