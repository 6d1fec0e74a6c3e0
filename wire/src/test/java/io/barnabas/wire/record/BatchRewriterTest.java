package io.barnabas.wire.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Seeds;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecords.RecordFilter;
import org.apache.kafka.common.record.internal.MemoryRecords.RecordFilter.BatchRetention;
import org.apache.kafka.common.record.internal.MemoryRecords.RecordFilter.BatchRetentionResult;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.internals.BufferSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batches that lost records, beside what Kafka's own filter makes of them. */
class BatchRewriterTest {
    private static final long NOW = 1_700_000_900_000L;
    private static final long RETENTION_MS = 6_000;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final BatchRewriter rewriter = new BatchRewriter(allocator);

    @AfterEach
    void nothingLeaks() {
        assertThat(allocator.metric().usedDirectMemory()).isZero();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    @Test
    void writesTheVeryBytesThatKafkaWritesInPassAfterPass() {
        Seeds.forEach(300, random -> {
            ByteBuf batch = randomBatch(random, 2, Compression.NONE);
            for (int pass = 0; pass < 3 && batch.isReadable(); pass++) {
                Set<Long> kept = someOffsets(batch, random);
                ByteBuf ours = rewrite(batch, kept);
                ByteBuf theirs = filteredByKafka(batch, kept);
                assertThat(ByteBufUtil.hexDump(ours)).isEqualTo(ByteBufUtil.hexDump(theirs));
                theirs.release();
                batch.release();
                batch = ours;
            }
            batch.release();
        });
    }

    @Test
    void saysOfCompressedBatchesWhatKafkaSays() {
        Seeds.forEach(150, random -> {
            ByteBuf batch = randomBatch(random, 2, Compression.of(1 + random.nextInt(4)));
            for (int pass = 0; pass < 2 && batch.isReadable(); pass++) {
                Set<Long> kept = someOffsets(batch, random);
                ByteBuf ours = rewrite(batch, kept);
                ByteBuf theirs = filteredByKafka(batch, kept);
                assertThat(Kafka.read(ours)).isEqualTo(Kafka.read(theirs));
                assertThat(headers(ours)).isEqualTo(headers(theirs));
                theirs.release();
                batch.release();
                batch = ours;
            }
            batch.release();
        });
    }

    /** Kafka's newest release would make them batches of format 2; the one with ZooKeeper leaves them as they are. */
    @Test
    void leavesOldFormatsTheirFormat() {
        Seeds.forEach(100, random -> {
            int magic = random.nextInt(2);
            ByteBuf batch = randomBatch(random, magic, Compression.of(random.nextInt(4)));
            Set<Long> kept = someOffsets(batch, random);
            List<SomeRecord> expected = Kafka.read(batch).stream()
                    .filter(record -> kept.contains(record.offset()))
                    .toList();
            ByteBuf ours = rewrite(batch, kept);
            assertThat(Kafka.read(ours)).isEqualTo(expected);
            if (!expected.isEmpty()) {
                MutableRecordBatch seen = Kafka.onlyBatch(ours);
                assertThat(seen.magic()).isEqualTo((byte) magic);
                assertThat(seen.baseOffset()).isEqualTo(expected.get(0).offset());
                assertThat(seen.timestampType())
                        .isEqualTo(Kafka.onlyBatch(batch).timestampType());
            }
            ours.release();
            batch.release();
        });
    }

    @Test
    void writesTheHeaderAloneAsKafkaDoes() {
        Seeds.forEach(50, random -> {
            ByteBuf batch = randomBatch(random, 2, Compression.of(random.nextInt(5)));
            ByteBuf ours = allocator.directBuffer();
            BatchRewriter.writeEmpty(batch, 0, ours);
            ByteBuf theirs = filteredByKafka(batch, Set.of());
            assertThat(ByteBufUtil.hexDump(ours)).isEqualTo(ByteBufUtil.hexDump(theirs));
            ours.release();
            theirs.release();
            batch.release();
        });
    }

    private static ByteBuf randomBatch(RandomGenerator random, int magic, Compression codec) {
        List<SomeRecord> records = SomeRecord.random(random, magic);
        if (magic < 2 && codec == Compression.NONE) {
            records = records.subList(0, 1);
        }
        Kafka.Batch batch = Kafka.Batch.of(magic, codec).at(random.nextInt(1000));
        if (magic == 2 && random.nextBoolean()) {
            batch = batch.withProducer(random.nextLong(1L << 40), (short) random.nextInt(9), 77, random.nextBoolean());
        }
        if (magic > 0 && random.nextInt(4) == 0) {
            batch = batch.withAppendTime();
        }
        ByteBuf built = Kafka.build(batch, records);
        if (magic == 2) {
            BatchHeader.stamp(built, 0, BatchHeader.baseOffset(built, 0), random.nextInt(5));
        }
        return built;
    }

    private static Set<Long> someOffsets(ByteBuf batch, RandomGenerator random) {
        Set<Long> offsets = new HashSet<>();
        int ofTen = random.nextInt(11);
        Records.forEach(batch, record -> {
            if (random.nextInt(10) < ofTen) {
                offsets.add(record.offset());
            }
        });
        return offsets;
    }

    /** As compaction does, for a batch with a producer that is remembered. */
    private ByteBuf rewrite(ByteBuf batch, Set<Long> kept) {
        ByteBuf out = allocator.directBuffer();
        int size = batch.readableBytes();
        boolean format2 = BatchHeader.magic(batch, 0) == 2;
        BatchSelection selection =
                BatchSelection.of(batch, 0, size, record -> kept.contains(record.offset()), allocator);
        assertThat(selection.keptRecords()).isEqualTo(kept.size());
        boolean hasHorizon = format2 && (BatchHeader.attributes(batch, 0) & BatchHeader.DELETE_HORIZON) != 0;
        boolean needsHorizon = format2 && selection.keepsTombstone() && !hasHorizon;
        if (selection.keepsNone()) {
            if (format2) {
                BatchRewriter.writeEmpty(batch, 0, out);
            }
        } else if (selection.keepsAll() && !needsHorizon) {
            out.writeBytes(batch, 0, size);
        } else {
            long horizon = needsHorizon ? NOW + RETENTION_MS : hasHorizon ? BatchHeader.baseTimestamp(batch, 0) : -1;
            rewriter.rewrite(batch, 0, size, selection, horizon, out);
        }
        return out;
    }

    private static ByteBuf filteredByKafka(ByteBuf batch, Set<Long> kept) {
        RecordFilter filter = new RecordFilter(NOW, RETENTION_MS) {
            @Override
            protected BatchRetentionResult checkBatchRetention(RecordBatch one) {
                return new BatchRetentionResult(
                        one.magic() < 2 ? BatchRetention.DELETE_EMPTY : BatchRetention.RETAIN_EMPTY, false);
            }

            @Override
            protected boolean shouldRetainRecord(RecordBatch one, Record record) {
                return kept.contains(record.offset());
            }
        };
        MemoryRecords.FilterResult result = Kafka.records(batch)
                .filterTo(filter, ByteBuffer.allocate(4 << 20), BufferSupplier.NO_CACHING, Integer.MAX_VALUE);
        ByteBuffer out = result.outputBuffer();
        out.flip();
        return Unpooled.directBuffer(Math.max(1, out.remaining())).writeBytes(out);
    }

    private static List<String> headers(ByteBuf batches) {
        List<String> headers = new java.util.ArrayList<>();
        for (MutableRecordBatch batch : Kafka.records(batches).batches()) {
            headers.add(batch.magic() + " " + batch.baseOffset() + " " + batch.lastOffset() + " " + batch.producerId()
                    + " " + batch.baseSequence() + " " + batch.lastSequence() + " " + batch.maxTimestamp() + " "
                    + batch.timestampType() + " " + batch.partitionLeaderEpoch() + " " + batch.countOrNull() + " "
                    + batch.isTransactional() + " " + batch.compressionType() + " " + batch.deleteHorizonMs());
        }
        return headers;
    }
}
