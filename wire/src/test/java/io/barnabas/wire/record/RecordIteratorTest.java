package io.barnabas.wire.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.testkit.Seeds;
import io.barnabas.wire.record.UnreadableRecordsException.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordIteratorTest {
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);

    @AfterEach
    void nothingLeaks() {
        assertThat(allocator.metric().usedDirectMemory()).isZero();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    @Test
    void readsWhatKafkaReadsFromSetsOfEveryFormatAndCodec() {
        Seeds.forEach(200, random -> {
            ByteBuf set = Unpooled.directBuffer();
            long offset = random.nextInt(1000);
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                int magic = random.nextInt(3);
                List<SomeRecord> records = SomeRecord.random(random, magic);
                Kafka.move(Kafka.build(anyBatch(random, magic).at(offset), records), set);
                offset += records.size() + random.nextInt(3);
            }
            assertThat(read(set)).isEqualTo(Kafka.read(set));
            set.release();
        });
    }

    @Test
    void leavesOutACutOffTail() {
        Seeds.forEach(50, random -> {
            List<SomeRecord> first = SomeRecord.random(random, 2);
            ByteBuf set = Kafka.build(anyBatch(random, random.nextInt(3)), noHeaders(first));
            List<SomeRecord> whole = Kafka.read(set);
            ByteBuf more = Kafka.build(anyBatch(random, 2), first);
            Kafka.move(more.writerIndex(random.nextInt(more.readableBytes())), set);
            assertThat(read(set)).isEqualTo(whole);
            set.release();
        });
    }

    @Test
    void tellsWhichBatchARecordBelongsTo() {
        ByteBuf one = Kafka.build(
                Kafka.Batch.of(2, Compression.ZSTD).withProducer(41, (short) 3, 0, true),
                SomeRecord.random(Seeds.random(1), 2));
        int second = one.readableBytes();
        Kafka.move(Kafka.build(Kafka.Batch.of(1, Compression.NONE), SomeRecord.random(Seeds.random(2), 1)), one);
        try (RecordIterator records = new RecordIterator(one, 1 << 20, allocator)) {
            RecordView record = records.next();
            assertThat(records.batchAt()).isZero();
            assertThat(record.producerId()).isEqualTo(41);
            assertThat(record.producerEpoch()).isEqualTo((short) 3);
            assertThat(record.isTransactional()).isTrue();
            assertThat(record.isControl()).isFalse();
            while (records.batchAt() < second) {
                record = records.next();
            }
            assertThat(record.producerId()).isEqualTo(BatchHeader.NO_PRODUCER_ID);
            assertThat(record.isTransactional()).isFalse();
        }
        one.release();
    }

    @Test
    void readsEmptiedBatchesAsNoRecords() {
        ByteBuf batch = Kafka.build(Kafka.Batch.of(2, Compression.NONE), SomeRecord.random(Seeds.random(1), 2));
        batch.writerIndex(BatchHeader.HEADER_BYTES).setInt(8, 49).setInt(57, 0);
        assertThat(read(batch)).isEmpty();
        batch.release();
    }

    @Test
    void givesTheWrappersTimeToMessagesOfFormat1() {
        ByteBuf set =
                Kafka.build(Kafka.Batch.of(1, Compression.LZ4).withAppendTime(), SomeRecord.random(Seeds.random(4), 1));
        assertThat(read(set))
                .allSatisfy(record -> assertThat(record.timestamp()).isEqualTo(Kafka.APPEND_TIME));
        set.release();
    }

    @Test
    void refusesABatchThatExpandsBeyondItsBound() {
        ByteBuf bomb = Kafka.build(
                Kafka.Batch.of(2, Compression.GZIP),
                List.of(new SomeRecord(0, 1, null, new byte[3_000_000], List.of())));
        assertThatThrownBy(() -> {
                    try (RecordIterator records = new RecordIterator(bomb, 1_000_000, allocator)) {
                        records.next();
                    }
                })
                .isInstanceOfSatisfying(
                        UnreadableRecordsException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.EXPANDS_TOO_FAR));
        bomb.release();
    }

    @Test
    void endsInOneKindOfExceptionWhateverTheBytesAre() {
        Seeds.forEach(1500, random -> {
            int magic = random.nextInt(3);
            ByteBuf set = Kafka.build(anyBatch(random, magic), SomeRecord.random(random, magic));
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                int at = random.nextInt(random.nextBoolean() ? set.readableBytes() : Math.min(90, set.readableBytes()));
                set.setByte(at, random.nextInt());
            }
            try (RecordIterator records = new RecordIterator(set, 1 << 20, allocator)) {
                while (records.next() != null) {
                    // only looked at
                }
            } catch (UnreadableRecordsException refused) {
                assertThat(refused.reason()).isNotNull();
            }
            assertThat(allocator.metric().usedDirectMemory()).isZero();
            set.release();
        });
    }

    static Kafka.Batch anyBatch(RandomGenerator random, int magic) {
        Compression codec = Compression.of(random.nextInt(magic == 2 ? 5 : 4));
        Kafka.Batch batch = Kafka.Batch.of(magic, codec);
        return magic > 0 && random.nextInt(5) == 0 ? batch.withAppendTime() : batch;
    }

    private static List<SomeRecord> noHeaders(List<SomeRecord> records) {
        return records.stream()
                .map(record ->
                        new SomeRecord(record.offset(), record.timestamp(), record.key(), record.value(), List.of()))
                .toList();
    }

    private List<SomeRecord> read(ByteBuf set) {
        List<SomeRecord> all = new ArrayList<>();
        ByteBufAllocator direct = allocator;
        try (RecordIterator records = new RecordIterator(set, 1 << 26, direct)) {
            for (RecordView record = records.next(); record != null; record = records.next()) {
                all.add(SomeRecord.of(record));
            }
        }
        return all;
    }
}
