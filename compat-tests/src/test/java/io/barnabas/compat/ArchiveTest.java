package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive, unpacked somewhere else: it rehearses and starts there, with Java and nothing more. */
class ArchiveTest {
    private static final int BROKER = 732;

    @TempDir
    Path directory;

    @TempDir
    Path programs;

    @Test
    @Acceptance({12, 99, 100})
    void runsWhereItIsUnpacked() throws IOException {
        Path home = unpack();
        putMavenInTheWay();
        assertThat(home.resolve("pom.xml")).doesNotExist();
        assertThat(alone(home, "barnabas", "--version").run().expectSuccess().out())
                .startsWith(home.getFileName().toString().substring("barnabas-".length()));
        String cache = alone(home, "barnabas", "rehearse").run().expectSuccess().out();
        assertThat(Path.of(cache.trim())).isNotEmptyFile().hasParent(home.resolve(".barnabas"));
        try (Scripts files = new Scripts(directory)) {
            int port = Ports.free();
            Map<String, String> settings = files.quietSettings(BROKER);
            settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port);
            String properties = files.file("server.properties", settings).toString();
            Program.Running broker =
                    alone(home, "bin/kafka-server-start.sh", properties).start();
            Awaitility.await("start")
                    .atMost(60, TimeUnit.SECONDS)
                    .pollInterval(20, TimeUnit.MILLISECONDS)
                    .until(() -> broker.outSoFar().contains("try:"));
            Tools tools = new Tools("3.9.2", () -> "127.0.0.1:" + port);
            tools.topics("--create", "--topic", "unpacked").run().expectSuccess();
            tools.consoleProducer("--topic", "unpacked")
                    .withInput("one\ntwo\n")
                    .run()
                    .expectSuccess();
            String data = directory.resolve("data-" + BROKER).toString();
            assertThat(alone(home, "barnabas", "log", "stat", data)
                            .run()
                            .expectSuccess()
                            .out())
                    .contains("topic: unpacked partition: 0 logStartOffset: 0 logEndOffset: 2 ");
            Program.Result stop = alone(home, "bin/kafka-server-stop.sh", "--node-id=" + BROKER)
                    .run();
            assertThat(stop.exitCode()).isZero();
            broker.await(20);
            assertThat(alone(home, "barnabas", "log", "verify", data)
                            .run()
                            .expectSuccess()
                            .out())
                    .isEqualTo(
                            "partitions: 1 segments: 1 bytes: " + bytes(data) + " records: 2 problems: 0 notes: 0\n");
        }
        assertThat(calledMaven()).doesNotExist();
    }

    private Path unpack() throws IOException {
        String archive = Program.of(Home.ROOT.resolve("barnabas").toString(), "dist")
                .with("BARNABAS_BUILD", "never")
                .run()
                .expectSuccess()
                .out()
                .trim();
        Program.of("tar", "-C", directory.toString(), "-xzf", archive).run().expectSuccess();
        try (Stream<Path> unpacked = Files.list(directory)) {
            List<Path> homes = unpacked.toList();
            assertThat(homes).hasSize(1);
            return homes.get(0);
        }
    }

    /** With a Maven that only leaves a trace of having been called. */
    private Program alone(Path home, String script, String... arguments) {
        String[] command = Stream.concat(Stream.of(home.resolve(script).toString()), Stream.of(arguments))
                .toArray(String[]::new);
        return Program.of(command)
                .with("PATH", programs.resolve("bin") + ":/usr/bin:/bin")
                .with("JAVA_HOME", System.getProperty("java.home"));
    }

    private void putMavenInTheWay() throws IOException {
        Path maven = Files.createDirectory(programs.resolve("bin")).resolve("mvn");
        Files.writeString(maven, "#!/bin/sh\ntouch " + calledMaven() + "\n");
        assertThat(maven.toFile().setExecutable(true)).isTrue();
    }

    private Path calledMaven() {
        return programs.resolve("called");
    }

    private static long bytes(String data) throws IOException {
        return Files.size(Path.of(data, "unpacked-0", "00000000000000000000.log"));
    }
}
