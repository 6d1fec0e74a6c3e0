package io.barnabas.compat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real Apache Kafka 4.3.1, which is its own controller. */
final class ApacheKraft implements BrokerAddress, AutoCloseable {
    private static final String RELEASE = "tools-4.3.1";
    private static final String CLUSTER_ID = "AdoptedFromKraft-00001";

    private final Path properties;
    private final Path directory;
    private final int port = Ports.free();
    private Program.Running kafka;

    ApacheKraft(Path directory, Path logDirectory) {
        this.directory = directory;
        int controllerPort = Ports.free();
        this.properties = file(
                "server.properties",
                "process.roles=broker,controller",
                "node.id=4",
                "controller.quorum.voters=4@127.0.0.1:" + controllerPort,
                "controller.listener.names=CONTROLLER",
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "log.dirs=" + logDirectory,
                "offsets.topic.num.partitions=3",
                "offsets.topic.replication.factor=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "group.initial.rebalance.delay.ms=0");
    }

    ApacheKraft start() {
        Program.java(
                        Home.classPath(RELEASE),
                        "kafka.tools.StorageTool",
                        "format",
                        "-t",
                        CLUSTER_ID,
                        "-c",
                        properties.toString(),
                        "--ignore-formatted")
                .run()
                .expectSuccess();
        Path log4j = file(
                "log4j2.properties",
                "rootLogger.level=info",
                "rootLogger.appenderRef.out.ref=OUT",
                "appender.out.type=Console",
                "appender.out.name=OUT",
                "appender.out.layout.type=PatternLayout",
                "appender.out.layout.pattern=[%d] %p %m (%c)%n");
        kafka = Program.java(
                        List.of("-Dlog4j2.configurationFile=" + log4j),
                        Home.classPath(RELEASE),
                        "kafka.Kafka",
                        properties.toString())
                .start();
        Awaitility.await("Apache Kafka to start")
                .atMost(90, TimeUnit.SECONDS)
                .until(() -> !kafka.process().isAlive()
                        || kafka.outSoFar().contains("Kafka Server started (kafka.server.KafkaRaftServer)"));
        if (!kafka.process().isAlive()) {
            throw new AssertionError("Apache Kafka ended: " + kafka.await(1));
        }
        return this;
    }

    String clusterId() {
        return CLUSTER_ID;
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        if (kafka != null) {
            kafka.stop();
        }
    }

    private Path file(String name, String... lines) {
        try {
            Files.createDirectories(directory);
            return Files.write(directory.resolve(name), List.of(lines));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
