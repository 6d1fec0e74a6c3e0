package io.barnabas.log.cleaner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.log.LogFixture;
import io.barnabas.log.cleaner.CompactionFixture.Seen;
import io.barnabas.log.segment.LogSegment;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.Seeds;
import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.Compression;
import io.barnabas.wire.record.Records;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a compaction leaves of a log. */
class LogCompactorTest {
    @TempDir
    Path root;

    private CompactionFixture fixture(String name) throws Exception {
        return new CompactionFixture(new LogFixture(root.resolve(name), CompactionFixture.CONFIG));
    }

    @Test
    @Acceptance(97)
    void keepsTheLastRecordOfEachKeyAndEveryOffset() {
        Seeds.forEach(60, random -> {
            CompactionFixture logs = fixture("model" + random.nextLong());
            List<Seen> before = new ArrayList<>();
            for (int pass = 0; pass < 3; pass++) {
                appendAtRandom(logs, random);
                before = logs.read();
                long end = logs.logs.cleanable().segments().active().baseOffset();
                assertThat(logs.compact()).isNotNull();
                List<Seen> after = logs.read();
                assertThat(after).isEqualTo(lastOfEachKey(before, end));
                assertThat(logs.logs.cleanable().compactedUpTo()).isEqualTo(end);
                assertReads(logs, after);
            }
            ByteBuf written = logs.bytes();
            logs.logs.openAfterCrash(LogFixture.UNKNOWN);
            assertThat(logs.bytes()).isEqualTo(written);
            logs.logs.closeAndOpen();
            assertReads(logs, logs.read());
            assertThat(logs.files()).noneMatch(name -> name.endsWith("swap") || name.endsWith("cleaned"));
        });
    }

    private static void appendAtRandom(CompactionFixture logs, RandomGenerator random) {
        int keys = random.nextInt(1, 40);
        for (int i = random.nextInt(1, 80); i > 0; i--) {
            String[] records = new String[2 * random.nextInt(1, 8)];
            for (int j = 0; j < records.length; j += 2) {
                records[j] = "key " + random.nextInt(keys);
                records[j + 1] = random.nextInt(5) == 0 ? null : "x".repeat(random.nextInt(60)) + random.nextInt(1000);
            }
            logs.appendBatch(Compression.of(random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 0), records);
            logs.logs.time.advanceMs(random.nextInt(50));
        }
    }

    /** Nothing is old enough for a tombstone to go. */
    private static List<Seen> lastOfEachKey(List<Seen> records, long end) {
        Map<String, Long> last = new HashMap<>();
        records.stream()
                .filter(record -> record.offset() < end)
                .forEach(record -> last.put(record.key(), record.offset()));
        return records.stream()
                .filter(record -> record.offset() >= end || last.get(record.key()) == record.offset())
                .toList();
    }

    /** From any offset on a reader gets the records from there on. */
    private static void assertReads(CompactionFixture logs, List<Seen> records) throws Exception {
        for (long offset = 0; offset < logs.log().logEndOffset(); offset += 7) {
            long from = offset;
            List<Long> expected = records.stream()
                    .map(Seen::offset)
                    .filter(at -> at >= from)
                    .limit(1)
                    .toList();
            assertThat(firstFrom(logs, from)).isEqualTo(expected);
        }
    }

    /** As a consumer does it: where a batch holds nothing of interest any more it goes on behind it. */
    private static List<Long> firstFrom(CompactionFixture logs, long offset) throws Exception {
        List<Long> seen = new ArrayList<>();
        long next = offset;
        while (seen.isEmpty() && next < logs.log().logEndOffset()) {
            ByteBuf read = logs.logs.read(next, 1);
            if (!read.isReadable()) {
                break;
            }
            Records.forEach(read, record -> {
                if (record.offset() >= offset) {
                    seen.add(record.offset());
                }
            });
            next = BatchHeader.lastOffset(read, 0) + 1;
        }
        return seen.isEmpty() ? seen : seen.subList(0, 1);
    }

