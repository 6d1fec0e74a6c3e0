package io.barnabas.compat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real Apache Kafka 3.9.2 with its ZooKeeper, to compare with and to read our directories. */
public final class ApacheKafka implements BrokerAddress, AutoCloseable {
    private static final String RELEASE = "tools-3.9.2";

    private final Path directory;
    private final Map<String, String> settings = new TreeMap<>();
    private final int port = Ports.free();
    private final int zooKeeperPort = Ports.free();
    private Program.Running zooKeeper;
    private Program.Running kafka;

    /** @param logDirectory where its partitions lie; may hold some already */
    public ApacheKafka(Path directory, Path logDirectory) {
        this.directory = directory;
        settings.put("broker.id", "0");
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.put("log.dirs", logDirectory.toString());
        settings.put("zookeeper.connect", "127.0.0.1:" + zooKeeperPort);
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
    }

    public ApacheKafka with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Before the broker, for another one to use it first. */
    public ApacheKafka startZooKeeper() {
        zooKeeper = Program.java(
                        Home.classPath(RELEASE),
                        "org.apache.zookeeper.server.quorum.QuorumPeerMain",
                        file(
                                "zookeeper.properties",
                                "dataDir=" + directory.resolve("zookeeper"),
                                "clientPort=" + zooKeeperPort,
                                "clientPortAddress=127.0.0.1",
                                "admin.enableServer=false",
                                "maxClientCnxns=0"))
                .start();
        return this;
    }

    public ApacheKafka start() {
        if (zooKeeper == null) {
            startZooKeeper();
        }
        String log4j = file(
                "log4j.properties",
                "log4j.rootLogger=INFO, out",
                "log4j.appender.out=org.apache.log4j.ConsoleAppender",
                "log4j.appender.out.layout=org.apache.log4j.PatternLayout",
                "log4j.appender.out.layout.ConversionPattern=[%d] %p %m (%c)%n");
        kafka = Program.java(
                        List.of("-Dlog4j.configuration=file:" + log4j),
                        Home.classPath(RELEASE),
                        "kafka.Kafka",
                        file(
                                "server.properties",
                                settings.entrySet().stream()
                                        .map(Object::toString)
                                        .toArray(String[]::new)))
                .start();
        Awaitility.await("Apache Kafka to start")
                .atMost(90, TimeUnit.SECONDS)
                .until(() ->
                        !kafka.process().isAlive() || kafka.outSoFar().contains("started (kafka.server.KafkaServer)"));
        if (!kafka.process().isAlive()) {
            throw new AssertionError("Apache Kafka ended: " + kafka.await(1));
        }
        return this;
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    public String zooKeeperAddress() {
        return "127.0.0.1:" + zooKeeperPort;
    }

    /** The broker alone; its ZooKeeper goes on. */
    public void stop() {
        kafka.stop();
        kafka = null;
    }

    public String log() {
        return kafka.outSoFar();
    }

    @Override
    public void close() {
        if (kafka != null) {
            kafka.stop();
        }
        if (zooKeeper != null) {
            zooKeeper.stop();
        }
    }

    private String file(String name, String... lines) {
        try {
            Files.createDirectories(directory);
            return Files.write(directory.resolve(name), new ArrayList<>(List.of(lines)))
                    .toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
