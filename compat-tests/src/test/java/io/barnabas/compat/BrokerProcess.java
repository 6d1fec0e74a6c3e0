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

/** The real broker as a process of its own, on free loopback ports, with its data in a directory that survives restarts. */
public final class BrokerProcess implements BrokerAddress, AutoCloseable {
    /** Set to the address of an Apache Kafka, tests run against that: a promise that Apache does not keep is a wrong test. */
    private static final String ELSEWHERE = System.getProperty("barnabas.compat.address");

    private static final String STARTED = "started (kafka.server.KafkaServer)";

    private final Path directory;
    private final Map<String, String> settings = new TreeMap<>();
    private final List<String> jvmOptions =
            new ArrayList<>(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    private final int port;
    private Process process;
    private int starts;

    private BrokerProcess(Path directory) {
        this.directory = directory;
        this.port = Ports.free();
        settings.put("broker.id", "0");
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.put("log.dirs", directory.resolve("logs").toString());
        settings.put("barnabas.zookeeper.dir", directory.resolve("zookeeper").toString());
        settings.put("barnabas.zookeeper.port", "0");
        settings.put("group.initial.rebalance.delay.ms", "0");
    }

    /** Not started yet. */
    public static BrokerProcess in(Path directory) {
        return new BrokerProcess(directory);
    }

    public BrokerProcess with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    public BrokerProcess without(String key) {
        settings.remove(key);
        return this;
    }

    public BrokerProcess jvm(String option) {
        jvmOptions.add(option);
        return this;
    }

    /** Starts it and waits until it says that it has started. */
    public BrokerProcess start() {
        if (ELSEWHERE != null) {
            return this;
        }
        launch();
        Awaitility.await("broker to start")
                .atMost(60, TimeUnit.SECONDS)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(this::hasStartedOrEnded);
        if (!process.isAlive()) {
            throw new AssertionError("broker ended with " + process.exitValue() + ":\n" + log());
        }
        return this;
    }

    /** Starts it and does not wait. */
    public void launch() {
        try {
            Files.createDirectories(directory);
            Path properties = directory.resolve("server.properties");
            List<String> lines = new ArrayList<>();
            settings.forEach((key, value) -> lines.add(key + "=" + value));
            Files.write(properties, lines);
            List<String> command = new ArrayList<>(List.of(Program.javaBinary()));
            command.addAll(jvmOptions);
            command.addAll(
                    List.of("-cp", Home.brokerClassPath(), "io.barnabas.broker.BarnabasMain", properties.toString()));
            starts++;
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(logFile().toFile())
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public String address() {
        return ELSEWHERE != null ? ELSEWHERE : "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public Path logDirectory() {
        return ELSEWHERE != null ? Path.of(System.getProperty("barnabas.compat.logs")) : directory.resolve("logs");
    }

    public Process process() {
        return process;
    }

    /** What it has printed since its last start. */
    public String log() {
        try {
            return Files.readString(logFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** As a power cut for the process: nothing is said to it. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** As the stop script does; fails when it takes more than ten seconds. */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    public int awaitEnd() {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("broker did not end within 10 s:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
    }

    private Path logFile() {
        return directory.resolve("broker-" + starts + ".log");
    }

    private boolean hasStartedOrEnded() {
        return !process.isAlive() || log().contains(STARTED);
    }
}
