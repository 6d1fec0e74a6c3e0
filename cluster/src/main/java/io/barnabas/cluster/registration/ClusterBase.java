package io.barnabas.cluster.registration;

import io.barnabas.cluster.store.NodeKind;
import io.barnabas.cluster.store.NodeTree;
import io.barnabas.cluster.store.StoreException;
import io.barnabas.cluster.store.StoreSession;
import io.barnabas.cluster.znodes.ClusterIdZnode;
import io.barnabas.cluster.znodes.Znodes;
import io.barnabas.wire.Uuid;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** What the first broker finds missing and makes: Kafka's base nodes, the cluster's id; and ids for brokers without one. */
public final class ClusterBase {
    private ClusterBase() {}

    /** Creates the base nodes where they are missing and answers with the cluster's id. */
    public static CompletionStage<String> prepare(StoreSession session, RandomGenerator random) {
        return NodeTree.ensureAll(session, Znodes.BASE).thenCompose(made -> clusterId(session, random));
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

    private static CompletionStage<String> clusterId(StoreSession session, RandomGenerator random) {
        return session.get(Znodes.CLUSTER_ID).thenCompose(read -> switch (read.code()) {
            case OK ->
                CompletableFuture.completedFuture(ClusterIdZnode.parse(
                                read.value().bytes())
                        .orElseThrow(() -> new IllegalStateException(Znodes.CLUSTER_ID + " holds no cluster id: "
                                + read.value().text())));
            case NO_NODE -> createClusterId(session, random);
            default -> throw new StoreException("read " + Znodes.CLUSTER_ID, read.code());
        });
    }

    private static CompletionStage<String> createClusterId(StoreSession session, RandomGenerator random) {
        byte[] fresh = ClusterIdZnode.bytes(Uuid.random(random).toString());
        return NodeTree.ensure(session, "/cluster")
                .thenCompose(made -> session.create(Znodes.CLUSTER_ID, fresh, NodeKind.PERSISTENT))
                .thenCompose(created -> switch (created.code()) {
                    // Whoever came first: what stands there counts.
                    case OK, NODE_EXISTS, UNKNOWN -> clusterId(session, random);
                    default -> throw new StoreException("create " + Znodes.CLUSTER_ID, created.code());
                });
    }
}
