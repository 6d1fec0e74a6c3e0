package io.barnabas.simulation;

import io.barnabas.cluster.store.ClusterStore;
import io.barnabas.cluster.store.SessionListener;
import io.barnabas.cluster.store.SessionTicket;
import io.barnabas.cluster.store.StoreSession;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Where there is no ZooKeeper: who is simulated keeps nothing there, so whoever asks for it is at fault. */
final class NoClusterStore implements ClusterStore {
    @Override
    public void listen(SessionListener listener) {}

    @Override
    public CompletionStage<StoreSession> start() {
        return new CompletableFuture<>();
    }

    @Override
    public StoreSession session() {
        throw new UnsupportedOperationException("nothing is kept in ZooKeeper here");
    }

    @Override
    public CompletionStage<Boolean> endSession(SessionTicket ticket) {
        return CompletableFuture.completedStage(false);
    }

    @Override
    public void close() {}
}
