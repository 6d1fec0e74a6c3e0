package io.barnabas.bench.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Ours, through the start script with its shipped options, with the ZooKeeper inside. */
public record Barnabas(Path home) implements Launcher {
    public static final String NAME = "barnabas";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void prepare(Path directory, int port) throws IOException {
        Files.write(
                directory.resolve("server.properties"),
                List.of(
                        "broker.id=1",
                        "listeners=PLAINTEXT://127.0.0.1:" + port,
                        "log.dirs=" + directory.resolve("logs"),
                        "barnabas.zookeeper.dir=" + directory.resolve("zookeeper"),
                        "barnabas.zookeeper.port=" + (port + 1)));
    }

    @Override
    public List<String> command(Path directory) {
        return List.of(
                home.resolve("bin/kafka-server-start.sh").toString(),
                directory.resolve("server.properties").toString());
    }
}
