package io.barnabas.cluster.zookeeper;

import io.barnabas.runtime.FaultHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.apache.zookeeper.server.PurgeTxnLog;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ZooKeeper's own standalone server inside this process. {@link #start} returns when it answers; it never ends the
 * process. One a process: the server keeps its settings in system properties.
 */
public final class EmbeddedZooKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedZooKeeper.class);
    private static final int SNAPSHOTS_KEPT = 3;
    /** How many ports after the wanted one are tried. */
    private static final int PORTS_TRIED = 100;

    private static final int BACKLOG = -1;

    private final Settings settings;
    private final FaultHandler faults;
    private ZooKeeperServer server;
    private ServerCnxnFactory connections;

    /**
     * @param dataDirectory for snapshots and transaction logs; created when missing
     * @param address where it listens
     * @param port the wanted one; 0 for any
     * @param nextFreePort whether a port that is taken leads to the next one or to a failure
     * @param tickMs unit of time; sessions live between 2 and 20 of them without a sign of life
     * @param maxConnectionsPerHost 0 for no limit
     */
    public record Settings(
            Path dataDirectory,
            InetAddress address,
            int port,
            boolean nextFreePort,
            int tickMs,
            int maxConnectionsPerHost) {

        /** Loopback only, 2181 or the next free port. */
        public static Settings embedded(Path dataDirectory) {
            return new Settings(dataDirectory, InetAddress.getLoopbackAddress(), 2181, true, 2_000, 0);
        }
    }

    public EmbeddedZooKeeper(Settings settings, FaultHandler faults) {
        this.settings = settings;
        this.faults = faults;
    }

    /** Fails when no port can be had, or when the data cannot be read. */
    public synchronized void start() throws IOException {
        ServerProperties.apply();
        Thread.UncaughtExceptionHandler ours = Thread.getDefaultUncaughtExceptionHandler();
        FileTxnSnapLog files = new FileTxnSnapLog(
                settings.dataDirectory().toFile(), settings.dataDirectory().toFile());
        server = new LeanServer(files, settings.tickMs(), 2 * settings.tickMs(), 20 * settings.tickMs(), BACKLOG);
        connections = listen();
        // The connection classes install a handler that only logs: a crash elsewhere must not end there.
        Thread.setDefaultUncaughtExceptionHandler(ours);
        ServerProperties.onExitRequest(code -> faults.fault(
                "embedded ZooKeeper", new IllegalStateException("the server gave up with exit code " + code)));
        try {
            connections.startup(server);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while ZooKeeper was starting", interrupted);
        }
        LOG.info("ZooKeeper listens on {}, data in {}", connectString(), settings.dataDirectory());
    }

    /** Host and port for {@code zookeeper.connect}. */
    public synchronized String connectString() {
        return settings.address().getHostAddress() + ":" + port();
    }

    public synchronized int port() {
        return connections.getLocalPort();
    }

    /** Deletes what newer snapshots have made superfluous. Reads and deletes files: not for an event loop or timer thread. */
    public void purge() {
        try {
            PurgeTxnLog.purge(
                    settings.dataDirectory().toFile(), settings.dataDirectory().toFile(), SNAPSHOTS_KEPT);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public synchronized void close() {
        if (connections != null) {
            connections.shutdown();
        }
        if (server != null) {
            server.shutdown(true);
        }
    }

    private ServerCnxnFactory listen() throws IOException {
        int last = settings.nextFreePort() && settings.port() != 0 ? settings.port() + PORTS_TRIED : settings.port();
        for (int port = settings.port(); ; port++) {
            try {
                ServerCnxnFactory listening = new LeanConnections();
                listening.configure(
                        new InetSocketAddress(settings.address(), port),
                        settings.maxConnectionsPerHost(),
                        BACKLOG,
                        false);
                return listening;
            } catch (BindException taken) {
                if (port >= last) {
                    throw new BindException("no free port for ZooKeeper from " + settings.port() + " to " + last);
                }
            }
        }
    }
}
