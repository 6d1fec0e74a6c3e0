package io.barnabas.log.cleaner;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.LogConfig;
import io.barnabas.log.LogFixture;
import io.barnabas.log.PartitionLog;
import io.barnabas.log.file.LogFiles;
import io.barnabas.testkit.Acceptance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A directory that a broker of Apache Kafka 3.9.2 wrote with its cleaner off (plain, lz4, idempotent and transactional
 * batches, tombstones, commits and aborts; segment.bytes 900, index.interval.bytes 100, delete.retention.ms 6000),
 * and what the same broker made of it with its cleaner on; then once more, with new records, after the tombstones' time.
 */
class CompactionLikeApacheTest {
    private static final LogConfig CONFIG = LogConfig.builder()
            .compact(true)
            .delete(false)
            .segmentBytes(900)
            .indexIntervalBytes(100)
            .segmentIndexBytes(1024)
            .deleteRetentionMs(6_000)
            .build();

    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource({"pass-1, -1, 58, 1795159829488, 52", "pass-2, 52, 82, 1795159847591, 80"})
    @Acceptance(97)
    void leavesTheVeryBytesThatApacheLeaves(
            String pass, long compactedUpTo, long endOffset, long nowMs, long expectedUpTo) throws Exception {
        Path given = Path.of(
                getClass().getResource("/apache-3.9.2/compaction/" + pass).toURI());
        LogFixture fixture = new LogFixture(root, CONFIG);
        try (Stream<Path> files = Files.list(given.resolve("before"))) {
            for (Path file : files.toList()) {
                Files.copy(file, fixture.path.resolve(file.getFileName().toString()));
            }
        }
        PartitionLog log = fixture.openStopped(endOffset, compactedUpTo, nowMs);
        assertThat(log.logEndOffset()).isEqualTo(endOffset);

        assertThat(LogCompactor.compact(fixture.cleanable(), new OffsetMap(100_000, 0.9), 10_000, bytes -> true, nowMs))
                .isNotNull();

        assertThat(fixture.cleanable().compactedUpTo()).isEqualTo(expectedUpTo);
        TreeMap<String, String> expected = contents(given.resolve("after"));
        TreeMap<String, String> ours = contents(fixture.path);
        String active = LogFiles.name(fixture.cleanable().segments().active().baseOffset(), "");
        expected.keySet().removeIf(name -> name.startsWith(active));
        ours.keySet().removeIf(name -> name.startsWith(active));
        assertThat(ours).isEqualTo(expected);
    }

    /** Files of segments in hex, by name. */
    private static TreeMap<String, String> contents(Path directory) throws IOException {
        TreeMap<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.toString().matches(".*\\.(log|index|timeindex|txnindex)"))
                    .forEach(file -> contents.put(file.getFileName().toString(), hex(file)));
        }
        return contents;
    }

    private static String hex(Path file) {
        try {
            return HexFormat.of().formatHex(Files.readAllBytes(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
