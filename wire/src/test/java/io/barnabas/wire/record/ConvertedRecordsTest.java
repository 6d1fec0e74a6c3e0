package io.barnabas.wire.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.testkit.Seeds;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.RecordsRef.FileSlice;
import io.barnabas.wire.oracle.KafkaDownConversion;
import io.barnabas.wire.record.UnreadableRecordsException.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertedRecordsTest {
    private static final byte ZERO = 0;
    private static final byte ONE = 1;

    @TempDir
    Path directory;

    private final PeakAllocator allocator = new PeakAllocator();
    private final AtomicInteger handles = new AtomicInteger();
    private final KafkaDownConversion kafka = new KafkaDownConversion();
    private FileChannel file;

    @BeforeEach
    void open() throws IOException {
        file = FileChannel.open(
                directory.resolve("00000000000000000000.log"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    @AfterEach
    void nothingLeaks() throws IOException {
        file.close();
        assertThat(allocator.used()).isZero();
        assertThat(handles).hasValue(0);
    }

    @Test
    void sendsTheBytesThatKafkaSendsWhateverIsStored() {
        Seeds.forEach(250, random -> {
            StoredSet stored = StoredSet.random(random, Compression.SNAPPY);
            byte[] expected = kafka.sent(stored.bytes(), stored.toMagic(), stored.from());
            byte[] sent = sent(stored.bytes(), stored.toMagic(), stored.from());
            if (expected.length > 0) {
                assertSame(sent, expected);
            } else {
                // Not even one whole batch: here the reader learns at least that there is something too large for it.
                assertThat(sent).hasSize(12);
            }
        });
    }

    /** The lz4 of a class loader of its own is another than ours, and may find other matches. */
    @Test
    void sendsTheRecordsThatKafkaSendsWithEveryCodec() {
        Seeds.forEach(150, random -> {
            StoredSet stored = StoredSet.random(random, Compression.LZ4);
            List<SomeRecord> expected = records(kafka.sent(stored.bytes(), stored.toMagic(), stored.from()));
            List<SomeRecord> sent = records(sent(stored.bytes(), stored.toMagic(), stored.from()));
            int common = Math.min(sent.size(), expected.size());
            assertThat(sent.subList(0, common)).isEqualTo(expected.subList(0, common));
            assertThat(common > 0).isEqualTo(!expected.isEmpty()).isEqualTo(!sent.isEmpty());
        });
    }

    @Test
    void writesTheHeaderChecksumOfTheFirstClientsInLz4FramesOfFormat0() throws IOException {
        ByteBuf stored = Kafka.build(Kafka.Batch.of(2, Compression.LZ4), SomeRecord.random(Seeds.random(1), 2));
        HexFormat hex = HexFormat.of();
        assertThat(hex.formatHex(sent(ByteBufUtil.getBytes(stored), ZERO, 0), 26, 33))
                .isEqualTo("04224d1860401a");
        assertThat(hex.formatHex(sent(ByteBufUtil.getBytes(stored), ONE, 0), 34, 41))
                .isEqualTo("04224d18604082");
        stored.release();
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, 1})
    void keepsOffsetsWithGapsAndDropsHeaders(byte toMagic) {
        Seeds.forEach(60, random -> {
            List<SomeRecord> kept = new ArrayList<>();
            long offset = 70_000_000_000L;
            for (SomeRecord record : SomeRecord.random(random, 2)) {
                offset += 1 + random.nextInt(5);
                kept.add(record.at(offset, Math.max(0, record.timestamp())));
            }
            Kafka.Batch batch =
                    RecordIteratorTest.anyBatch(random, 1).at(kept.get(0).offset());
            ByteBuf stored = Kafka.buildAt(
                    new Kafka.Batch(2, batch.codec(), false, batch.baseOffset(), 5, (short) 1, 0, true), kept);
            ByteBuf converted = Unpooled.wrappedBuffer(sent(ByteBufUtil.getBytes(stored), toMagic, 0));
            assertThat(Kafka.read(converted))
                    .isEqualTo(kept.stream()
                            .limit(Kafka.read(converted).size())
                            .map(record -> new SomeRecord(
                                    record.offset(),
                                    toMagic == 0 ? -1 : record.timestamp(),
                                    record.key(),
                                    record.value(),
                                    List.of()))
                            .toList())
                    .isNotEmpty();
            stored.release();
        });
    }

    @Test
    void passesOverControlBatchesAndWhatLiesBeforeTheOffsetAskedFor() throws IOException {
        List<SomeRecord> records = SomeRecord.random(Seeds.random(8), 2);
        ByteBuf marker = new EndTxnMarker(true, 0).build(3, (short) 0, 5, UnpooledByteBufAllocator.DEFAULT);
        ByteBuf before = Kafka.build(Kafka.Batch.of(2, Compression.NONE).at(1), records);
        ByteBuf wanted = Kafka.build(Kafka.Batch.of(2, Compression.NONE).at(1000), records);
        byte[] stored = ByteBufUtil.getBytes(
                Unpooled.wrappedBuffer(marker.duplicate(), before.duplicate(), marker.duplicate(), wanted.duplicate()));
        byte[] sent = sent(stored, ONE, 1001);
        assertThat(sent).hasSameSizeAs(stored);
        assertThat(records(sent))
                .extracting(SomeRecord::offset)
                .startsWith(1001L)
                .doesNotHaveDuplicates()
                .hasSize(records.size() - 1);
        assertThat(sent(ByteBufUtil.getBytes(marker), ONE, 0)).hasSize(12);
        ConvertedRecords nothing = ConvertedRecords.of(
                store(ByteBufUtil.getBytes(Unpooled.wrappedBuffer(marker.duplicate(), before.duplicate()))),
                ONE,
                900,
                allocator);
        assertThat(nothing.isEmpty()).isTrue();
        assertThat(nothing.nextOffset()).isEqualTo(1 + records.size());
        nothing.release();
        marker.release();
        before.release();
        wanted.release();
    }

    @Test
    void announcesTheFirstConvertedBatchWholeThoughItIsLargerThanWhatIsStored() throws IOException {
        List<SomeRecord> tiny = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            tiny.add(new SomeRecord(i, 5, null, new byte[] {1}, List.of()));
        }
        ByteBuf stored = Kafka.build(Kafka.Batch.of(2, Compression.NONE), tiny);
        byte[] sent = sent(ByteBufUtil.getBytes(stored), ONE, 0);
        assertThat(sent.length).isGreaterThan(2 * stored.readableBytes());
        assertThat(records(sent)).hasSize(1000);
        stored.release();
    }

    @Test
    void refusesZstdWhereItIsTheFirstToBeSeenAndStopsBeforeItLater() throws Exception {
        List<SomeRecord> records = SomeRecord.random(Seeds.random(3), 2);
        ByteBuf good = Kafka.build(Kafka.Batch.of(2, Compression.GZIP), records);
        ByteBuf zstd = Kafka.build(Kafka.Batch.of(2, Compression.ZSTD).at(records.size()), records);
        byte[] goodThenZstd = ByteBufUtil.getBytes(Unpooled.wrappedBuffer(good.duplicate(), zstd.duplicate()));
        assertThat(Kafka.read(Unpooled.wrappedBuffer(sent(goodThenZstd, ONE, 0))))
                .hasSize(records.size());
        assertThat(kafka.sent(ByteBufUtil.getBytes(zstd), ONE, 0)).isNull();
        assertRefused(ByteBufUtil.getBytes(zstd), Reason.CODEC_UNAVAILABLE);
        good.release();
        zstd.release();
    }

    @Test
    void doesNotSealADamagedBatchWithANewChecksum() throws IOException {
        List<SomeRecord> records = SomeRecord.random(Seeds.random(3), 2);
        ByteBuf good = Kafka.build(Kafka.Batch.of(2, Compression.NONE), records);
        ByteBuf bad = Kafka.build(Kafka.Batch.of(2, Compression.NONE).at(records.size()), records);
        int last = bad.writerIndex() - 1;
        bad.setByte(last, bad.getByte(last) ^ 1);
        byte[] goodThenBad = ByteBufUtil.getBytes(Unpooled.wrappedBuffer(good.duplicate(), bad.duplicate()));
        assertThat(Kafka.read(Unpooled.wrappedBuffer(sent(goodThenBad, ZERO, 0))))
                .hasSize(records.size());
        assertRefused(ByteBufUtil.getBytes(bad), Reason.CORRUPT);
        good.release();
        bad.release();
    }

    @Test
    void leavesNothingToAReaderWhoseWholeSliceIsOneCutOffBatch() throws IOException {
        ByteBuf stored = Kafka.build(Kafka.Batch.of(2, Compression.NONE), SomeRecord.random(Seeds.random(3), 2));
        byte[] sent = sent(ByteBufUtil.getBytes(stored.writerIndex(stored.writerIndex() - 1)), ONE, 0);
        assertThat(sent).hasSize(12);
        assertThat(records(sent)).isEmpty();
        stored.release();
    }

    @Test
    void holdsOnlyAChunkInMemoryHoweverMuchIsStored() throws IOException {
        int batches = 0;
        while (file.size() < 30_000_000) {
            byte[] value = new byte[20_000];
            Seeds.random(batches).nextBytes(value);
            List<SomeRecord> records = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                records.add(new SomeRecord(i, 1, new byte[] {7}, value, List.of()));
            }
            ByteBuf batch = Kafka.build(Kafka.Batch.of(2, Compression.LZ4).at(10L * batches++), records);
            file.write(batch.nioBuffer(), file.size());
            batch.release();
        }
        byte[] sent = read(ConvertedRecords.of(slice(0, (int) file.size()), ONE, 0, allocator));
        assertThat(records(sent).size()).isGreaterThan(9 * batches);
        assertThat(allocator.peak()).isLessThan(3_000_000);
    }

    @Test
    void holdsLittleUntilItIsAskedForMore() throws IOException {
        byte[] value = new byte[200_000];
        Seeds.random(1).nextBytes(value);
        ByteBuf batch =
                Kafka.build(Kafka.Batch.of(2, Compression.GZIP), List.of(new SomeRecord(0, 1, null, value, List.of())));
        byte[] bytes = ByteBufUtil.getBytes(batch);
        RecordsRef large = ConvertedRecords.of(store(bytes), ONE, 0, allocator);
        assertThat(allocator.used()).isZero();
        assertThat(records(read(large))).hasSize(1);
        batch.release();
        ByteBuf small = Kafka.build(
                Kafka.Batch.of(2, Compression.NONE), List.of(new SomeRecord(0, 1, null, new byte[1000], List.of())));
        RecordsRef converted = ConvertedRecords.of(store(ByteBufUtil.getBytes(small)), ONE, 0, allocator);
        assertThat(allocator.used()).isBetween(1L, 2L * small.readableBytes());
        converted.release();
        small.release();
    }

    @Test
    void convertsABatchThatExpandsAThousandfoldWithoutHoldingIt() throws IOException {
        SomeRecord zeros = new SomeRecord(0, 1, null, new byte[50_000], List.of());
        List<SomeRecord> records = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            records.add(zeros);
        }
        ByteBuf bomb = Kafka.build(Kafka.Batch.of(2, Compression.GZIP), records);
        byte[] sent = sent(ByteBufUtil.getBytes(bomb), ONE, 0);
        assertThat(allocator.peak()).isLessThan(3_000_000);
        assertThat(records(sent)).hasSize(1000);
        bomb.release();
    }

    @Test
    void canBeDroppedAtAnyMoment() {
        Seeds.forEach(60, random -> {
            StoredSet set = StoredSet.random(random, Compression.LZ4);
            RecordsRef converted = ConvertedRecords.of(store(set.bytes()), set.toMagic(), set.from(), allocator);
            for (int read = 0; read < converted.sizeInBytes() && random.nextInt(4) > 0; ) {
                ByteBuf piece = ((RecordsRef.Pieces) converted).next();
                read += piece.readableBytes();
                piece.release();
            }
            converted.release();
        });
    }

    private static List<SomeRecord> records(byte[] sent) {
        return Kafka.read(Unpooled.wrappedBuffer(sent));
    }

    private static void assertSame(byte[] actual, byte[] expected) {
        int at = Arrays.mismatch(actual, expected);
        if (at >= 0) {
            throw new AssertionError("byte " + at + " of " + actual.length + " and " + expected.length + " differs:\n"
                    + around(actual, at) + "\n" + around(expected, at));
        }
    }

    private static String around(byte[] bytes, int at) {
        return HexFormat.of().formatHex(bytes, Math.max(0, at - 60), Math.min(bytes.length, at + 60));
    }

    private void assertRefused(byte[] stored, Reason reason) {
        assertThatThrownBy(() -> sent(stored, ZERO, 0))
                .isInstanceOfSatisfying(
                        UnreadableRecordsException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private byte[] sent(byte[] stored, byte toMagic, long firstOffset) throws IOException {
        return read(ConvertedRecords.of(store(stored), toMagic, firstOffset, allocator));
    }

    private byte[] read(RecordsRef converted) {
        ByteBuf all = Unpooled.buffer();
        RecordsRef.Pieces pieces = (RecordsRef.Pieces) converted;
        while (all.readableBytes() < pieces.sizeInBytes()) {
            ByteBuf piece = pieces.next();
            assertThat(piece.readableBytes()).isPositive();
            all.writeBytes(piece);
            piece.release();
        }
        assertThat(all.readableBytes()).isEqualTo(pieces.sizeInBytes());
        pieces.release();
        return ByteBufUtil.getBytes(all);
    }

    private RecordsRef store(byte[] bytes) throws IOException {
        int before = 17;
        file.truncate(0);
        file.write(java.nio.ByteBuffer.wrap(bytes), before);
        return slice(before, bytes.length);
    }

    private RecordsRef slice(int position, int length) {
        handles.incrementAndGet();
        return new FileSlice(file, position, length, handles::decrementAndGet);
    }
}
