package io.barnabas.cluster.store;

import io.barnabas.runtime.FaultHandler;
import io.barnabas.runtime.SerialMailbox;
import io.barnabas.runtime.ThreadPools;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.curator.CuratorZookeeperClient;
import org.apache.curator.ensemble.fixed.FixedEnsembleProvider;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.utils.ZookeeperFactory;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ZKConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real ZooKeeper, reached through Curator's client: it replaces the handle after a session is lost; the operations
 * go to the handle itself, so that none slips from one session into the next. The session is kept through an outage
 * for as long as ZooKeeper keeps it. The chroot of the connect string is created when missing.
 */
public final class ZooKeeperClusterStore implements ClusterStore {
    private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperClusterStore.class);
    private static final long CLOSE_WAIT_MS = 2_000;
    /** Kafka raises ZooKeeper's 1 MiB: the children of /brokers/topics of a large cluster need more. */
    private static final int MAX_BUFFER_BYTES = 4 * 1024 * 1024;

    private final ConnectString connect;
    private final Settings settings;
    private final Executor pool;
    private final FaultHandler faults;
    private final CompletableFuture<StoreSession> first = new CompletableFuture<>();
    /** The listeners, and what they were told last, belong to this mailbox. */
    private final SerialMailbox announcements;

    private final List<SessionListener> listeners = new ArrayList<>();
    private StoreSession announced;

    private CuratorZookeeperClient client;
    private volatile boolean closed;
    private volatile ZooKeeperSession current;

    /**
     * @param connect hosts with ports, separated by commas, and an optional chroot
     * @param sessionTimeoutMs asked for; the server may change it within its limits
     */
    public record Settings(String connect, int sessionTimeoutMs, int connectionTimeoutMs) {}

    /** @param pool where listeners are called, one at a time */
    public ZooKeeperClusterStore(Settings settings, Executor pool, FaultHandler faults) {
        this.settings = settings;
        this.pool = pool;
        this.faults = faults;
        this.connect = ConnectString.parse(settings.connect());
        this.announcements = new SerialMailbox("sessions of ZooKeeper", pool, faults);
    }

    @Override
    public void listen(SessionListener listener) {
        announcements.execute(() -> {
            listeners.add(listener);
            if (announced != null) {
                listener.established(announced);
            }
        });
    }

    @Override
    public CompletionStage<StoreSession> start() {
        if (connect.chroot().isEmpty()) {
            connect();
            return first;
        }
        ZooKeeperClusterStore root = new ZooKeeperClusterStore(
                new Settings(connect.hosts(), settings.sessionTimeoutMs(), settings.connectionTimeoutMs()),
                pool,
                faults);
        return root.start()
                .thenCompose(session -> NodeTree.ensure(session, connect.chroot()))
                .thenCompose(made -> {
                    closeAside(root);
                    connect();
                    return first;
                });
    }

    @Override
    public StoreSession session() {
        if (current == null) {
            throw new IllegalStateException("no session with ZooKeeper at " + settings.connect() + " yet");
        }
        return current;
    }

    @Override
    public CompletionStage<Boolean> endSession(SessionTicket ticket) {
        return new PredecessorSession(settings, ticket).end();
    }

    @Override
    public void close() {
        CuratorZookeeperClient toClose;
        synchronized (this) {
            closed = true;
            toClose = client;
        }
        if (toClose == null) {
            return;
        }
        // Taking leave of a ZooKeeper that does not answer may hang; the process must end all the same.
        CountDownLatch left = new CountDownLatch(1);
        ThreadPools.factory("barnabas-zookeeper-close")
                .newThread(() -> {
                    toClose.close();
                    left.countDown();
                })
                .start();
        try {
            if (!left.await(CLOSE_WAIT_MS, TimeUnit.MILLISECONDS)) {
                LOG.warn("ZooKeeper at {} does not answer; its session will expire by itself", settings.connect());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        ZooKeeperSession last = current;
        if (last != null) {
            last.onLost();
        }
    }

    private synchronized void connect() {
        if (closed) {
            return;
        }
        client = new CuratorZookeeperClient(
                new Handles(),
                new FixedEnsembleProvider(connect.toString()),
                settings.sessionTimeoutMs(),
                settings.connectionTimeoutMs(),
                event -> {},
                new RetryOneTime(0),
                false);
        try {
            client.start();
        } catch (Exception failure) {
            first.completeExceptionally(failure);
        }
    }

    static ZKClientConfig clientConfig() {
        ZKClientConfig config = PlainClientConfig.read();
        if (System.getProperty(ZKConfig.JUTE_MAXBUFFER) == null) {
            config.setProperty(ZKConfig.JUTE_MAXBUFFER, Integer.toString(MAX_BUFFER_BYTES));
        }
        return config;
    }

    private static void closeAside(ZooKeeperClusterStore store) {
        ThreadPools.factory("barnabas-zookeeper-close").newThread(store::close).start();
    }

    private void established(ZooKeeperSession session) {
        current = session;
        LOG.info("Session 0x{} with ZooKeeper at {}", Long.toHexString(session.id()), settings.connect());
        announcements.execute(() -> {
            announced = session;
            listeners.forEach(listener -> listener.established(session));
            first.complete(session);
        });
    }

    private void disconnected(ZooKeeperSession session) {
        session.onDisconnected();
        if (!closed) {
            LOG.warn("Connection to ZooKeeper at {} lost, connecting again", settings.connect());
            announce(listener -> listener.disconnected(session));
        }
    }

    private void reconnected(ZooKeeperSession session) {
        LOG.info("Connection to ZooKeeper at {} is back", settings.connect());
        session.onReconnected();
        announce(listener -> listener.reconnected(session));
    }

    private void lost(ZooKeeperSession session) {
        session.onLost();
        if (!closed) {
            LOG.warn("Session 0x{} with ZooKeeper expired", Long.toHexString(session.id()));
            announcements.execute(() -> announced = null);
            announce(listener -> listener.lost(session));
        }
    }

    private void announce(Consumer<SessionListener> event) {
        announcements.execute(() -> listeners.forEach(event));
    }

    /** Makes the handles that Curator asks for: the first one, and one after each lost session. */
    private final class Handles implements ZookeeperFactory {
        @Override
        public ZooKeeper newZooKeeper(String connectString, int timeoutMs, Watcher curator, boolean canBeReadOnly)
                throws Exception {
            return newZooKeeper(connectString, timeoutMs, curator, canBeReadOnly, clientConfig());
        }

        @Override
        public ZooKeeper newZooKeeper(
                String connectString, int timeoutMs, Watcher curator, boolean canBeReadOnly, ZKClientConfig config)
                throws Exception {
            HandleEvents events = new HandleEvents(curator);
            ZooKeeper handle = new ZooKeeper(
                    connectString, timeoutMs, events, canBeReadOnly, config == null ? clientConfig() : config);
            events.of(handle);
            return handle;
        }
    }

    /** What happens to one handle: first to our session, then to Curator, which replaces an expired handle. */
    private final class HandleEvents implements Watcher {
        private final Watcher curator;
        private final CompletableFuture<ZooKeeper> handle = new CompletableFuture<>();
        private ZooKeeperSession session;

        HandleEvents(Watcher curator) {
            this.curator = curator;
        }

        void of(ZooKeeper made) {
            handle.complete(made);
        }

        @Override
        public void process(WatchedEvent event) {
            if (event.getType() == Event.EventType.None) {
                onState(event.getState());
            }
            curator.process(event);
        }

        private void onState(Event.KeeperState state) {
            switch (state) {
                case SyncConnected -> {
                    if (session == null) {
                        session = new ZooKeeperSession(handle.join());
                        established(session);
                    } else {
                        reconnected(session);
                    }
                }
                case Disconnected -> {
                    if (session != null) {
                        disconnected(session);
                    }
                }
                case Expired -> {
                    if (session != null) {
                        lost(session);
                    }
                }
                case AuthFailed -> LOG.error("ZooKeeper at {} refuses our credentials", settings.connect());
                default -> LOG.debug("ZooKeeper client is {}", state);
            }
        }
    }
}
