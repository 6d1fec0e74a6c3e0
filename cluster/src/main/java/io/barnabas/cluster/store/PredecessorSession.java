package io.barnabas.cluster.store;

import io.barnabas.runtime.ThreadPools;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ConnectStringParser;
import org.apache.zookeeper.client.StaticHostProvider;

/**
 * Takes over the session of a process that is known to be dead, only to close it: its ephemeral nodes go at once
 * instead of when it would have expired.
 */
final class PredecessorSession {
    private final ZooKeeperClusterStore.Settings settings;
    private final SessionTicket ticket;
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private final CompletableFuture<ZooKeeper> handle = new CompletableFuture<>();

    PredecessorSession(ZooKeeperClusterStore.Settings settings, SessionTicket ticket) {
        this.settings = settings;
        this.ticket = ticket;
    }

    /** False when the session was over already. */
    CompletionStage<Boolean> end() {
        ThreadPools.factory("barnabas-zookeeper-predecessor")
                .newThread(this::open)
                .start();
        return ended;
    }

    private void open() {
        try {
            String hosts = ConnectString.parse(settings.connect()).hosts();
            handle.complete(new ZooKeeper(
                    hosts,
                    settings.sessionTimeoutMs(),
                    this::onEvent,
                    ticket.sessionId(),
                    ticket.password(),
                    false,
                    new StaticHostProvider(new ConnectStringParser(hosts).getServerAddresses()),
                    ZooKeeperClusterStore.clientConfig()));
        } catch (IOException | RuntimeException failure) {
            ended.completeExceptionally(failure);
        }
    }

    private void onEvent(WatchedEvent event) {
        if (event.getState() == KeeperState.SyncConnected) {
            closeThen(true);
        } else if (event.getState() == KeeperState.Expired || event.getState() == KeeperState.AuthFailed) {
            closeThen(false);
        }
    }

    /** Closing waits for ZooKeeper's answer, which must not happen on the client's own event thread. */
    private void closeThen(boolean lived) {
        ThreadPools.factory("barnabas-zookeeper-predecessor")
                .newThread(() -> {
                    try {
                        handle.join().close();
                        ended.complete(lived);
                    } catch (InterruptedException | RuntimeException failure) {
                        ended.completeExceptionally(failure);
                    }
                })
                .start();
    }
}
