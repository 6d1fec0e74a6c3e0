package io.barnabas.wire.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.barnabas.testkit.Seeds;
import io.barnabas.wire.record.ValidationOutcome.Accepted;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCounted;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of batches of format 2 that are accepted. */
class BatchValidatorTest extends ValidationTestBase {

    @Test
    void storesAProducersBatchWithNoByteChanged() {
        Seeds.forEach(150, random -> {
            List<SomeRecord> records = SomeRecord.random(random, 2);
            Compression codec = Compression.of(random.nextInt(5));
            Kafka.Batch header = Kafka.Batch.of(2, codec);
            if (random.nextBoolean()) {
                header = header.withProducer(random.nextLong(99), (short) 2, random.nextInt(9), random.nextBoolean());
            }
            ByteBuf batch = own(Kafka.build(header, records));
            byte[] sent = ByteBufUtil.getBytes(batch);
            Accepted accepted = accept(batch, Rules.lenient(), 7 + random.nextInt(7));
            assertThat(accepted.batch()).isSameAs(batch);
            assertThat(accepted.rewritten()).isFalse();
            assertThat(accepted.recordCount()).isEqualTo(records.size());
            assertThat(accepted.logAppendTimeMs()).isEqualTo(-1);
            assertThat(ByteBufUtil.getBytes(batch)).isEqualTo(sent);
        });
    }

    @Test
    void doesNotTrustTheLatestTimestampOfTheHeader() {
        Seeds.forEach(50, random -> {
            List<SomeRecord> records = SomeRecord.random(random, 2);
            ByteBuf batch = own(Kafka.build(Kafka.Batch.of(2, Compression.of(random.nextInt(5))), records));
            byte[] honest = ByteBufUtil.getBytes(batch);
            batch.setLong(35, random.nextLong());
            fixChecksum(batch);
            accept(batch, Rules.lenient(), NEWEST);
            assertThat(ByteBufUtil.getBytes(batch)).isEqualTo(honest);
        });
    }

