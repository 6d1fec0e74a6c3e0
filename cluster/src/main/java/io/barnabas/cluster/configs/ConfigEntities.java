package io.barnabas.cluster.configs;

import io.barnabas.cluster.store.AnswerCode;
import io.barnabas.cluster.store.NodeKind;
import io.barnabas.cluster.store.NodeTree;
import io.barnabas.cluster.store.Op;
import io.barnabas.cluster.store.StoreException;
import io.barnabas.cluster.store.StoreSession;
import io.barnabas.cluster.znodes.ConfigChangeZnode;
import io.barnabas.cluster.znodes.ConfigZnode;
import io.barnabas.cluster.znodes.Znodes;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Reads and writes the settings of one entity under /config. Entities are named by type and name, such as
 * {@code topics/t1} or {@code brokers/<default>}. Stateless; stages fail with {@link StoreException}.
 */
public final class ConfigEntities {
    public static final String DEFAULT_BROKER = "brokers/<default>";

    private ConfigEntities() {}

    public static String topic(String name) {
        return "topics/" + name;
    }

    public static String broker(int id) {
        return "brokers/" + id;
    }

    /** Nothing where the entity sets nothing. */
    public static CompletionStage<Map<String, String>> read(StoreSession session, String entity) {
        return session.get(Znodes.config(entity))
                .thenApply(read -> read.is(AnswerCode.NO_NODE)
                        ? new TreeMap<>()
                        : ConfigZnode.parse(
                                read.orThrow("read the settings of " + entity).bytes()));
    }

    /** Replaces all settings of the entity, without telling anybody: nobody acts on it yet. */
    public static CompletionStage<Void> store(StoreSession session, String entity, Map<String, String> settings) {
        String path = Znodes.config(entity);
        byte[] data = ConfigZnode.bytes(settings);
        // Writing the same twice does no harm, so an answer that got lost needs no looking into.
        return session.setData(path, data, -1).thenCompose(answer -> switch (answer.code()) {
            case OK -> CompletableFuture.completedFuture(null);
            case NO_NODE -> create(session, entity, path, data, settings);
            case UNKNOWN -> session.exists(path).thenCompose(back -> store(session, entity, settings));
            default -> throw new StoreException("write the settings of " + entity, answer.code());
        });
    }

    /** As {@link #store}, for an entity that most likely has no settings yet. */
    public static CompletionStage<Void> storeFirst(StoreSession session, String entity, Map<String, String> settings) {
        return create(session, entity, Znodes.config(entity), ConfigZnode.bytes(settings), settings);
    }

    /** The step of {@link #storeFirst} by itself, for whoever makes the entity in the same moment. */
    public static Op first(String entity, Map<String, String> settings) {
        return new Op.Create(Znodes.config(entity), ConfigZnode.bytes(settings), NodeKind.PERSISTENT);
    }

    /** Replaces all settings of the entity and has every broker act on it. */
    public static CompletionStage<Void> change(StoreSession session, String entity, Map<String, String> settings) {
        return store(session, entity, settings).thenCompose(stored -> announce(session, entity));
    }

    private static CompletionStage<Void> create(
            StoreSession session, String entity, String path, byte[] data, Map<String, String> settings) {
        return session.create(path, data, NodeKind.PERSISTENT).thenCompose(answer -> switch (answer.code()) {
            case OK -> CompletableFuture.completedFuture(null);
            case NODE_EXISTS -> store(session, entity, settings);
            case UNKNOWN -> session.exists(path).thenCompose(back -> store(session, entity, settings));
            case NO_NODE ->
                NodeTree.ensure(session, path.substring(0, path.lastIndexOf('/')))
                        .thenCompose(made -> create(session, entity, path, data, settings));
            default -> throw new StoreException("write the settings of " + entity, answer.code());
        });
    }

    private static CompletionStage<Void> announce(StoreSession session, String entity) {
        String prefix = Znodes.CONFIG_CHANGES + "/" + Znodes.CONFIG_CHANGE_PREFIX;
        return session.create(prefix, ConfigChangeZnode.bytes(entity), NodeKind.PERSISTENT_SEQUENTIAL)
                .thenCompose(answer -> switch (answer.code()) {
                    case OK -> CompletableFuture.completedFuture(null);
                    // A second note about the same entity is read and means nothing new.
                    case UNKNOWN ->
                        session.exists(Znodes.CONFIG_CHANGES).thenCompose(back -> announce(session, entity));
                    case NO_NODE ->
                        NodeTree.ensure(session, Znodes.CONFIG_CHANGES).thenCompose(made -> announce(session, entity));
                    default -> throw new StoreException("announce new settings of " + entity, answer.code());
                });
    }
}
