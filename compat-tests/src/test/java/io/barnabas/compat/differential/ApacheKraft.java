package io.barnabas.compat.differential;

import io.barnabas.compat.BrokerAddress;
import io.barnabas.compat.Home;
import io.barnabas.compat.Ports;
import io.barnabas.compat.Program;
import io.barnabas.wire.message.DescribeClusterRequest;
import io.barnabas.wire.message.DescribeClusterResponse;
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

/** A real Apache Kafka 4.3.1, broker and controller in one, for versions that 3.9.2 does not have. */
final class ApacheKraft implements BrokerAddress, AutoCloseable {
    private static final String RELEASE = "tools-4.3.1";
    private static final String CLUSTER = "AAAAAAAAAAAAAAAAAAAAAQ";

    private final Path directory;
    private final int port = Ports.free();
    private final Map<String, String> settings = new TreeMap<>();
    private Program.Running kafka;

    ApacheKraft(Path directory) {
        this.directory = directory;
        int controllerPort = Ports.free();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "0");
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.bootstrap.servers", "127.0.0.1:" + controllerPort);
        settings.put("log.message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE));
        settings.put("log.dirs", directory.resolve("logs").toString());
    }

    ApacheKraft with(Map<String, String> more) {
        settings.putAll(more);
        return this;
    }

    ApacheKraft start() {
        String properties = properties();
        String classPath = Home.classPath(RELEASE);
        Program.java(classPath, "kafka.tools.StorageTool", "format", "--standalone", "-t", CLUSTER, "-c", properties)
                .run()
                .expectSuccess();
        kafka = Program.java(classPath, "kafka.Kafka", properties).start();
        Awaitility.await("Apache Kafka 4.3.1 to start")
                .atMost(90, TimeUnit.SECONDS)
                .ignoreException(UncheckedIOException.class)
                .until(this::isThere);
        return this;
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        kafka.stop();
    }

    private boolean isThere() {
        try (Play play = new Play(address())) {
            return !play.ask("brokers", 0, new DescribeClusterRequest())
                    .as(DescribeClusterResponse.class)
                    .brokers()
                    .isEmpty();
        }
    }

    private String properties() {
        List<String> lines = new ArrayList<>();
        settings.forEach((key, value) -> lines.add(key + "=" + value));
        try {
            Files.createDirectories(directory);
            return Files.write(directory.resolve("server.properties"), lines).toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
