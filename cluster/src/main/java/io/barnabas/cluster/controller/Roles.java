package io.barnabas.cluster.controller;

import io.barnabas.runtime.Stages;
import io.barnabas.wire.TopicPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Who leads and who follows: the moves that partitions and replicas make, each written first and told then. */
final class Roles {
    private final Reign reign;
    private final ClusterState state;

    Roles(Reign reign) {
        this.reign = reign;
        this.state = reign.state;
    }

    /** New partitions get their first leader, where a replica is live. */
    CompletionStage<Void> begin(Collection<TopicPartition> partitions) {
        return reign.leaderships.createFirst(partitions).thenAccept(made -> {
            RoleRequests round = reign.newRound();
            made.forEach(partition -> round.tellRoles(state.onlineReplicas(partition), partition, true));
            reign.send(round);
        });
    }

    /** Partitions that wait for a leader get one where that is possible. Answers with those that did. */
    CompletionStage<Set<TopicPartition>> electWhereNeeded() {
        List<TopicPartition> leaderless = state.partitionsWithoutLiveLeader();
        List<TopicPartition> fresh = leaderless.stream()
                .filter(partition -> state.leadership(partition) == null)
                .toList();
        List<TopicPartition> known = leaderless.stream()
                .filter(partition -> state.leadership(partition) != null)
                .toList();
        return begin(fresh)
                .thenCompose(begun -> elect(
                        known,
                        (partition, now) -> Elections.afterLeaderLoss(
                                state.replicas(partition),
                                now.state(),
                                state.onlineFor(partition),
                                reign.settings.allowsUncleanElection().test(partition.topic()))));
    }

    CompletionStage<Set<TopicPartition>> electPreferred(Collection<TopicPartition> partitions) {
        return elect(
                partitions,
                (partition, now) ->
                        Elections.preferred(state.replicas(partition), now.state(), state.onlineFor(partition)));
    }

    /** Leadership leaves the brokers that are stopping. */
    CompletionStage<Set<TopicPartition>> moveAway(Collection<TopicPartition> partitions) {
        return elect(
                partitions,
                (partition, now) -> Elections.beforeShutdown(
                        state.replicas(partition), now.state(), state.reachableFor(partition), state.stopping()));
    }

    /** Replicas that are there learn, perhaps once more, what they are. */
    void tell(Collection<Replica> replicas) {
        RoleRequests round = reign.newRound();
        for (Replica replica : replicas) {
            if (state.leadership(replica.partition()) != null) {
                round.tellRoles(List.of(replica.brokerId()), replica.partition(), false);
            }
        }
        reign.send(round);
    }

    /** Replicas that are not to be counted on any more stop, and leave the in-sync sets. */
    CompletionStage<Void> takeOffline(Collection<Replica> replicas) {
        Map<Integer, List<TopicPartition>> byBroker = new TreeMap<>();
        replicas.forEach(replica -> byBroker.computeIfAbsent(replica.brokerId(), unused -> new ArrayList<>())
                .add(replica.partition()));
        RoleRequests round = reign.newRound();
        return Stages.inOrder(byBroker.entrySet(), entry -> takeOffline(entry.getKey(), entry.getValue(), round))
                .thenAccept(done -> reign.send(round));
    }

    private CompletionStage<Void> takeOffline(int broker, List<TopicPartition> partitions, RoleRequests round) {
        partitions.forEach(partition -> round.stop(broker, partition, false));
        return reign.leaderships
                .change(partitions, (partition, now) -> Elections.withoutReplica(now.state(), broker))
                .thenAccept(changed -> {
                    round.announce(partitions);
                    changed.stream()
                            .filter(partition -> !state.isDeleting(partition.topic()))
                            .forEach(partition -> round.tellRoles(others(partition, broker), partition, false));
                });
    }

    private CompletionStage<Set<TopicPartition>> elect(
            Collection<TopicPartition> partitions, LeadershipWrites.Decision decision) {
        return reign.leaderships.change(partitions, decision).thenApply(elected -> {
            RoleRequests round = reign.newRound();
            elected.forEach(partition -> round.tellRoles(reachableReplicas(partition), partition, false));
            reign.send(round);
            return elected;
        });
    }

    private List<Integer> reachableReplicas(TopicPartition partition) {
        return state.replicas(partition).stream()
                .filter(state.reachableFor(partition)::test)
                .collect(Collectors.toList());
    }

    private List<Integer> others(TopicPartition partition, int broker) {
        return state.replicas(partition).stream().filter(id -> id != broker).toList();
    }
}
