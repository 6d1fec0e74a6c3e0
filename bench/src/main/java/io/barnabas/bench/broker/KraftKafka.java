package io.barnabas.bench.broker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Apache Kafka 4.3.1, broker and controller in one process. */
public record KraftKafka(Path home) implements Launcher {
    public static final String NAME = "kafka-4.3.1";
    private static final String VERSION = "4.3.1";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void prepare(Path directory, int port) throws IOException, InterruptedException {
        int controllerPort = port + 1;
        ApacheKafka.write(
                directory,
                List.of(
                        "process.roles=broker,controller",
                        "node.id=1",
                        "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
                        "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                        "advertised.listeners=PLAINTEXT://127.0.0.1:" + port,
                        "controller.listener.names=CONTROLLER"));
        Process format = new ProcessBuilder(
                        ApacheKafka.java(),
                        "-cp",
                        ApacheKafka.classPath(home, VERSION),
                        "kafka.tools.StorageTool",
                        "format",
                        "-t",
                        "AAAAAAAAAAAAAAAAAAAAAA",
                        "-c",
                        directory.resolve("server.properties").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("format.log").toFile())
                .start();
        if (format.waitFor() != 0) {
            throw new IOException("formatting failed; see " + directory.resolve("format.log"));
        }
    }

    @Override
    public List<String> command(Path directory) {
        return ApacheKafka.command(home, VERSION, directory);
    }
}
