package io.barnabas.broker;

import io.barnabas.broker.net.NetworkServer;
import io.barnabas.config.BrokerConfig;
import io.barnabas.config.Endpoint;
import io.barnabas.config.ListenerConfig;
import io.barnabas.requests.ApiRegistry;
import io.barnabas.requests.Metrics;
import io.barnabas.requests.RequestDispatcher;
import io.barnabas.requests.Versions;
import io.barnabas.requests.versions.ApiVersionsHandler;
import io.barnabas.wire.ApiKey;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One broker. {@link #start} makes its parts and joins them, lowest first; {@link #close} takes them apart the other
 * way round. Both are called by one thread at a time, which waits.
 */
public final class BrokerServer implements AutoCloseable {
    private static final int DISK_THREADS = 4;

    private final BrokerConfig fileConfig;
    private final Machinery machinery;
    private final ApiRegistry registry = new ApiRegistry();
    private final Metrics metrics = Metrics.none();
    private final Listeners listeners;
    private final NetworkServer network;
    private final ClusterConnection cluster;
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private int brokerId = -1;

    /** @param config of the file, checked */
    public BrokerServer(BrokerConfig config) {
        this.fileConfig = config;
        this.machinery = Machinery.ofThisMachine(Runtime.getRuntime().availableProcessors() + 2, DISK_THREADS);
        this.listeners = new Listeners(ListenerConfig.of(config));
        this.network = new NetworkServer(
                NetworkSettings.of(config),
                NetworkSettings.transport(config),
                new RequestDispatcher(registry, metrics, machinery.faults()),
                metrics,
                machinery.clock(),
                machinery.faults());
        this.cluster = new ClusterConnection(
                config, machinery.disk(), machinery.work(), machinery.timers(), machinery.faults());
    }

    /** Returns when clients are served. After a failure only {@link #close} may be called. */
    public void start() throws StartFailure {
        listeners.bind(network);
        String clusterId = cluster.start();
        List<Path> directories = fileConfig.logDirs().stream().map(Path::of).toList();
        StoredIdentity identity = StoredIdentity.read(machinery.disk(), machinery.clock(), directories);
        brokerId = identity.settle(fileConfig, clusterId, cluster::generateBrokerId);
        identity.remember(brokerId, clusterId);
        registry.inline(
                ApiKey.API_VERSIONS,
                Versions.of(0, 5),
                new ApiVersionsHandler(registry, new ApiVersionsHandler.Identity(clusterId, brokerId), () -> 0));
        network.accept();
        listeners.announce();
    }

    /** Stops serving, leaves the cluster, and closes what is open; bounded, also when ZooKeeper has gone. */
    @Override
    public void close() {
        network.close();
        cluster.close();
        machinery.close();
    }

    /** Waits until the broker cannot go on by itself, and answers with the reason; a broker that is closed never can. */
    String awaitEnd() {
        return end.join();
    }

    public int brokerId() {
        return brokerId;
    }

    /** With the ports that they really have. */
    public List<Endpoint> boundListeners() {
        return listeners.bound();
    }

    public String zooKeeper() {
        return cluster.connectString();
    }

    public boolean isZooKeeperInside() {
        return cluster.isEmbedded();
    }

    public List<String> logDirs() {
        return fileConfig.logDirs();
    }
}
