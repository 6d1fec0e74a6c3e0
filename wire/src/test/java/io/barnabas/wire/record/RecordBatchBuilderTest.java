package io.barnabas.wire.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.runtime.Invariants;
import io.barnabas.testkit.Seeds;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordBatchBuilderTest {
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);

    @AfterEach
    void nothingLeaks() {
        assertThat(allocator.metric().usedDirectMemory()).isZero();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    @Test
    void buildsTheVeryBytesThatKafkaBuilds() {
        Seeds.forEach(150, random -> {
            List<SomeRecord> records = SomeRecord.random(random, 2);
            boolean appendTime = random.nextInt(4) == 0;
            Kafka.Batch batch = Kafka.Batch.of(2, Compression.NONE).at(random.nextInt(1000));
            if (random.nextBoolean()) {
                batch = batch.withProducer(
                        random.nextLong(1L << 40), (short) random.nextInt(9), 77, random.nextBoolean());
            }
            if (appendTime) {
                batch = batch.withAppendTime();
            }
            ByteBuf built = build(batch, records);
            ByteBuf theirs = Kafka.build(batch, records);
            assertThat(ByteBufUtil.hexDump(built)).isEqualTo(ByteBufUtil.hexDump(theirs));
            theirs.release();
            built.release();
        });
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void buildsCompressedBatchesThatKafkaReads(Compression codec) {
        Seeds.forEach(30, random -> {
            List<SomeRecord> records = SomeRecord.random(random, 2);
            Kafka.Batch batch = Kafka.Batch.of(2, codec).withProducer(9, (short) 1, 4, true);
            ByteBuf built = build(batch, records);
            assertThat(Kafka.read(built)).isEqualTo(records);
            MutableRecordBatch seen = Kafka.onlyBatch(built);
            assertThat(seen.compressionType().id).isEqualTo((byte) codec.id());
            assertThat(seen.countOrNull()).isEqualTo(records.size());
            assertThat(seen.isTransactional()).isTrue();
            assertThat(seen.lastSequence()).isEqualTo(4 + records.size() - 1);
            built.release();
        });
    }

    @Test
    void buildsTheBatchOfOneSmallRecordThatABrokerStored() {
        ByteBuf batch = new RecordBatchBuilder(allocator)
                .leaderEpoch(0)
                .append(0x1a1f70c2bc3L, "k".getBytes(), "v".getBytes())
                .build();
        assertThat(ByteBufUtil.hexDump(batch))
                .isEqualTo("0000000000000000" + "0000003a" + "00000000" + "02" + "8a4bcc6e" + "0000" + "00000000"
                        + "000001a1f70c2bc3" + "000001a1f70c2bc3" + "ffffffffffffffff" + "ffff" + "ffffffff"
                        + "00000001" + "10000000026b027600");
        batch.release();
    }

    @Test
    void copiesARecordOfAnotherBatchAsItIs() {
        Seeds.forEach(50, random -> {
            int magic = random.nextInt(3);
            List<SomeRecord> records = SomeRecord.random(random, magic);
            ByteBuf source = Kafka.build(Kafka.Batch.of(magic, Compression.GZIP), records);
            RecordBatchBuilder builder = new RecordBatchBuilder(allocator);
            Records.forEach(source, builder::append);
            assertThat(builder.recordCount()).isEqualTo(records.size());
            int size = builder.sizeInBytes();
            ByteBuf copy = builder.build();
            assertThat(copy.readableBytes()).isEqualTo(size);
            assertThat(Kafka.read(copy)).isEqualTo(records);
            copy.release();
            source.release();
        });
    }

    @Test
    void marksControlBatches() {
        ByteBuf batch = new RecordBatchBuilder(allocator)
                .control()
                .producer(1, (short) 0, BatchHeader.NO_SEQUENCE)
                .append(1, new byte[4], null)
                .build();
        assertThat(Kafka.onlyBatch(batch).isControlBatch()).isTrue();
        batch.release();
    }

    @Test
    void givesAppendTimeToAllRecords() {
        ByteBuf batch = new RecordBatchBuilder(allocator)
                .appendTime(5000)
                .append(1, null, null)
                .append(9999, null, null)
                .build();
        assertThat(Kafka.read(batch)).extracting(SomeRecord::timestamp).containsExactly(5000L, 5000L);
        assertThat(Kafka.onlyBatch(batch).timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
        batch.release();
    }

    @Test
    void refusesToBuildABatchWithoutRecords() {
        try (RecordBatchBuilder builder = new RecordBatchBuilder(allocator)) {
            assertThatThrownBy(builder::build).isInstanceOf(Invariants.Violation.class);
        }
    }

    private ByteBuf build(Kafka.Batch batch, List<SomeRecord> records) {
        RecordBatchBuilder builder = new RecordBatchBuilder(
                        allocator, batch.codec(), batch.codec().defaultLevel())
                .baseOffset(batch.baseOffset());
        if (batch.producerId() >= 0) {
            builder.producer(batch.producerId(), batch.producerEpoch(), batch.baseSequence());
        }
        if (batch.transactional()) {
            builder.transactional();
        }
        if (batch.appendTime()) {
            builder.appendTime(Kafka.APPEND_TIME);
        }
        for (SomeRecord record : records) {
            builder.append(record.timestamp(), record.key(), record.value(), record.headers());
        }
        return builder.build();
    }

    @Test
    void takesAHeaderWithoutAValue() {
        ByteBuf batch = new RecordBatchBuilder(allocator)
                .append(1, null, Unpooled.EMPTY_BUFFER.array(), List.of(new RecordHeader("", null)))
                .build();
        assertThat(Kafka.read(batch).get(0).headers()).containsExactly(new RecordHeader("", null));
        batch.release();
    }
}
