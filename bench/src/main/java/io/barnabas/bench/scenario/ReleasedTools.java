package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Pins;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs with the clients and tools of Apache Kafka 4.3.1, each in a process of its own. */
final class ReleasedTools {
    private static final long LIMIT_SECONDS = 300;

    private final Path home;

    /** @param home the checkout, where their jars are */
    ReleasedTools(Path home) {
        this.home = home;
    }

    /** What it printed. */
    String run(String mainClass, String... arguments) throws IOException, InterruptedException {
        Process process = start(Pins.NONE, mainClass, arguments);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(mainClass + " failed:\n" + out);
        }
        return out;
    }

    Process start(Pins pins, String mainClass, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                home.resolve("compat-tests/class-paths/tools-4.3.1/target/lib") + "/*:"
                        + home.resolve("compat-tests/scenarios/target") + "/*",
                mainClass));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(pins.apply(command)).redirectErrorStream(true).start();
    }
}
