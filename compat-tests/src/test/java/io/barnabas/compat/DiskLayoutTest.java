package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a partition are Kafka's: by name, by format, and Apache's own tools find nothing wrong with them. */
class DiskLayoutTest {
    private static final String TOPIC = "layout";

    @TempDir
    static Path directory;

    private static Path partition;
    private static Path offsets;

    @BeforeAll
    static void writeSomeSegments() throws IOException {
        try (BrokerProcess broker = BrokerProcess.in(directory).start()) {
            Tools tools = new Tools("3.9.2", broker);
            tools.topics("--create", "--topic", TOPIC, "--partitions", "1", "--config", "segment.bytes=1048576")
                    .run()
                    .expectSuccess();
            for (String codec : List.of("none", "gzip", "snappy", "lz4", "zstd")) {
                tools.producerPerformance(
                                "--topic",
                                TOPIC,
                                "--num-records",
                                "3000",
                                "--record-size",
                                "500",
                                "--throughput",
                                "-1",
                                "--print-metrics")
                        .run()
                        .expectSuccess();
                tools.consoleProducer("--topic", TOPIC, "--compression-codec", codec)
                        .withInput("a\nb\n")
                        .run()
                        .expectSuccess();
            }
            tools.consoleConsumer("--topic", TOPIC, "--group", "readers", "--from-beginning", "--max-messages", "10")
                    .run()
                    .expectSuccess();
            broker.stop();
            partition = broker.logDirectory().resolve(TOPIC + "-0");
            offsets = offsetsPartition(broker.logDirectory());
        }
    }

    @Test
    @Acceptance({87, 88, 89, 92})
    void filesAreNamedByTheirBaseOffset() throws IOException {
        List<String> names = names(partition);
        assertThat(names).contains("leader-epoch-checkpoint", "partition.metadata", "00000000000000000000.log");
        List<String> bases = names.stream()
                .filter(name -> name.endsWith(".log"))
                .map(name -> name.substring(0, 20))
                .toList();
        assertThat(bases).hasSizeGreaterThan(5).allMatch(base -> base.matches("\\d{20}"));
        for (String base : bases) {
            assertThat(names).contains(base + ".index", base + ".timeindex");
        }
        assertThat(names).anyMatch(name -> name.endsWith(".snapshot"));
        assertThat(Files.readString(partition.resolve("partition.metadata")))
                .matches("version: 0\ntopic_id: [\\w-]{22}");
        assertThat(Files.readString(partition.resolve("leader-epoch-checkpoint")))
                .isEqualTo("0\n1\n0 0\n");
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"2.1.0", "3.9.2", "4.3.1"})
    @Acceptance({88, 91})
    void apachesDumpFindsNothingWrong(String release) throws IOException {
        for (String suffix : List.of(".log", ".index", ".timeindex", ".snapshot")) {
            if (suffix.equals(".index") && release.equals("2.1.0")) {
                // That release compares an entry with a batch's first offset and complains of Apache's own indexes too.
                continue;
            }
            String files;
            try (Stream<Path> all = Files.list(partition)) {
                files = all.map(Path::toString)
                        .filter(name -> name.endsWith(suffix))
                        .sorted()
                        .collect(Collectors.joining(","));
            }
            Program.Result dump = new ApacheDump(release).files(files, "--deep-iteration");
            assertThat(ApacheDump.complaints(dump)).isEmpty();
            if (suffix.equals(".log")) {
                assertThat(dump.out()).contains("15009");
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @Acceptance({70, 72, 156})
    void apachesDecoderReadsTheOffsetsTopic() {
        Program.Result dump = new ApacheDump("3.9.2").files(offsets.toString(), "--offsets-decoder");
        assertThat(dump.out())
                .contains("\"group\":\"readers\"")
                .contains("\"topic\":\"" + TOPIC + "\"")
                .contains("\"offset\":10");
    }

    private static Path offsetsPartition(Path logs) throws IOException {
        List<Path> partitions;
        try (Stream<Path> all = Files.list(logs)) {
            partitions = all.filter(path -> path.getFileName().toString().startsWith("__consumer_offsets-"))
                    .toList();
        }
        assertThat(partitions).hasSize(50);
        for (Path candidate : partitions) {
            Path log = candidate.resolve("00000000000000000000.log");
            if (Files.size(log) > 0) {
                return log;
            }
        }
        throw new AssertionError("no offsets were written");
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
