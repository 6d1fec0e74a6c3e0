package io.barnabas.broker;

import io.barnabas.broker.adoption.ClusterChoice;
import io.barnabas.cluster.registration.ClusterBase;
import io.barnabas.cluster.store.StoreSession;
import io.barnabas.cluster.store.ZooKeeperClusterStore;
import io.barnabas.cluster.zookeeper.EmbeddedZooKeeper;
import io.barnabas.config.BrokerConfig;
import io.barnabas.config.BrokerKeys;
import io.barnabas.runtime.Disk;
import io.barnabas.runtime.FaultHandler;
import io.barnabas.runtime.Randomness;
import io.barnabas.runtime.Timers;
import io.barnabas.wire.Uuid;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to ZooKeeper: the one that the configuration names, or else one inside this process. Started and closed by
 * one thread, which waits.
 */
final class ClusterConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("kafka.server.KafkaServer");
    private static final long PURGE_EVERY_MS = TimeUnit.HOURS.toMillis(1);
    private static final int TICK_MS = 2_000;

    private final BrokerConfig config;
    private final Disk disk;
    private final Executor pool;
    private final Timers timers;
    private final FaultHandler faults;
    private Disk.Lock lock;
    private EmbeddedZooKeeper embedded;
    private ZooKeeperClusterStore store;
    private String connect;

    ClusterConnection(BrokerConfig config, Disk disk, Executor pool, Timers timers, FaultHandler faults) {
        this.config = config;
        this.disk = disk;
        this.pool = pool;
        this.timers = timers;
        this.faults = faults;
    }

    /** Connects and answers with what is there. */
    ClusterBase.Standing start() throws StartFailure {
        connect = config.get(BrokerKeys.ZOOKEEPER_CONNECT);
        if (connect == null || connect.isBlank()) {
            startEmbedded();
            connect = embedded.connectString();
        }
        LOG.info("Connecting to zookeeper on {}, waiting for an answer up to {} ms", connect, connectionTimeoutMs());
        store = new ZooKeeperClusterStore(
                new ZooKeeperClusterStore.Settings(connect, sessionTimeoutMs(), connectionTimeoutMs()), pool, faults);
        StoreSession session = await(
                store.start(),
                "Timed out waiting for connection: no ZooKeeper answers at " + connect
                        + ". Start one there, or leave zookeeper.connect unset to run one inside the broker");
        return await(ClusterBase.look(session));
    }

    /** Answers with the id of the cluster, which is made where there is none. */
    String enter(ClusterChoice choice) throws StartFailure {
        String id = choice.clusterId()
                .orElseGet(() -> Uuid.random(Randomness.system()).toString());
        String clusterId = switch (choice.kind()) {
            case KNOWN -> id;
            case CREATE -> await(ClusterBase.createClusterId(store.session(), id));
            case REPLACE -> await(ClusterBase.replaceClusterId(store.session(), id));
        };
        LOG.info("Cluster ID = {}", clusterId);
        return clusterId;
    }

    /** A broker id that nobody had before. */
    int generateBrokerId() throws StartFailure {
        int reserved = config.get(BrokerKeys.RESERVED_BROKER_MAX_ID);
        return await(
                ClusterBase.generateBrokerId(store.session(), reserved),
                "ZooKeeper at " + connect + " does not answer");
    }

    /** Waits for something that ZooKeeper is asked for while starting. */
    <T> T await(CompletionStage<T> stage) throws StartFailure {
        return await(stage, "ZooKeeper at " + connect + " does not answer");
    }

    ZooKeeperClusterStore store() {
        return store;
    }

    String connectString() {
        return connect;
    }

    boolean isEmbedded() {
        return embedded != null;
    }

    int sessionTimeoutMs() {
        return config.get(BrokerKeys.ZOOKEEPER_SESSION_TIMEOUT_MS);
    }

    /** Ends the session first, so that other brokers see this one go at once. */
    @Override
    public void close() {
        if (store != null) {
            store.close();
        }
        if (embedded != null) {
            embedded.close();
        }
        releaseLock();
    }

    /** Beside the log directories, never inside one. */
    private Path embeddedDirectory() {
        String configured = config.get(BrokerKeys.BARNABAS_ZOOKEEPER_DIR);
        if (configured != null) {
            return Path.of(configured);
        }
        return Path.of(config.logDirs().get(0)).toAbsolutePath().resolveSibling("zookeeper");
    }

    private void startEmbedded() throws StartFailure {
        Path directory = embeddedDirectory();
        try {
            disk.createDirectories(directory);
            Optional<Disk.Lock> taken = disk.tryLock(directory.resolve(".lock"));
            if (taken.isEmpty()) {
                throw new StartFailure("Directory " + directory + " is in use by another process; stop that one, or"
                        + " name other directories in log.dirs and barnabas.zookeeper.dir");
            }
            lock = taken.get();
            EmbeddedZooKeeper server = new EmbeddedZooKeeper(
                    new EmbeddedZooKeeper.Settings(
                            directory,
                            InetAddress.getLoopbackAddress(),
                            config.get(BrokerKeys.BARNABAS_ZOOKEEPER_PORT),
                            true,
                            TICK_MS,
                            0),
                    faults);
            server.start();
            embedded = server;
            timers.repeat(PURGE_EVERY_MS, PURGE_EVERY_MS, () -> pool.execute(server::purge));
        } catch (IOException failure) {
            throw new StartFailure(
                    "The embedded ZooKeeper cannot start in " + directory + ": " + DiskTrouble.describe(failure));
        }
    }

    private int connectionTimeoutMs() {
        Integer configured = config.get(BrokerKeys.ZOOKEEPER_CONNECTION_TIMEOUT_MS);
        return configured == null ? sessionTimeoutMs() : configured;
    }

    private <T> T await(CompletionStage<T> stage, String otherwise) throws StartFailure {
        try {
            return stage.toCompletableFuture().get(connectionTimeoutMs(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new StartFailure(otherwise + " (waited " + connectionTimeoutMs() + " ms)");
        } catch (ExecutionException failure) {
            throw new StartFailure(otherwise + ": " + failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while starting");
        }
    }

    private void releaseLock() {
        if (lock == null) {
            return;
        }
        try {
            lock.close();
        } catch (IOException failure) {
            LOG.warn("The lock of {} could not be released", embeddedDirectory(), failure);
        }
    }
}
