package io.barnabas.broker;

import io.barnabas.cluster.registration.SessionFile;
import io.barnabas.cluster.store.ClusterStore;
import io.barnabas.cluster.store.SessionListener;
import io.barnabas.cluster.store.SessionTicket;
import io.barnabas.cluster.store.StoreSession;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the session that this broker's last process left behind, so that its registration goes at once instead of when
 * the session expires. May only be used by who holds the lock of the data: that proves the other process dead.
 */
final class SessionTakeover {
    private static final Logger LOG = LoggerFactory.getLogger(SessionTakeover.class);
    private static final long WAIT_MS = 2_000;

    private final Disk disk;
    private final Path path;
    private final SessionFile file;
    private final ClusterStore store;
    private final Executor diskIo;

    /** @param connect names the ZooKeeper that the session is with */
    SessionTakeover(Disk disk, Path path, String connect, ClusterStore store, Executor diskIo) {
        this.disk = disk;
        this.path = path;
        this.file = new SessionFile(disk, path, connect);
        this.store = store;
        this.diskIo = diskIo;
    }

    /** Waits a moment at most: otherwise the registration waits for the session to expire. */
    void run() {
        try {
            Optional<SessionTicket> ticket = file.read();
            if (ticket.isPresent()
                    && store.endSession(ticket.get()).toCompletableFuture().get(WAIT_MS, TimeUnit.MILLISECONDS)) {
                LOG.info("Ended the ZooKeeper session of the process before this one");
            }
        } catch (IOException | ExecutionException | TimeoutException failure) {
            LOG.info("The ZooKeeper session of the process before this one is left to expire: {}", failure.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        store.listen(new SessionListener() {
            @Override
            public void established(StoreSession session) {
                diskIo.execute(() -> remember(session.ticket()));
            }
        });
    }

    /** The session has been ended in good order. */
    void forget() {
        try {
            disk.deleteIfExists(path);
        } catch (IOException failure) {
            LOG.info("{} stays behind: {}", path, failure.toString());
        }
    }

    private void remember(SessionTicket ticket) {
        try {
            file.write(ticket);
        } catch (IOException failure) {
            LOG.warn(
                    "The session's ticket cannot be kept; after a crash its expiry must be waited for: {}",
                    failure.toString());
        }
    }
}
