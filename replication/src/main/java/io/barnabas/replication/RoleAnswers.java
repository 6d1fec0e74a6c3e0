package io.barnabas.replication;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.LeaderAndIsrResponse;
import io.barnabas.wire.message.LeaderAndIsrResponse.LeaderAndIsrPartitionError;
import io.barnabas.wire.message.LeaderAndIsrResponse.LeaderAndIsrTopicError;
import io.barnabas.wire.message.StopReplicaResponse;
import io.barnabas.wire.message.StopReplicaResponse.StopReplicaPartitionError;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Collects what became of each partition of a role request. Fills the fields of every version of the answer: the flat
 * list, and the one grouped by topic id. Pure.
 */
final class RoleAnswers {
    private final Map<TopicPartition, ErrorCode> outcomes = new LinkedHashMap<>();
    private final Map<String, Uuid> topicIds = new LinkedHashMap<>();

    void add(TopicPartition name, Uuid topicId, ErrorCode outcome) {
        outcomes.put(name, outcome);
        topicIds.put(name.topic(), topicId);
    }

    LeaderAndIsrResponse leaderAndIsr() {
        LeaderAndIsrResponse response = new LeaderAndIsrResponse();
        Map<Uuid, LeaderAndIsrTopicError> byTopic = new LinkedHashMap<>();
        outcomes.forEach((name, outcome) -> {
            LeaderAndIsrPartitionError error = new LeaderAndIsrPartitionError()
                    .topicName(name.topic())
                    .partitionIndex(name.partition())
                    .errorCode(outcome.code());
            response.partitionErrors().add(error);
            byTopic.computeIfAbsent(topicIds.get(name.topic()), id -> new LeaderAndIsrTopicError().topicId(id))
                    .partitionErrors()
                    .add(error);
        });
        response.topics().addAll(byTopic.values());
        return response;
    }

    StopReplicaResponse stopReplica() {
        StopReplicaResponse response = new StopReplicaResponse();
        outcomes.forEach((name, outcome) -> response.partitionErrors()
                .add(new StopReplicaPartitionError()
                        .topicName(name.topic())
                        .partitionIndex(name.partition())
                        .errorCode(outcome.code())));
        return response;
    }
}
