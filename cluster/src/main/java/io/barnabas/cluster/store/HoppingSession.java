package io.barnabas.cluster.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** A session whose answers and watches arrive on an executor, in their order. */
record HoppingSession(StoreSession session, Executor executor) implements StoreSession {

    @Override
    public long id() {
        return session.id();
    }

    @Override
    public SessionTicket ticket() {
        return session.ticket();
    }

    @Override
    public boolean isLost() {
        return session.isLost();
    }

    @Override
    public CompletionStage<Answer<String>> create(String path, byte[] data, NodeKind kind) {
        return hop(session.create(path, data, kind));
    }

    @Override
    public CompletionStage<Answer<NodeStat>> setData(String path, byte[] data, int expectedVersion) {
        return hop(session.setData(path, data, expectedVersion));
    }

    @Override
    public CompletionStage<Answer<Void>> delete(String path, int expectedVersion) {
        return hop(session.delete(path, expectedVersion));
    }

    @Override
    public CompletionStage<MultiAnswer> multi(List<Op> steps) {
        return hop(session.multi(steps));
    }

    @Override
    public CompletionStage<Answer<NodeData>> get(String path, NodeWatch watch) {
        return hop(session.get(path, hop(watch)));
    }

    @Override
    public CompletionStage<Answer<NodeStat>> exists(String path, NodeWatch watch) {
        return hop(session.exists(path, hop(watch)));
    }

    @Override
    public CompletionStage<Answer<List<String>>> children(String path, NodeWatch watch) {
        return hop(session.children(path, hop(watch)));
    }

    private <T> CompletionStage<T> hop(CompletionStage<T> answer) {
        CompletableFuture<T> hopped = new CompletableFuture<>();
        answer.whenComplete((value, failure) -> executor.execute(() -> {
            if (failure == null) {
                hopped.complete(value);
            } else {
                hopped.completeExceptionally(failure);
            }
        }));
        return hopped;
    }

    private NodeWatch hop(NodeWatch watch) {
        return watch == null ? null : event -> executor.execute(() -> watch.fired(event));
    }
}
