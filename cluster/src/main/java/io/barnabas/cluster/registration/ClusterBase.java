package io.barnabas.cluster.registration;

import io.barnabas.cluster.store.NodeKind;
import io.barnabas.cluster.store.NodeTree;
import io.barnabas.cluster.store.StoreException;
import io.barnabas.cluster.store.StoreSession;
import io.barnabas.cluster.znodes.ClusterIdZnode;
import io.barnabas.cluster.znodes.Znodes;
import io.barnabas.wire.Uuid;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** What the first broker finds missing and makes: Kafka's base nodes, the cluster's id; and ids for brokers without one. */
public final class ClusterBase {
    private ClusterBase() {}

    /**
     * What a broker finds.
     *
     * @param clusterId empty when nobody has given one
     * @param isEmpty whether there are neither topics nor brokers
     */
    public record Standing(Optional<String> clusterId, boolean isEmpty) {}

    /** Creates the base nodes where they are missing and answers with the cluster's id, a new one if need be. */
    public static CompletionStage<String> prepare(StoreSession session, RandomGenerator random) {
        return look(session)
                .thenCompose(standing -> standing.clusterId()
                        .map(CompletableFuture::completedFuture)
                        .orElseGet(() -> createClusterId(
                                        session, Uuid.random(random).toString())
                                .toCompletableFuture()));
    }

    /** Creates the base nodes where they are missing, but no id, and answers with what else there is. */
    public static CompletionStage<Standing> look(StoreSession session) {
        return NodeTree.ensureAll(session, Znodes.BASE)
                .thenCompose(made -> clusterId(session))
                .thenCompose(id -> session.children(Znodes.TOPICS)
                        .thenCombine(
                                session.children(Znodes.BROKER_IDS),
                                (topics, brokers) -> new Standing(
                                        id,
                                        topics.orThrow("children of " + Znodes.TOPICS)
                                                        .isEmpty()
                                                && brokers.orThrow("children of " + Znodes.BROKER_IDS)
                                                        .isEmpty())));
    }

    /** Gives the cluster its id, unless somebody was quicker; answers with the one that counts. */
    public static CompletionStage<String> createClusterId(StoreSession session, String fresh) {
        return NodeTree.ensure(session, "/cluster")
                .thenCompose(
                        made -> session.create(Znodes.CLUSTER_ID, ClusterIdZnode.bytes(fresh), NodeKind.PERSISTENT))
                .thenCompose(created -> switch (created.code()) {
                    case OK, NODE_EXISTS, UNKNOWN -> clusterId(session);
                    default -> throw new StoreException("create " + Znodes.CLUSTER_ID, created.code());
                })
                .thenCompose(id -> id.map(CompletableFuture::completedFuture)
                        .orElseGet(() -> createClusterId(session, fresh).toCompletableFuture()));
    }

    /** Gives another id to a cluster that has neither topics nor brokers. */
    public static CompletionStage<String> replaceClusterId(StoreSession session, String id) {
        return session.setData(Znodes.CLUSTER_ID, ClusterIdZnode.bytes(id), -1).thenApply(written -> {
            written.orThrow("write " + Znodes.CLUSTER_ID);
            return id;
        });
    }

    /** An id that no broker ever had: above the reserved ones, one higher each time. */
    public static CompletionStage<Integer> generateBrokerId(StoreSession session, int maxReservedId) {
        // Any write raises the version, and the version is the number. An unanswered one only wastes a number.
        return session.setData(Znodes.BROKER_SEQUENCE_ID, new byte[0], -1)
                .thenCompose(answer -> switch (answer.code()) {
                    case OK -> CompletableFuture.completedFuture(answer.value().version() + maxReservedId);
                    case UNKNOWN, NO_NODE ->
                        NodeTree.ensure(session, Znodes.BROKER_SEQUENCE_ID)
                                .thenCompose(made -> generateBrokerId(session, maxReservedId));
                    default -> throw new StoreException("generate a broker id", answer.code());
                });
    }

    private static CompletionStage<Optional<String>> clusterId(StoreSession session) {
        return session.get(Znodes.CLUSTER_ID).thenApply(read -> switch (read.code()) {
            case OK ->
                Optional.of(ClusterIdZnode.parse(read.value().bytes())
                        .orElseThrow(() -> new IllegalStateException(Znodes.CLUSTER_ID + " holds no cluster id: "
                                + read.value().text())));
            case NO_NODE -> Optional.empty();
            default -> throw new StoreException("read " + Znodes.CLUSTER_ID, read.code());
        });
    }
}
