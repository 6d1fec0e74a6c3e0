package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A compacted topic, written, read and looked into with Apache's tools. */
class CompactionTest {
    private static final int KEYS = 20;
    private static final int LINES = 4_000;

    @TempDir
    Path directory;

    @Test
    @Acceptance({97, 98})
    void theConsoleConsumerSeesTheLastValueOfEachKey() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        StringBuilder input = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            expected.put("key" + i % KEYS, "the value of line " + i);
            input.append("key")
                    .append(i % KEYS)
                    .append(":the value of line ")
                    .append(i)
                    .append('\n');
        }
        try (BrokerProcess broker = BrokerProcess.in(directory)
                .with("log.cleaner.backoff.ms", "200")
                .with("log.cleaner.dedupe.buffer.size", "4194304")
                .with("log.cleaner.io.buffer.size", "1048576")
                .with("message.max.bytes", "33554432")
                .start()) {
            Tools tools = new Tools("3.9.2", broker);
            create(tools);
            tools.consoleProducer(
                            "--topic", "compacted", "--property", "parse.key=true", "--property", "key.separator=:")
                    .withInput(input.toString())
                    .run()
                    .expectSuccess();
            Path log = broker.logDirectory().resolve("compacted-0");
            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(bytes(log)).isLessThan(40_000));
            Program.Result read = tools.consoleConsumer(
                            "--topic",
                            "compacted",
                            "--from-beginning",
                            "--property",
                            "print.key=true",
                            "--property",
                            "key.separator=:",
                            "--timeout-ms",
                            "5000")
                    .run();
            assertThat(read.lines()).hasSizeBetween(KEYS, LINES / 2);
            Map<String, String> seen = new TreeMap<>();
            read.lines().forEach(line -> seen.put(line.split(":")[0], line.split(":")[1]));
            assertThat(seen).isEqualTo(expected);
            broker.stop();
            assertThat(broker.log()).contains("Cleaned log compacted-0");
            dumpsWithoutComplaint(log);
        }
    }

    private static void create(Tools tools) {
        tools.topics(
                        "--create",
                        "--topic",
                        "compacted",
                        "--partitions",
                        "1",
                        "--config",
                        "cleanup.policy=compact",
                        "--config",
                        "segment.bytes=20000",
                        "--config",
                        "min.cleanable.dirty.ratio=0.01",
                        "--config",
                        "file.delete.delay.ms=100")
                .run()
                .expectSuccess();
    }

    private static long bytes(Path log) throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void dumpsWithoutComplaint(Path log) throws IOException {
        String files;
        try (Stream<Path> all = Files.list(log)) {
            files = all.map(Path::toString)
                    .filter(name -> name.matches(".*\\.(log|index|timeindex)"))
                    .sorted()
                    .collect(Collectors.joining(","));
        }
        Program.Result dump = Program.java(
                        Home.classPath("tools-3.9.2"),
                        "kafka.tools.DumpLogSegments",
                        "--files",
                        files,
                        "--deep-iteration",
                        "--index-sanity-check")
                .run()
                .expectSuccess();
        assertThat(dump.out()).contains("passed sanity check").doesNotContain("isvalid: false");
    }
}
