package io.barnabas.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.LogRecovery.Hints;
import io.barnabas.log.producer.ProducerSnapshot;
import io.barnabas.log.producer.Verification;
import io.barnabas.testkit.Acceptance;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A directory that a broker of Apache Kafka 3.9.2 wrote and closed (three segments of idempotent, transactional, lz4 and
 * plain batches; segment.bytes 24000, index.interval.bytes 1024), opened, recovered, and written again by ours.
 */
class ApacheDirectoryTest {
    private static final LogConfig CONFIG = LogConfig.builder()
            .segmentBytes(24_000)
            .indexIntervalBytes(1024)
            .retentionMs(-1)
            .build();
    private static final long LOG_END_OFFSET = 225;

    @TempDir
    Path root;

    private LogFixture fixture;

    @BeforeEach
    void prepare() throws IOException {
        fixture = new LogFixture(root, CONFIG);
    }

    @Test
    void opensAndClosesWithoutChangingAByte() throws Exception {
        copyGolden();
        PartitionLog log = fixture.open(hints(true, LOG_END_OFFSET));
        assertThat(log.logEndOffset()).isEqualTo(LOG_END_OFFSET);
        assertThat(log.segmentCount()).isEqualTo(3);
        assertThat(log.topicId()).isEqualTo(goldenTopicId());
        assertThat(log.leaderEpochs().entries()).containsExactly(new LeaderEpochs.Entry(0, 0));
        assertThat(log.producers().size()).isEqualTo(2);
        log.close(fixture.time.nowMs());
        assertThat(files(fixture.path)).isEqualTo(files(golden()));
    }

    @Test
    @Acceptance(90)
    void showsTheActiveIndexesInFullSizeAsApacheDoes() throws Exception {
        copyGolden();
        fixture.open(hints(true, LOG_END_OFFSET));
        assertThat(fixture.path.resolve("00000000000000000209.index")).hasSize(10_485_760);
        assertThat(fixture.path.resolve("00000000000000000209.timeindex")).hasSize(10_485_756);
        assertThat(fixture.path.resolve("00000000000000000105.index")).hasSize(128);
    }

    @Test
    void rebuildsTheSameIndexesAndSnapshotsAfterACrash() throws Exception {
        copyGolden();
        for (String lost : List.of("00000000000000000105.index", "00000000000000000209.timeindex")) {
            Files.delete(fixture.path.resolve(lost));
        }
        Files.write(fixture.path.resolve("00000000000000000000.index"), new byte[4096]);
        PartitionLog log = fixture.open(hints(false, 0));
        assertThat(log.logEndOffset()).isEqualTo(LOG_END_OFFSET);
        log.close(fixture.time.nowMs());
        assertThat(files(fixture.path)).isEqualTo(files(golden()));
    }

    @Test
    @Acceptance({88, 89, 90})
    void writesTheSameFilesWhenItAppendsTheSameBatches() throws Exception {
        PartitionLog log = fixture.openNew();
        log.assignTopicId(goldenTopicId());
        log.beginLeaderEpoch(0);
        for (String base : List.of("00000000000000000000", "00000000000000000105", "00000000000000000209")) {
            appendAll(Unpooled.wrappedBuffer(Files.readAllBytes(golden().resolve(base + ".log"))));
        }
        assertThat(log.logEndOffset()).isEqualTo(LOG_END_OFFSET);
        log.close(fixture.time.nowMs());
        assertThat(files(fixture.path)).isEqualTo(files(golden()));
    }

    private void appendAll(ByteBuf batches) {
        while (batches.isReadable()) {
            ByteBuf batch = batches.readSlice(BatchHeader.sizeInBytes(batches, batches.readerIndex()));
            AppendOrigin origin = BatchHeader.isControl(batch, 0) ? AppendOrigin.COORDINATOR : AppendOrigin.CLIENT;
            AppendOutcome outcome =
                    fixture.log.appendAsLeader(batch, 0, origin, Verification.NOT_NEEDED, fixture.time.nowMs());
            assertThat(outcome).isInstanceOf(AppendOutcome.Appended.class);
        }
    }

    private Hints hints(boolean clean, long recoveryPoint) {
        return new Hints(clean, recoveryPoint, 0, LOG_END_OFFSET, Long.MAX_VALUE, fixture.time.nowMs());
    }

    private void copyGolden() throws IOException {
        for (Path file : list(golden())) {
            Files.copy(file, fixture.path.resolve(file.getFileName()));
        }
    }

    private static Uuid goldenTopicId() throws IOException {
        String text = Files.readString(golden().resolve("partition.metadata"));
        return Uuid.fromString(text.substring(text.lastIndexOf(' ') + 1));
    }

    private static Path golden() {
        return Path.of("src/test/resources/apache-3.9.2/golden-0").toAbsolutePath();
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    /** Contents by name; the order of a snapshot's producers means nothing, so they are sorted. */
    private static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (Path file : list(directory)) {
            byte[] bytes = Files.readAllBytes(file);
            String name = file.getFileName().toString();
            contents.put(
                    name,
                    name.endsWith(".snapshot")
                            ? snapshot(bytes)
                            : HexFormat.of().formatHex(bytes));
        }
        return contents;
    }

    private static String snapshot(byte[] bytes) {
        return ProducerSnapshot.read(ByteBuffer.wrap(bytes)).stream()
                .map(state -> state.producerId() + " " + state.epoch() + " " + state.lastSequence() + " "
                        + state.lastDataOffset() + " " + state.lastOffsetDelta() + " " + state.lastTimestamp() + " "
                        + state.coordinatorEpoch() + " " + state.currentTxnFirstOffset())
                .sorted()
                .toList()
                .toString();
    }
}
