package io.barnabas.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A broker that is measured: how it is started, and where. One process at a time, on loopback. */
final class Contender {
    private static final long START_LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final String name;
    private final Path directory;
    private final int port;
    private final List<String> command;
    private Process process;

    private Contender(String name, Path directory, int port, List<String> command) {
        this.name = name;
        this.directory = directory;
        this.port = port;
        this.command = command;
    }

    /** Ours, through the start script with its shipped options, with its embedded ZooKeeper. */
    static Contender barnabas(Path home, Path directory, int port) throws IOException {
        Path properties = write(
                directory,
                "broker.id=1",
                "listeners=PLAINTEXT://127.0.0.1:" + port,
                "log.dirs=" + directory.resolve("logs"),
                "barnabas.zookeeper.dir=" + directory.resolve("zookeeper"),
                "barnabas.zookeeper.port=" + (port + 1));
        return new Contender(
                "barnabas",
                directory,
                port,
                List.of(home.resolve("bin/kafka-server-start.sh").toString(), properties.toString()));
    }

    /** Apache Kafka 4.3.1 in KRaft mode, with the options of its stock start script; formats its directory first. */
    static Contender apache(Path home, Path directory, int port) throws IOException {
        Path properties = write(
                directory,
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + (port + 1),
                "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + (port + 1),
                "advertised.listeners=PLAINTEXT://127.0.0.1:" + port,
                "controller.listener.names=CONTROLLER",
                "offsets.topic.replication.factor=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "log.dirs=" + directory.resolve("logs"));
        String classPath = home.resolve("compat-tests/class-paths/tools-4.3.1/target/lib") + "/*";
        List<String> format = List.of(
                java(),
                "-cp",
                classPath,
                "kafka.tools.StorageTool",
                "format",
                "-t",
                "AAAAAAAAAAAAAAAAAAAAAA",
                "-c",
                properties.toString());
        run(format, directory.resolve("format.log"));
        return new Contender(
                "kafka-4.3.1",
                directory,
                port,
                List.of(
                        java(),
                        "-Xmx1G",
                        "-Xms1G",
                        "-server",
                        "-XX:+UseG1GC",
                        "-XX:MaxGCPauseMillis=20",
                        "-XX:InitiatingHeapOccupancyPercent=35",
                        "-XX:+ExplicitGCInvokesConcurrent",
                        "-Djava.awt.headless=true",
                        "-cp",
                        classPath,
                        "kafka.Kafka",
                        properties.toString()));
    }

    String name() {
        return name;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Starts it and returns the milliseconds from exec to the first answer. */
    double start() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("server.log").toFile())
                .start();
        while (!Probe.answers(port)) {
            if (!process.isAlive() || System.nanoTime() - begin > START_LIMIT_NS) {
                throw new IOException(name + " did not start; see " + directory.resolve("server.log"));
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    ProcessFigures figures() throws IOException {
        return ProcessFigures.of(process.pid());
    }

    void stop() throws InterruptedException {
        if (process == null) {
            return;
        }
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static void run(List<String> command, Path log) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("failed, see " + log);
            }
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    private static Path write(Path directory, String... lines) throws IOException {
        Files.createDirectories(directory);
        return Files.write(directory.resolve("server.properties"), new ArrayList<>(List.of(lines)));
    }
}