    @Test
    @Acceptance(97)
    void keepsATombstoneForItsRetentionTimeFromItsFirstCompactionOn() throws Exception {
        CompactionFixture logs = fixture("tombstone");
        logs.append("a", "1", "b", "1");
        logs.append("a", null);
        logs.compactAll();
        assertThat(logs.read()).extracting(Seen::key).containsExactly("b", "a");
        logs.logs.time.advanceMs(9_000);
        logs.append("c", "1");
        logs.compactAll();
        assertThat(logs.read()).extracting(Seen::key).containsExactly("b", "a", "c");
        logs.logs.time.advanceMs(1_000);
        logs.append("d", "1");
        logs.compactAll();
        assertThat(logs.read()).extracting(Seen::key).containsExactly("b", "c", "d");
    }

    @Test
    void writesATombstonesBatchAsKafkaDoes() throws Exception {
        CompactionFixture logs = fixture("golden");
        logs.append("k", null);
        logs.logs.time.advanceMs(323);
        logs.compactAll();
        // Attributes 0x40, base timestamp = now + 10,000, time delta -10,323 behind it.
        long written = logs.logs.time.nowMs() - 323;
        ByteBuf batch = logs.bytes();
        assertThat(batch.getShort(21)).isEqualTo((short) 0x40);
        assertThat(batch.getLong(27)).isEqualTo(written + 10_323);
        assertThat(batch.getLong(35)).isEqualTo(written);
        assertThat(ByteBufUtil.hexDump(batch, 61, batch.readableBytes() - 61))
                .isEqualTo("1200" + "a5a101" + "00" + "026b" + "01" + "00");
    }

    @Test
    void leavesABatchThatLosesNothingAsItIs() throws Exception {
        CompactionFixture logs = fixture("untouched");
        logs.appendBatch(Compression.LZ4, "a", "1", "b", "2");
        logs.append("c", "3");
        ByteBuf before = logs.bytes();
        logs.compactAll();
        assertThat(logs.bytes()).isEqualTo(before);
    }

    @Test
    void keepsTheShapeOfABatchThatLosesRecords() throws Exception {
        CompactionFixture logs = fixture("shape");
        logs.append("a", "1", "b", "1", "c", "1", "d", "1", "a", "2");
        logs.append("b", "2", "a", "3");
        logs.compactAll();
        ByteBuf batch = logs.bytes();
        assertThat(logs.read()).extracting(Seen::offset).containsExactly(2L, 3L, 5L, 6L);
        assertThat(batch.getLong(0)).isZero();
        assertThat(batch.getInt(23)).as("last offset delta").isEqualTo(4);
        assertThat(batch.getInt(57)).as("records").isEqualTo(2);
        assertThat(batch.getLong(27))
                .as("base timestamp")
                .isEqualTo(logs.read().get(0).timestamp());
        assertThat(batch.getLong(35))
                .as("max timestamp")
                .isEqualTo(logs.read().get(1).timestamp());
    }

    @Test
    void compactsAsMuchAsTheMemoryForKeysHolds() throws Exception {
        CompactionFixture logs = fixture("small map");
        for (int i = 0; i < 300; i++) {
            logs.append("key " + i % 100, "value " + i);
        }
        logs.roll();
        var expected = logs.lastValues();
        int passes = 0;
        while (logs.logs.cleanable().compactedUpTo() < 300) {
            long before = logs.logs.cleanable().compactedUpTo();
            logs.compact(new OffsetMap(50 * OffsetMap.SLOT_BYTES, 0.8));
            assertThat(logs.logs.cleanable().compactedUpTo()).isGreaterThan(before);
            assertThat(logs.lastValues()).isEqualTo(expected);
            passes++;
        }
        assertThat(passes).isEqualTo(8);
        assertThat(logs.read()).hasSizeBetween(100, 200);
    }

