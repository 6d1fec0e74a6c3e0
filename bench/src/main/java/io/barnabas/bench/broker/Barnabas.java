package io.barnabas.bench.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Ours, through the start script with its shipped options, with the ZooKeeper inside.
 *
 * @param name this checkout's is {@link #NAME}; another one is measured beside it under its folder's name
 * @param settings more lines for {@code server.properties}
 */
public record Barnabas(String name, Path home, List<String> settings) implements Launcher {
    public static final String NAME = "barnabas";

    @Override
    public void prepare(Path directory, int port) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "broker.id=1",
                "listeners=PLAINTEXT://127.0.0.1:" + port,
                "log.dirs=" + directory.resolve("logs"),
                "barnabas.zookeeper.dir=" + directory.resolve("zookeeper"),
                "barnabas.zookeeper.port=" + (port + 1)));
        lines.addAll(settings);
        Files.write(directory.resolve("server.properties"), lines);
    }

    @Override
    public List<String> command(Path directory) {
        List<String> command = new ArrayList<>();
        if (name.equals(NAME)) {
            // It was built before the bench began; sources that are edited meanwhile must not be built in a
            // measurement.
            command.addAll(List.of("env", "BARNABAS_BUILD=never"));
        }
        command.add(home.resolve("bin/kafka-server-start.sh").toString());
        command.add(directory.resolve("server.properties").toString());
        return command;
    }
}
