package io.barnabas.cluster.controller;

import io.barnabas.cluster.store.Answer;
import io.barnabas.cluster.store.AnswerCode;
import io.barnabas.cluster.store.MultiAnswer;
import io.barnabas.cluster.store.NodeKind;
import io.barnabas.cluster.store.NodeStat;
import io.barnabas.cluster.store.Op;
import io.barnabas.cluster.store.StoreException;
import io.barnabas.cluster.store.StoreSession;
import io.barnabas.cluster.znodes.Znodes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Writes that happen only while this broker is the controller: each goes together with a check of /controller_epoch.
 * A check that fails, or a lost session, ends in {@link ControllerMovedException}.
 */
final class GuardedWrites {
    private final StoreSession session;
    private final Op guard;

    /** @param epochVersion version that /controller_epoch had when this broker was elected */
    GuardedWrites(StoreSession session, int epochVersion) {
        this.session = session;
        this.guard = new Op.Check(Znodes.CONTROLLER_EPOCH, epochVersion);
    }

    CompletionStage<Answer<NodeStat>> create(String path, byte[] data) {
        return guarded(new Op.Create(path, data, NodeKind.PERSISTENT));
    }

    /** Nodes each below the one before, together or not at all; the last one holds the data. */
    CompletionStage<Answer<NodeStat>> createChain(List<String> paths, byte[] data) {
        List<Op> steps = new ArrayList<>(List.of(guard));
        for (int i = 0; i < paths.size(); i++) {
            boolean last = i == paths.size() - 1;
            steps.add(new Op.Create(paths.get(i), last ? data : null, NodeKind.PERSISTENT));
        }
        return session.multi(steps).thenApply(GuardedWrites::answerOfStep);
    }

    CompletionStage<Answer<NodeStat>> setData(String path, byte[] data, int expectedVersion) {
        return guarded(new Op.SetData(path, data, expectedVersion));
    }

    /** A missing node is fine. */
    CompletionStage<Void> delete(String path) {
        return guarded(new Op.Delete(path, -1)).thenCompose(answer -> switch (answer.code()) {
            case OK, NO_NODE -> CompletableFuture.completedFuture(null);
            // The read waits for the connection; then deleting again does no harm.
            case UNKNOWN -> session.exists(path).thenCompose(seen -> delete(path));
            default -> throw new StoreException("delete " + path, answer.code());
        });
    }

    /** Children first; a missing node is fine. */
    CompletionStage<Void> deleteRecursively(String path) {
        return session.children(path).thenCompose(children -> {
            if (children.is(AnswerCode.NO_NODE)) {
                return CompletableFuture.completedFuture(null);
            } else if (children.is(AnswerCode.SESSION_LOST)) {
                throw new ControllerMovedException("session lost");
            }
            CompletableFuture<?>[] below = children.orThrow("children of " + path).stream()
                    .map(child -> deleteRecursively(path + "/" + child).toCompletableFuture())
                    .toArray(CompletableFuture[]::new);
            return CompletableFuture.allOf(below).thenCompose(gone -> delete(path));
        });
    }

    private CompletionStage<Answer<NodeStat>> guarded(Op step) {
        return session.multi(List.of(guard, step)).thenApply(GuardedWrites::answerOfStep);
    }

    private static Answer<NodeStat> answerOfStep(MultiAnswer answer) {
        if (answer.isOk()) {
            return Answer.of(answer.stats().get(1));
        } else if (answer.failedStep() == 0) {
            throw new ControllerMovedException("another controller was elected");
        } else if (answer.code() == AnswerCode.SESSION_LOST) {
            throw new ControllerMovedException("session lost");
        }
        return Answer.failed(answer.code());
    }
}