    @Test
    void joinsSmallSegmentsAndKeepsTheirAge() throws Exception {
        CompactionFixture logs = fixture("groups");
        for (int i = 0; i < 200; i++) {
            logs.append("key " + i % 5, "a value of some length " + i);
        }
        logs.roll();
        List<LogSegment> before = logs.logs.cleanable().segments().all();
        long age = before.get(before.size() - 2).lastModifiedMs() - 100_000;
        for (LogSegment segment : before) {
            segment.setLastModifiedMs(age);
        }
        logs.compact();
        assertThat(logs.logs.cleanable().segments().count())
                .as("full ones stay apart")
                .isEqualTo(before.size());
        assertThat(logs.logs.cleanable().segments().first().lastModifiedMs()).isEqualTo(age);
        logs.append("other", "1");
        logs.compactAll();
        assertThat(logs.logs.cleanable().segments().count())
                .as("what is left of them fits one")
                .isEqualTo(2);
        assertThat(logs.read()).hasSize(6);
        assertThat(logs.logs.cleanable().segments().first().sizeInBytes()).isLessThanOrEqualTo(3_000);
    }

    @Test
    void dropsRecordsWithoutKeyAndCountsThem() throws Exception {
        CompactionFixture logs = fixture("keyless");
        logs.append(null, "1", "a", "2");
        assertThat(logs.compactAll().invalidRecords()).isEqualTo(1);
        assertThat(logs.read()).extracting(Seen::value).containsExactly("2");
    }

    @Test
    void keepsTheSequenceOfAProducerWhoseRecordsAreAllReplaced() throws Exception {
        CompactionFixture logs = fixture("producer");
        logs.appendFrom(7, 0, 0, false, "a", "1");
        logs.appendFrom(7, 0, 1, false, "a", "2");
        logs.append("a", "3");
        logs.compactAll();
        ByteBuf bytes = logs.bytes();
        assertThat(logs.read()).extracting(Seen::offset).containsExactly(2L);
        assertThat(bytes.getLong(0)).isEqualTo(1);
        assertThat(bytes.getInt(8)).as("length").isEqualTo(49);
        assertThat(bytes.getLong(27)).as("base timestamp").isEqualTo(-1);
        logs.logs.openAfterCrash(0);
        assertThat(logs.logs.cleanable().lastBatchesOfProducers()).containsKey(7L);
        assertThat(logs.appendFrom(7, 0, 2, false, "b", "1")).isEqualTo(3);
        logs.log().removeExpiredProducers(logs.logs.time.nowMs() + 10, 5);
        logs.append("b", "2");
        logs.compactAll();
        assertThat(logs.bytes().getLong(0)).isEqualTo(2);
    }

    @Test
    void leavesADamagedLogAloneAndSaysWhere() throws Exception {
        CompactionFixture logs = fixture("damaged");
        logs.append("a", "1");
        logs.append("a", "2");
        logs.roll();
        Path file = logs.logs.cleanable().segments().first().path();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}), 100);
        }
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(logs::compact)
                .isInstanceOf(UncompactableException.class)
                .hasMessageContaining("position 70");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(logs.files()).noneMatch(name -> name.contains("cleaned"));
    }

    @Test
    void leavesNothingBehindWhenItIsEnded() throws Exception {
        CompactionFixture logs = fixture("ended");
        for (int i = 0; i < 100; i++) {
            logs.append("a", "value " + i);
        }
        logs.roll();
        List<String> files = logs.files();
        int[] batches = {0};
        assertThat(LogCompactor.compact(
                        logs.logs.cleanable(), new OffsetMap(1_000, 0.9), 100, bytes -> ++batches[0] < 130, 0))
                .isNull();
        assertThat(logs.files()).isEqualTo(files);
        assertThat(logs.logs.cleanable().compactedUpTo()).isNegative();
    }

    @Test
    void compactsNothingThatIsNotReplicated() throws Exception {
        CompactionFixture logs = fixture("replication");
        logs.append("a", "1");
        logs.append("a", "2");
        logs.roll();
        logs.append("a", "3");
        logs.append("a", "4");
        long replicated = logs.log().highWatermark();
        assertThat(replicated).isEqualTo(4);
        logs.roll();
        logs.logs.openAfterCrash(0);
        logs.log().updateHighWatermark(3);
        logs.log().flush();
        logs.compact();
        assertThat(logs.read()).extracting(Seen::value).containsExactly("2", "3", "4");
    }
}
