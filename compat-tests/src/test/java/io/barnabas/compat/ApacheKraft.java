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

/** A real Apache Kafka 4.3.1 without ZooKeeper, broker and controller in one. One thread uses it. */
public final class ApacheKraft implements BrokerAddress, AutoCloseable {
    private static final String RELEASE = "tools-4.3.1";

    private final Path directory;
    private final String clusterId;
    private final int port = Ports.free();
    private final int controllerPort = Ports.free();
    private final Map<String, String> settings = new TreeMap<>();
    private boolean quorumIsStatic;
    private Program.Running kafka;

    /** @param directory for its settings, and for its data where they say nothing else */
    public ApacheKraft(Path directory, String clusterId) {
        this.directory = directory;
        this.clusterId = clusterId;
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "0");
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("log.dirs", directory.resolve("logs").toString());
    }

    public ApacheKraft with(Map<String, String> more) {
        settings.putAll(more);
        return this;
    }

    /** The settings name the controllers, as they had to before 4.1; else the metadata log itself does. */
    ApacheKraft withStaticQuorum() {
        quorumIsStatic = true;
        return this;
    }

    public ApacheKraft start() {
        if (quorumIsStatic) {
            settings.put("controller.quorum.voters", settings.get("node.id") + "@127.0.0.1:" + controllerPort);
        } else {
            settings.put("controller.quorum.bootstrap.servers", "127.0.0.1:" + controllerPort);
        }
        List<String> lines = new ArrayList<>();
        settings.forEach((key, value) -> lines.add(key + "=" + value));
        String properties = file("server.properties", lines).toString();
        format(properties);
        Path log4j = file(
                "log4j2.properties",
                List.of(
                        "rootLogger.level=info",
                        "rootLogger.appenderRef.out.ref=OUT",
                        "appender.out.type=Console",
                        "appender.out.name=OUT",
                        "appender.out.layout.type=PatternLayout",
                        "appender.out.layout.pattern=[%d] %p %m (%c)%n"));
        kafka = Program.java(
                        List.of("-Dlog4j2.configurationFile=" + log4j),
                        Home.classPath(RELEASE),
                        "kafka.Kafka",
                        properties)
                .start();
        Awaitility.await("Apache Kafka 4.3.1 to start")
                .atMost(90, TimeUnit.SECONDS)
                .until(() -> !kafka.process().isAlive()
                        || kafka.outSoFar().contains("Kafka Server started (kafka.server.KafkaRaftServer)"));
        if (!kafka.process().isAlive()) {
            throw new AssertionError("Apache Kafka ended: " + kafka.await(1));
        }
        return this;
    }

    private void format(String properties) {
        List<String> arguments =
                new ArrayList<>(List.of("format", "-t", clusterId, "-c", properties, "--ignore-formatted"));
        if (!quorumIsStatic) {
            arguments.add("--standalone");
        }
        Program.java(Home.classPath(RELEASE), "kafka.tools.StorageTool", arguments.toArray(String[]::new))
                .run()
                .expectSuccess();
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    String log() {
        return kafka.outSoFar();
    }

    /** As a power cut for the process: nothing is said to it. */
    void kill() {
        kafka.process().destroyForcibly();
        kafka.await(20);
        kafka = null;
    }

    @Override
    public void close() {
        if (kafka != null) {
            kafka.stop();
        }
    }

    private Path file(String name, List<String> lines) {
        try {
            Files.createDirectories(directory);
            return Files.write(directory.resolve(name), lines);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
