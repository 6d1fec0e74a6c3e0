package io.barnabas.cluster.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Creates persistent nodes that may be there already, and removes whole subtrees. */
public final class NodeTree {
    private static final byte[] NO_DATA = null;

    private NodeTree() {}

    /** Creates the node and its parents where missing; what exists is left as it is. Fails with {@link StoreException}. */
    public static CompletionStage<Void> ensure(StoreSession session, String path) {
        return ensureAll(session, List.of(path));
    }

    /** As {@link #ensure} for many paths in one pipeline, in their order. */
    public static CompletionStage<Void> ensureAll(StoreSession session, List<String> paths) {
        List<CompletableFuture<Void>> made = new ArrayList<>();
        for (String path : paths) {
            for (String node : withParents(path)) {
                made.add(ensureOne(session, node).toCompletableFuture());
            }
        }
        return CompletableFuture.allOf(made.toArray(CompletableFuture[]::new));
    }

    /** Deletes the children of a node, theirs first, and then the node; a missing one is fine. */
    public static CompletionStage<Void> deleteRecursively(StoreSession session, String path) {
        return session.children(path).thenCompose(children -> {
            if (children.is(AnswerCode.NO_NODE)) {
                return CompletableFuture.completedFuture(null);
            }
            CompletableFuture<?>[] below = children.orThrow("children of " + path).stream()
                    .map(child -> deleteRecursively(session, path + "/" + child).toCompletableFuture())
                    .toArray(CompletableFuture[]::new);
            return CompletableFuture.allOf(below).thenCompose(gone -> deleteOne(session, path));
        });
    }

    private static CompletionStage<Void> ensureOne(StoreSession session, String path) {
        return session.create(path, NO_DATA, NodeKind.PERSISTENT).thenCompose(answer -> switch (answer.code()) {
            case OK, NODE_EXISTS -> CompletableFuture.completedFuture(null);
            // Creating it twice does no harm; the read waits until the connection is back.
            case UNKNOWN ->
                session.exists(path)
                        .thenCompose(seen ->
                                seen.isOk() ? CompletableFuture.<Void>completedFuture(null) : ensureOne(session, path));
            default -> throw new StoreException("create " + path, answer.code());
        });
    }

    private static CompletionStage<Void> deleteOne(StoreSession session, String path) {
        return session.delete(path, -1).thenCompose(answer -> switch (answer.code()) {
            case OK, NO_NODE -> CompletableFuture.completedFuture(null);
            case UNKNOWN, NOT_EMPTY -> deleteRecursively(session, path);
            default -> throw new StoreException("delete " + path, answer.code());
        });
    }

    private static List<String> withParents(String path) {
        List<String> nodes = new ArrayList<>();
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            nodes.add(path.substring(0, slash));
        }
        nodes.add(path);
        return nodes;
    }
}
