package io.barnabas.cluster.adoption;

import io.barnabas.cluster.configs.ConfigEntities;
import io.barnabas.cluster.store.AnswerCode;
import io.barnabas.cluster.store.NodeData;
import io.barnabas.cluster.store.NodeKind;
import io.barnabas.cluster.store.Op;
import io.barnabas.cluster.store.StoreException;
import io.barnabas.cluster.store.StoreSession;
import io.barnabas.cluster.znodes.PartitionStateZnode;
import io.barnabas.cluster.znodes.ProducerIdBlockZnode;
import io.barnabas.cluster.znodes.ReplicaAssignment;
import io.barnabas.cluster.znodes.TopicZnode;
import io.barnabas.cluster.znodes.Znodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Writes into ZooKeeper what came with the files of a log directory, before a controller looks. Doing it again does no
 * harm. Stages fail with {@link StoreException} when ZooKeeper cannot be used.
 */
public final class AdoptionWrites {
    private static final byte[] NO_DATA = null;
    private static final int NO_CONTROLLER_YET = 0;

    private final StoreSession session;

    public AdoptionWrites(StoreSession session) {
        this.session = session;
    }

    /** The topics that ZooKeeper knows. */
    public CompletionStage<Set<String>> knownTopics() {
        return session.children(Znodes.TOPICS)
                .thenApply(answer -> Set.copyOf(answer.orThrow("children of " + Znodes.TOPICS)));
    }

    /** Empty when there is no such topic. */
    public CompletionStage<Optional<TopicZnode>> read(String topic) {
        return session.get(Znodes.topic(topic))
                .thenApply(read -> read.is(AnswerCode.NO_NODE)
                        ? Optional.empty()
                        : TopicZnode.parse(
                                read.orThrow("read " + Znodes.topic(topic)).bytes()));
    }

    /**
     * Writes a topic with the leaders of its partitions, in one step: a controller that found a topic without them would
     * begin with leader epochs that the log has behind it. False when the topic is there already.
     */
    public CompletionStage<Boolean> write(AdoptedTopic topic) {
        return ConfigEntities.store(session, ConfigEntities.topic(topic.name()), topic.configs())
                .thenCompose(stored -> session.multi(nodesOf(topic)))
                .thenCompose(answer -> switch (answer.code()) {
                    case OK -> CompletableFuture.completedFuture(true);
                    case NODE_EXISTS -> CompletableFuture.completedFuture(false);
                    case UNKNOWN ->
                        session.exists(Znodes.topic(topic.name()))
                                .thenCompose(
                                        seen -> seen.isOk() ? CompletableFuture.completedFuture(true) : write(topic));
                    default -> throw new StoreException("create " + Znodes.topic(topic.name()), answer.code());
                });
    }

    private static List<Op> nodesOf(AdoptedTopic topic) {
        SortedMap<Integer, ReplicaAssignment> assignments = new TreeMap<>();
        topic.partitions()
                .forEach((index, partition) -> assignments.put(index, ReplicaAssignment.of(partition.replicas())));
        List<Op> nodes = new ArrayList<>();
        nodes.add(create(Znodes.topic(topic.name()), new TopicZnode(topic.id(), assignments).bytes()));
        nodes.add(create(Znodes.partitions(topic.name()), NO_DATA));
        topic.partitions().forEach((index, partition) -> {
            PartitionStateZnode state = new PartitionStateZnode(
                    partition.leader(), partition.leaderEpoch(), partition.isr(), false, NO_CONTROLLER_YET);
            nodes.add(create(Znodes.partition(topic.name(), index), NO_DATA));
            nodes.add(create(Znodes.partitionState(topic.name(), index), state.bytes()));
        });
        return nodes;
    }

    private static Op create(String path, byte[] data) {
        return new Op.Create(path, data, NodeKind.PERSISTENT);
    }

    /** Settings of a broker, or of all; those that stand there already count. */
    public CompletionStage<Void> writeBrokerConfigs(String entity, Map<String, String> adopted) {
        return ConfigEntities.read(session, entity).thenCompose(there -> {
            Map<String, String> merged = new TreeMap<>(adopted);
            merged.putAll(there);
            return merged.equals(there)
                    ? CompletableFuture.completedFuture(null)
                    : ConfigEntities.change(session, entity, merged);
        });
    }

    /** Producer ids below {@code next} are taken. */
    public CompletionStage<Void> reserveProducerIds(int brokerId, long next) {
        return session.get(Znodes.PRODUCER_ID_BLOCK).thenCompose(read -> {
            NodeData node = read.orThrow("read " + Znodes.PRODUCER_ID_BLOCK);
            Optional<ProducerIdBlockZnode> newest = ProducerIdBlockZnode.parse(node.bytes());
            if (newest.isPresent() && newest.get().lastId() >= next - 1) {
                return CompletableFuture.completedFuture(null);
            }
            ProducerIdBlockZnode taken =
                    new ProducerIdBlockZnode(brokerId, Math.max(0, next - ProducerIdBlockZnode.LENGTH), next - 1);
            return session.setData(
                            Znodes.PRODUCER_ID_BLOCK, taken.bytes(), node.stat().version())
                    .thenCompose(answer -> answer.isOk()
                            ? CompletableFuture.completedFuture(null)
                            : answer.is(AnswerCode.BAD_VERSION) || answer.is(AnswerCode.UNKNOWN)
                                    ? reserveProducerIds(brokerId, next)
                                    : CompletableFuture.failedFuture(
                                            new StoreException("write " + Znodes.PRODUCER_ID_BLOCK, answer.code())));
        });
    }
}
