package io.barnabas.cluster.controller;

import io.barnabas.cluster.store.Answer;
import io.barnabas.cluster.store.AnswerCode;
import io.barnabas.cluster.store.NodeData;
import io.barnabas.cluster.store.NodeStat;
import io.barnabas.cluster.store.StoreException;
import io.barnabas.cluster.store.StoreSession;
import io.barnabas.cluster.znodes.PartitionStateZnode;
import io.barnabas.cluster.znodes.Znodes;
import io.barnabas.runtime.Stages;
import io.barnabas.wire.TopicPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Brings decisions about leadership into ZooKeeper and then into {@link ClusterState}. A decision is taken on the
 * state as known; when the node turns out to be newer, or when it is not known whether a write arrived, the node is
 * read and the decision taken again.
 */
final class LeadershipWrites {
    private final ClusterState state;
    private final GuardedWrites writes;
    private final StoreSession session;
    private final int controllerEpoch;

    /** The state to be written; empty to leave the partition as it is. */
    interface Decision {
        Optional<PartitionStateZnode> on(TopicPartition partition, Leadership now);
    }

    LeadershipWrites(ClusterState state, GuardedWrites writes, StoreSession session, int controllerEpoch) {
        this.state = state;
        this.writes = writes;
        this.session = session;
        this.controllerEpoch = controllerEpoch;
    }

    /** Answers with the partitions that were changed. Those without a state are passed over. */
    CompletionStage<Set<TopicPartition>> change(Collection<TopicPartition> partitions, Decision decision) {
        return collect(partitions, partition -> changeOne(partition, decision));
    }

    /**
     * Creates the first state of new partitions where a replica is live. A state that is found there already is taken
     * over. Answers with the partitions that have one now.
     */
    CompletionStage<Set<TopicPartition>> createFirst(Collection<TopicPartition> partitions) {
        Set<String> begun = new HashSet<>();
        return collect(partitions, partition -> createOne(partition, begun));
    }

    private CompletionStage<Boolean> changeOne(TopicPartition partition, Decision decision) {
        Leadership now = state.leadership(partition);
        Optional<PartitionStateZnode> wanted = now == null ? Optional.empty() : decision.on(partition, now);
        if (wanted.isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        PartitionStateZnode next = inThisReign(wanted.get());
        return writes.setData(path(partition), next.bytes(), now.partitionEpoch())
                .thenCompose(answer -> switch (answer.code()) {
                    case OK -> {
                        state.putLeadership(
                                partition, new Leadership(next, answer.value().version()));
                        yield CompletableFuture.completedFuture(true);
                    }
                    case BAD_VERSION, UNKNOWN ->
                        reread(partition).thenCompose(found -> {
                            boolean mine = found != null
                                    && found.state().equals(next)
                                    && found.partitionEpoch() == now.partitionEpoch() + 1;
                            return mine ? CompletableFuture.completedFuture(true) : changeOne(partition, decision);
                        });
                    // Somebody removed the topic by hand.
                    case NO_NODE -> CompletableFuture.completedFuture(false);
                    default -> throw new StoreException("write " + path(partition), answer.code());
                });
    }

    /** @param begun topics whose common parent is made further ahead in the pipeline; the session keeps the order */
    private CompletionStage<Boolean> createOne(TopicPartition partition, Set<String> begun) {
        Optional<PartitionStateZnode> first =
                Elections.first(state.replicas(partition), state.onlineFor(partition), controllerEpoch);
        if (first.isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        List<String> nodes = List.of(Znodes.partition(partition.topic(), partition.partition()), path(partition));
        if (!begun.add(partition.topic())) {
            return createNodes(partition, first.get(), nodes);
        }
        List<String> withParent = new ArrayList<>(List.of(Znodes.partitions(partition.topic())));
        withParent.addAll(nodes);
        return writes.createChain(withParent, first.get().bytes())
                .thenCompose(answer -> answer.is(AnswerCode.NODE_EXISTS)
                        ? createNodes(partition, first.get(), nodes)
                        : afterCreation(partition, first.get(), answer));
    }

    private CompletionStage<Boolean> createNodes(
            TopicPartition partition, PartitionStateZnode first, List<String> nodes) {
        return writes.createChain(nodes, first.bytes())
                .thenCompose(answer -> answer.is(AnswerCode.NODE_EXISTS)
                        ? createState(partition, first)
                        : afterCreation(partition, first, answer));
    }

    /** The node of the partition is there, and perhaps its state too. */
    private CompletionStage<Boolean> createState(TopicPartition partition, PartitionStateZnode first) {
        return writes.create(path(partition), first.bytes())
                .thenCompose(answer -> afterCreation(partition, first, answer));
    }

    private CompletionStage<Boolean> afterCreation(
            TopicPartition partition, PartitionStateZnode first, Answer<NodeStat> answer) {
        return switch (answer.code()) {
            case OK -> {
                state.putLeadership(partition, new Leadership(first, 0));
                yield CompletableFuture.completedFuture(true);
            }
            case NODE_EXISTS -> reread(partition).thenApply(found -> found != null);
            case UNKNOWN ->
                reread(partition)
                        .thenCompose(found -> found != null
                                ? CompletableFuture.completedFuture(true)
                                : createFirst(Set.of(partition)).thenApply(made -> !made.isEmpty()));
            // The topic's own node is gone.
            case NO_NODE -> CompletableFuture.completedFuture(false);
            default -> throw new StoreException("create " + path(partition), answer.code());
        };
    }

    /** Takes over what stands in ZooKeeper; null when nothing does. */
    CompletionStage<Leadership> reread(TopicPartition partition) {
        return session.get(path(partition)).thenApply(read -> {
            if (read.is(AnswerCode.SESSION_LOST)) {
                throw new ControllerMovedException("session lost");
            } else if (read.is(AnswerCode.NO_NODE)) {
                return null;
            }
            NodeData node = read.orThrow("read " + path(partition));
            Optional<PartitionStateZnode> found = PartitionStateZnode.parse(node.bytes());
            if (found.isEmpty()) {
                return null;
            } else if (found.get().controllerEpoch() > controllerEpoch) {
                throw new ControllerMovedException(
                        "a controller of epoch " + found.get().controllerEpoch() + " wrote the state of " + partition);
            }
            Leadership leadership = new Leadership(found.get(), node.stat().version());
            state.putLeadership(partition, leadership);
            return leadership;
        });
    }

    private PartitionStateZnode inThisReign(PartitionStateZnode wanted) {
        return new PartitionStateZnode(
                wanted.leader(), wanted.leaderEpoch(), wanted.isr(), wanted.recovering(), controllerEpoch);
    }

    private static CompletionStage<Set<TopicPartition>> collect(
            Collection<TopicPartition> partitions, Function<TopicPartition, CompletionStage<Boolean>> each) {
        Map<TopicPartition, Boolean> changed = new HashMap<>();
        return Stages.all(
                        partitions, partition -> each.apply(partition).thenAccept(done -> changed.put(partition, done)))
                .thenApply(ended -> {
                    Set<TopicPartition> all = new LinkedHashSet<>(partitions);
                    all.removeIf(partition -> !changed.get(partition));
                    return all;
                });
    }

    private static String path(TopicPartition partition) {
        return Znodes.partitionState(partition.topic(), partition.partition());
    }
}
