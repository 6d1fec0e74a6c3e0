package io.barnabas.cluster.controller;

import io.barnabas.cluster.znodes.Znodes;
import io.barnabas.runtime.Stages;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.StopReplicaResponse;
import io.barnabas.wire.message.StopReplicaResponse.StopReplicaPartitionError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Topics on their way out: clients are told first, then replicas stop, then brokers delete them, and when all have,
 * the nodes go. A topic with a replica on a dead broker halts until that one is back.
 */
final class TopicDeletions {
    private static final Logger LOG = LoggerFactory.getLogger(TopicDeletions.class);

    private final Reign reign;
    private final ClusterState state;
    private final Roles roles;
    private final Map<Replica, Progress> progress = new HashMap<>();
    private final Set<String> halted = new TreeSet<>();

    private enum Progress {
        STARTED,
        DELETED,
        FAILED
    }

    TopicDeletions(Reign reign, Roles roles) {
        this.reign = reign;
        this.state = reign.state;
        this.roles = roles;
    }

    /** Topics that somebody wants deleted. A wish for a topic that does not exist is cleared away. */
    CompletionStage<Void> enqueue(Collection<String> topics) {
        List<String> unfounded = new ArrayList<>();
        for (String topic : topics) {
            if (reign.settings.deletesTopics() && state.topics().containsKey(topic)) {
                state.deleting().add(topic);
            } else {
                unfounded.add(topic);
            }
        }
        return Stages.all(unfounded, topic -> reign.writes.delete(Znodes.deleteTopic(topic)))
                .thenCompose(cleared -> resume());
    }

    /** Something has changed that may have been in the way of these topics. */
    CompletionStage<Void> retry(Collection<String> topics) {
        halted.removeAll(topics);
        progress.entrySet()
                .removeIf(entry -> entry.getValue() == Progress.FAILED
                        && topics.contains(entry.getKey().partition().topic()));
        return resume();
    }

    /** These replicas cannot be deleted for now. */
    CompletionStage<Void> failed(Collection<Replica> replicas) {
        for (Replica replica : replicas) {
            if (state.isDeleting(replica.partition().topic())) {
                progress.put(replica, Progress.FAILED);
                halted.add(replica.partition().topic());
            }
        }
        return resume();
    }

    /** A broker has done, or not, what it was told. */
    CompletionStage<Void> answered(int brokerId, Set<TopicPartition> deleted, StopReplicaResponse answer) {
        Set<TopicPartition> refused = new HashSet<>();
        for (StopReplicaPartitionError error : answer.partitionErrors()) {
            if (error.errorCode() != ErrorCode.NONE.code()) {
                refused.add(new TopicPartition(error.topicName(), error.partitionIndex()));
            }
        }
        List<Replica> failures = new ArrayList<>();
        for (TopicPartition partition : deleted) {
            Replica replica = new Replica(partition, brokerId);
            if (answer.errorCode() != ErrorCode.NONE.code() || refused.contains(partition)) {
                failures.add(replica);
            } else if (state.isDeleting(partition.topic())) {
                progress.put(replica, Progress.DELETED);
            }
        }
        return failed(failures);
    }

    private CompletionStage<Void> resume() {
        return Stages.inOrder(List.copyOf(state.deleting()), this::resume);
    }

    private CompletionStage<Void> resume(String topic) {
        List<Replica> replicas = state.replicasOf(state.partitionsOf(topic));
        if (replicas.stream().allMatch(replica -> progress.get(replica) == Progress.DELETED)) {
            return complete(topic);
        }
        boolean underWay = replicas.stream().anyMatch(replica -> progress.get(replica) == Progress.STARTED);
        return underWay || halted.contains(topic) ? Stages.done() : begin(topic, replicas);
    }

    private CompletionStage<Void> begin(String topic, List<Replica> replicas) {
        LOG.info("Deletion of topic {} begins", topic);
        RoleRequests farewell = reign.newRound();
        farewell.announce(state.partitionsOf(topic));
        reign.send(farewell);

        List<Replica> live = new ArrayList<>();
        for (Replica replica : replicas) {
            if (!state.isOnline(replica)) {
                progress.put(replica, Progress.FAILED);
                halted.add(topic);
            } else if (progress.get(replica) != Progress.DELETED) {
                live.add(replica);
            }
        }
        return roles.takeOffline(live).thenAccept(stopped -> {
            RoleRequests round = reign.newRound();
            live.forEach(replica -> {
                progress.put(replica, Progress.STARTED);
                round.stop(replica.brokerId(), replica.partition(), true);
            });
            reign.send(round);
        });
    }

    private CompletionStage<Void> complete(String topic) {
        return reign.writes
                .deleteRecursively(Znodes.topic(topic))
                .thenCompose(gone -> reign.writes.delete(Znodes.topicConfig(topic)))
                .thenCompose(gone -> reign.writes.delete(Znodes.deleteTopic(topic)))
                .thenAccept(gone -> {
                    progress.keySet()
                            .removeIf(replica -> replica.partition().topic().equals(topic));
                    halted.remove(topic);
                    state.removeTopic(topic);
                    LOG.info("Deletion of topic {} is complete", topic);
                });
    }
}
