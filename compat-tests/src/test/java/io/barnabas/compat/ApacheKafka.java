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

/**
 * A real Apache Kafka, to compare with, to read our directories, and to make those that we read. Releases before 4.0
 * use a ZooKeeper, later ones their own controller.
 */
public final class ApacheKafka implements BrokerAddress, AutoCloseable {
    private static final String NEWEST_WITH_ZOOKEEPER = "tools-3.9.2";
    private static final String STARTED = "started (kafka.server.Kafka";
    private static final String CLUSTER_ID = "b3JhY2xlLW9mLWthZmthQQ";

    private final String classPath;
    private final Path directory;
    private final ApacheZooKeeper ownZooKeeper;
    private final Map<String, String> settings = new TreeMap<>();
    private final int port = Ports.free();
    private Program.Running kafka;

    /**
     * 3.9.2 with a ZooKeeper of its own.
     *
     * @param logDirectory where its partitions lie; may hold some already
     */
    public ApacheKafka(Path directory, Path logDirectory) {
        this(NEWEST_WITH_ZOOKEEPER, directory, logDirectory, new ApacheZooKeeper(directory));
    }

    /** 3.9.2 in the cluster of a ZooKeeper that is running already. */
    public static ApacheKafka beside(ApacheZooKeeper zooKeeper, Path directory, Path logDirectory) {
        return beside(NEWEST_WITH_ZOOKEEPER, zooKeeper, directory, logDirectory);
    }

    /**
     * A release with ZooKeeper, in the cluster of one that is running already.
     *
     * @param classPath its name among the class paths
     */
    public static ApacheKafka beside(String classPath, ApacheZooKeeper zooKeeper, Path directory, Path logDirectory) {
        return new ApacheKafka(classPath, directory, logDirectory, null).with("zookeeper.connect", zooKeeper.address());
    }

    /** A release without ZooKeeper, broker and controller in one. */
    public static ApacheKafka alone(String classPath, Path directory, Path logDirectory) {
        int controllerPort = Ports.free();
        ApacheKafka kafka = new ApacheKafka(classPath, directory, logDirectory, null);
        kafka.settings.remove("broker.id");
        return kafka.with("process.roles", "broker,controller")
                .with("node.id", "0")
                .with("controller.quorum.voters", "0@127.0.0.1:" + controllerPort)
                .with("listeners", "PLAINTEXT://" + kafka.address() + ",CONTROLLER://127.0.0.1:" + controllerPort)
                .with("advertised.listeners", "PLAINTEXT://" + kafka.address())
                .with("controller.listener.names", "CONTROLLER")
                .with("share.coordinator.state.topic.replication.factor", "1")
                .with("share.coordinator.state.topic.min.isr", "1");
    }

    private ApacheKafka(String classPath, Path directory, Path logDirectory, ApacheZooKeeper ownZooKeeper) {
        this.classPath = classPath;
        this.directory = directory;
        this.ownZooKeeper = ownZooKeeper;
        settings.put("broker.id", "0");
        settings.put("listeners", "PLAINTEXT://" + address());
        settings.put("log.dirs", logDirectory.toString());
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
    }

    public ApacheKafka with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** What the first releases have in place of listeners. */
    public ApacheKafka withHostAndPort() {
        return with("host.name", "127.0.0.1").with("port", Integer.toString(port));
    }

    /** Before the broker, for another one to use it first. */
    public ApacheKafka startZooKeeper() {
        ownZooKeeper.start();
        return with("zookeeper.connect", ownZooKeeper.address());
    }

    public ApacheKafka start() {
        if (ownZooKeeper != null) {
            startZooKeeper();
        }
        String properties = file(
                "server.properties",
                settings.entrySet().stream().map(Object::toString).toArray(String[]::new));
        if (settings.containsKey("process.roles")) {
            format(properties);
        }
        kafka = Program.java(logging(), Home.classPath(classPath), "kafka.Kafka", properties)
                .start();
        Awaitility.await("Apache Kafka to start")
                .atMost(90, TimeUnit.SECONDS)
                .until(() -> !kafka.process().isAlive() || kafka.outSoFar().contains(STARTED));
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
        return settings.get("zookeeper.connect");
    }

    /** The broker alone; its ZooKeeper goes on. */
    public void stop() {
        kafka.stop();
        kafka = null;
    }

    public String log() {
        return kafka.outSoFar();
    }

    /** As a power cut for the process: nothing is said to it. */
    public void kill() {
        kafka.process().destroyForcibly();
        kafka.await(20);
    }

    @Override
    public void close() {
        if (kafka != null && kafka.process().isAlive()) {
            kafka.stop();
        }
        if (ownZooKeeper != null) {
            ownZooKeeper.close();
        }
    }

    private void format(String properties) {
        Program.java(
                        Home.classPath(classPath),
                        "kafka.tools.StorageTool",
                        "format",
                        "--ignore-formatted",
                        "-t",
                        CLUSTER_ID,
                        "-c",
                        properties)
                .run()
                .expectSuccess();
    }

    /** To its output, with log4j of either generation. */
    private List<String> logging() {
        String log4j = file(
                "log4j.properties",
                "log4j.rootLogger=INFO, out",
                "log4j.appender.out=org.apache.log4j.ConsoleAppender",
                "log4j.appender.out.layout=org.apache.log4j.PatternLayout",
                "log4j.appender.out.layout.ConversionPattern=[%d] %p %m (%c)%n");
        String log4j2 = file(
                "log4j2.properties",
                "appender.out.type=Console",
                "appender.out.name=out",
                "appender.out.layout.type=PatternLayout",
                "appender.out.layout.pattern=[%d] %p %m (%c)%n",
                "rootLogger.level=INFO",
                "rootLogger.appenderRef.out.ref=out");
        return List.of("-Dlog4j.configuration=file:" + log4j, "-Dlog4j2.configurationFile=" + log4j2);
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
