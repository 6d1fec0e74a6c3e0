package io.barnabas.compat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real ZooKeeper in a process of its own, the one that came with Kafka 3.9.2; brokers of any age use it. */
public final class ApacheZooKeeper implements AutoCloseable {
    private final int port = Ports.free();
    private final Path directory;
    private Program.Running process;

    public ApacheZooKeeper(Path directory) {
        this.directory = directory;
    }

    /** Does nothing when it runs already. */
    public ApacheZooKeeper start() {
        if (process != null) {
            return this;
        }
        process = Program.java(
                        Home.classPath("tools-3.9.2"),
                        "org.apache.zookeeper.server.quorum.QuorumPeerMain",
                        properties().toString())
                .start();
        Awaitility.await("ZooKeeper to listen")
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> !process.process().isAlive() || Ports.answers(port));
        if (!process.process().isAlive()) {
            throw new AssertionError("ZooKeeper ended: " + process.await(1));
        }
        return this;
    }

    /** Host and port, for {@code zookeeper.connect}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        if (process != null) {
            process.stop();
        }
    }

    private Path properties() {
        try {
            Files.createDirectories(directory);
            return Files.write(
                    directory.resolve("zookeeper.properties"),
                    List.of(
                            "dataDir=" + directory.resolve("zookeeper"),
                            "clientPort=" + port,
                            "clientPortAddress=127.0.0.1",
                            "admin.enableServer=false",
                            "maxClientCnxns=0"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
