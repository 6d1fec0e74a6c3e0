package io.barnabas.broker;

import io.barnabas.cluster.registration.SessionFile;
import io.barnabas.cluster.store.ClusterStore;
import io.barnabas.cluster.store.SessionListener;
import io.barnabas.cluster.store.SessionTicket;
import io.barnabas.cluster.store.StoreSession;
import java.io.IOException;
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

    private final SessionFile file;
    private final ClusterStore store;
    private final Executor diskIo;

    SessionTakeover(SessionFile file, ClusterStore store, Executor diskIo) {
        this.file = file;
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

    private void remember(SessionTicket ticket) {
        try {
            file.write(ticket);
        } catch (IOException failure) {
            LOG.warn("The session's ticket cannot be kept; after a crash its expiry must be waited for: {}", failure.toString());
        }
    }
}