    @Test
    void stampsTheBrokersTimeInPlace() {
        Seeds.forEach(50, random -> {
            List<SomeRecord> records = SomeRecord.random(random, 2);
            ByteBuf batch = own(Kafka.build(Kafka.Batch.of(2, Compression.of(random.nextInt(5))), records));
            long baseTimestamp = BatchHeader.baseTimestamp(batch, 0);
            Accepted accepted = accept(batch, Rules.lenient().logAppendTime(), NEWEST);
            assertThat(accepted.rewritten()).isFalse();
            assertThat(accepted.logAppendTimeMs()).isEqualTo(Rules.NOW);
            assertThat(Kafka.onlyBatch(batch).timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
            assertThat(Kafka.onlyBatch(batch).maxTimestamp()).isEqualTo(Rules.NOW);
            assertThat(BatchHeader.baseTimestamp(batch, 0)).isEqualTo(baseTimestamp);
            assertThat(Kafka.read(batch))
                    .isEqualTo(records.stream()
                            .map(record -> record.at(record.offset(), Rules.NOW))
                            .toList());
        });
    }

    @Test
    void compressesAnewWhereTheTopicWantsAnotherCodec() {
        Seeds.forEach(80, random -> {
            List<SomeRecord> records = SomeRecord.random(random, 2);
            Compression source = Compression.of(random.nextInt(5));
            Compression target = Compression.of((source.id() + 1 + random.nextInt(4)) % 5);
            boolean appendTime = random.nextInt(4) == 0;
            Kafka.Batch header = Kafka.Batch.of(2, source).withProducer(17, (short) 2, 30, random.nextBoolean());
            ByteBuf batch = own(Kafka.build(header, records));
            Rules rules = Rules.lenient().target(target);
            Accepted accepted = accept(batch, appendTime ? rules.logAppendTime() : rules, NEWEST);
            assertThat(accepted.rewritten()).isTrue();
            assertThat(accepted.recordCount()).isEqualTo(records.size());
            MutableRecordBatch stored = Kafka.onlyBatch(accepted.batch());
            assertThat(stored.compressionType().id).isEqualTo((byte) target.id());
            assertThat(stored.producerId()).isEqualTo(17);
            assertThat(stored.producerEpoch()).isEqualTo((short) 2);
            assertThat(stored.baseSequence()).isEqualTo(30);
            assertThat(stored.isTransactional()).isEqualTo(header.transactional());
            assertThat(Kafka.read(accepted.batch()))
                    .isEqualTo(records.stream()
                            .map(record -> record.at(record.offset(), appendTime ? Rules.NOW : record.timestamp()))
                            .toList());
            accepted.batch().readableBytes();
        });
    }

    @Test
    void compressesABatchWithOddOffsetsAsIfTheyWereInOrder() {
        // the second record's offset delta lies after its length, attributes and timestamp delta
        ByteBuf batch = batch(
                bytes -> bytes.setByte(BatchHeader.HEADER_BYTES + 9 + 3, 14),
                Compression.NONE,
                record(Rules.NOW, "k", "v"),
                record(Rules.NOW, "k", "v"));
        assertThat(Kafka.read(batch)).extracting(SomeRecord::offset).containsExactly(0L, 7L);
        accept(batch, Rules.lenient(), NEWEST);
        ByteBuf stored =
                accept(batch, Rules.lenient().target(Compression.LZ4), NEWEST).batch();
        assertThat(Kafka.read(stored)).extracting(SomeRecord::offset).containsExactly(0L, 1L);
    }

    @Test
    void storesUnknownAttributeBitsAsSentWhileNothingElseChanges() {
        ByteBuf odd = batch(bytes -> bytes.setShort(21, 0x7FC0), Compression.NONE, record(Rules.NOW, "k", "v"));
        accept(odd, Rules.lenient(), NEWEST);
        assertThat(BatchHeader.attributes(odd, 0)).isEqualTo((short) 0x7FC0);
        accept(odd, Rules.lenient().logAppendTime(), NEWEST);
        assertThat(BatchHeader.attributes(odd, 0)).isEqualTo((short) 0x48);
    }

    @Test
    void leavesOutTheBeginningOfABatchThatWasCutOff() {
        ByteBuf batch = batch(Compression.NONE, record(Rules.NOW, "k", "v"));
        ByteBuf cut = join(batch, batch.slice(0, 40));
        Accepted accepted = accept(cut, Rules.lenient(), NEWEST);
        assertThat(accepted.batch()).isEqualTo(batch);
        assertThat(accepted.rewritten()).isFalse();
    }

    @Test
    void worksWithinALargerBuffer() {
        Seeds.forEach(30, random -> {
            List<SomeRecord> records = SomeRecord.random(random, 2);
            ByteBuf batch = own(Kafka.build(Kafka.Batch.of(2, Compression.of(random.nextInt(5))), records));
            ByteBuf frame = own(Unpooled.directBuffer())
                    .writeZero(17)
                    .writeBytes(batch, 0, batch.readableBytes())
                    .writeZero(9);
            ByteBuf part = frame.slice(17, batch.readableBytes());
            frame.readerIndex(17).writerIndex(17 + batch.readableBytes());
            assertThat(accept(frame, Rules.lenient().logAppendTime(), NEWEST).batch())
                    .isEqualTo(part);
            assertThat(Kafka.read(part)).hasSameSizeAs(records);
            assertThat(frame.getInt(13)).isZero();
        });
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void leavesNoGarbageBehindForARecord(Compression codec) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SomeRecord[] many = Collections.nCopies(20_000, record(Rules.NOW, "key", "v".repeat(50)))
                .toArray(SomeRecord[]::new);
        ByteBuf batch = batch(codec, many);
        RecordRules rules = Rules.lenient().rules();
        BatchValidator.validate(batch, rules, NEWEST, Rules.NOW, allocator);
        long before = threads.getCurrentThreadAllocatedBytes();
        BatchValidator.validate(batch, rules, NEWEST, Rules.NOW, allocator);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(many.length);
    }

    @Test
    void knowsWhatIsTooMuchWorkForAnEventLoop() {
        SomeRecord[] noise = IntStream.range(0, 100)
                .mapToObj(i -> {
                    byte[] value = new byte[1000];
                    Seeds.random(i).nextBytes(value);
                    return new SomeRecord(0, Rules.NOW, null, value, List.of());
                })
                .toArray(SomeRecord[]::new);
        SomeRecord little = record(Rules.NOW, "k", "v");
        RecordRules keep = Rules.lenient().rules();
        RecordRules none = Rules.lenient().target(Compression.NONE).rules();
        RecordRules lz4 = Rules.lenient().target(Compression.LZ4).rules();

        assertThat(BatchValidator.isHeavy(batch(Compression.NONE, noise), keep)).isFalse();
        assertThat(BatchValidator.isHeavy(batch(Compression.NONE, little), lz4)).isTrue();
        assertThat(BatchValidator.isHeavy(batch(Compression.LZ4, little), keep)).isFalse();
        assertThat(BatchValidator.isHeavy(batch(Compression.LZ4, little), lz4)).isFalse();
        assertThat(BatchValidator.isHeavy(batch(Compression.LZ4, little), none)).isFalse();
        assertThat(BatchValidator.isHeavy(batch(Compression.SNAPPY, noise), keep))
                .isTrue();
        assertThat(BatchValidator.isHeavy(batch(Compression.GZIP, little), keep))
                .isTrue();
        assertThat(BatchValidator.isHeavy(legacy(1, Compression.NONE, noise), keep))
                .isFalse();
        assertThat(BatchValidator.isHeavy(legacy(1, Compression.SNAPPY, record(1, "k", "v".repeat(50))), keep))
                .isTrue();
        assertThat(BatchValidator.isHeavy(Unpooled.EMPTY_BUFFER, keep)).isFalse();
    }

    /** In a process where the codec was not used yet, for which a second class loader stands. */
    @Test
    void theFirstBatchOfACodecLoadsItsLibraryElsewhere() throws Exception {
        URL[] classes = {placeOf(Compression.class), placeOf(ByteBuf.class), placeOf(ReferenceCounted.class)};
        try (URLClassLoader fresh = new URLClassLoader(classes, ClassLoader.getPlatformClassLoader())) {
            Object unused =
                    Class.forName(Compression.class.getName(), true, fresh).getEnumConstants()[Compression.ZSTD.id()];
            assertThat(unused.getClass().getMethod("isLoaded").invoke(unused)).isEqualTo(false);
        }
        ByteBuf used = batch(Compression.ZSTD, record(0, "k", "v"));
        assertThat(Compression.ZSTD.isLoaded()).isTrue();
        assertThat(BatchValidator.isHeavy(used, Rules.lenient().rules())).isFalse();
    }

    private static URL placeOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
