package io.barnabas.compat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Servers started through the scripts in bin/, with their files in one directory. Whatever was started there is ended by
 * {@link #close()}, found by its properties file.
 */
final class Scripts implements AutoCloseable {
    private final Path directory;

    Scripts(Path directory) {
        this.directory = directory;
    }

    /** Settings of a broker that disturbs nobody: any port, its own data, its own ZooKeeper. */
    Map<String, String> quietSettings(int brokerId) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("broker.id", Integer.toString(brokerId));
        settings.put("listeners", "PLAINTEXT://127.0.0.1:0");
        settings.put("log.dirs", directory.resolve("data-" + brokerId).toString());
        settings.put("barnabas.zookeeper.dir", directory.resolve("zookeeper").toString());
        settings.put("barnabas.zookeeper.port", "0");
        return settings;
    }

    Path file(String name, Map<String, String> settings) {
        List<String> lines = new ArrayList<>();
        settings.forEach((key, value) -> lines.add(key + "=" + value));
        try {
            return Files.write(directory.resolve(name), lines);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Path logs() {
        return directory.resolve("log files");
    }

    String serverLog() {
        try {
            return Files.readString(logs().resolve("server.log"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A script of bin/, on the Java that runs the tests, without building. */
    Program script(String name, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Home.ROOT.resolve("bin").resolve(name).toString());
        command.addAll(Arrays.asList(arguments));
        return Program.of(command.toArray(String[]::new))
                .with("BARNABAS_BUILD", "never")
                .with("JAVA_HOME", System.getProperty("java.home"))
                .with("LOG_DIR", logs().toString());
    }

    @Override
    public void close() {
        ProcessHandle.allProcesses().filter(this::isOurs).forEach(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    private boolean isOurs(ProcessHandle process) {
        boolean isJava =
                process.info().command().filter(path -> path.endsWith("/java")).isPresent();
        return isJava
                && process.info()
                        .commandLine()
                        .filter(line -> line.contains(directory + "/"))
                        .isPresent();
    }
}
