package io.barnabas.bench.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the two Apache Kafkas have in common: the options of their stock start script, and the class path from Maven. */
final class ApacheKafka {
    private static final List<String> STOCK_OPTIONS = List.of(
            "-Xmx1G",
            "-Xms1G",
            "-server",
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=20",
            "-XX:InitiatingHeapOccupancyPercent=35",
            "-XX:+ExplicitGCInvokesConcurrent",
            "-Djava.awt.headless=true");

    private ApacheKafka() {}

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static String classPath(Path home, String version) {
        return home.resolve("compat-tests/class-paths/tools-" + version + "/target/lib") + "/*";
    }

    static List<String> command(Path home, String version, Path directory) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(STOCK_OPTIONS);
        command.addAll(List.of(
                "-cp",
                classPath(home, version),
                "kafka.Kafka",
                directory.resolve("server.properties").toString()));
        return command;
    }

    /** On one broker internal topics can have one replica only. */
    static void write(Path directory, List<String> lines) throws IOException {
        List<String> all = new ArrayList<>(lines);
        all.add("offsets.topic.replication.factor=1");
        all.add("transaction.state.log.replication.factor=1");
        all.add("transaction.state.log.min.isr=1");
        all.add("log.dirs=" + directory.resolve("logs"));
        Files.write(directory.resolve("server.properties"), all);
    }
}
