package io.barnabas.wire.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Seeds;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.record.ValidationOutcome.Accepted;
import io.barnabas.wire.record.ValidationOutcome.Refused;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets of formats 0 and 1, which become one batch of format 2. */
class LegacySetValidationTest extends ValidationTestBase {

    @Test
    void makesTheBatchThatAnApacheBrokerMakesOfTwoMessages() {
        ByteBuf set = legacy(0, Compression.NONE, record(-1, "a", "b"), record(-1, "a", "b"));
        Accepted accepted = accept(set, Rules.lenient(), 0);
        assertThat(accepted.rewritten()).isTrue();
        assertThat(accepted.recordCount()).isEqualTo(2);
        BatchHeader.stamp(accepted.batch(), 0, 18, 0);
        assertThat(ByteBufUtil.hexDump(accepted.batch()))
                .isEqualTo("0000000000000012" + "00000043" + "00000000" + "02" + "f21a62f6" + "0000" + "00000001"
                        + "ffffffffffffffff" + "ffffffffffffffff" + "ffffffffffffffff" + "ffff" + "ffffffff"
                        + "00000002" + "100000000261026200" + "100000020261026200");
    }

    @Test
    void keepsEveryRecordOfEveryFormatCodecAndTarget() {
        Seeds.forEach(200, random -> {
            int magic = random.nextInt(2);
            Compression source = Compression.of(random.nextInt(4));
            List<SomeRecord> records = SomeRecord.random(random, magic);
            ByteBuf set = own(Kafka.build(Kafka.Batch.of(magic, source), records));
            Rules rules = Rules.lenient();
            Compression target = random.nextBoolean() ? null : Compression.of(random.nextInt(5));
            boolean appendTime = random.nextInt(4) == 0;
            rules = target == null ? rules : rules.target(target);
            rules = appendTime ? rules.logAppendTime() : rules;

            Accepted accepted = accept(set, rules, random.nextInt(3));
            assertThat(accepted.rewritten()).isTrue();
            assertThat(accepted.recordCount()).isEqualTo(records.size());
            assertThat(accepted.logAppendTimeMs()).isEqualTo(appendTime ? Rules.NOW : -1);
            MutableRecordBatch stored = Kafka.onlyBatch(accepted.batch());
            assertThat(stored.magic()).isEqualTo((byte) 2);
            assertThat(stored.producerId()).isEqualTo(-1);
            assertThat(stored.compressionType().id).isEqualTo((byte) (target == null ? source : target).id());
            assertThat(stored.maxTimestamp())
                    .isEqualTo(
                            appendTime
                                    ? Rules.NOW
                                    : records.stream()
                                            .mapToLong(SomeRecord::timestamp)
                                            .max()
                                            .getAsLong());
            assertThat(Kafka.read(accepted.batch()))
                    .isEqualTo(records.stream()
                            .map(record -> record.at(record.offset(), appendTime ? Rules.NOW : record.timestamp()))
                            .toList());
        });
    }

    @Test
    void takesWrappersWhoseInnerOffsetsAreOdd() {
        SomeRecord[] records = {record(5, "a", "b"), record(6, "c", "d"), record(7, "e", "f")};
        for (long wrapperOffset : new long[] {0, 2, 77}) {
            ByteBuf inner = own(Unpooled.directBuffer());
            for (SomeRecord record : records) {
                inner.writeBytes(legacy(1, Compression.NONE, record));
            }
            ByteBuf set = wrapper(1, Compression.GZIP, inner).setLong(0, wrapperOffset);
            assertThat(Kafka.read(accept(set, Rules.lenient(), 2).batch()))
                    .extracting(SomeRecord::offset)
                    .containsExactly(0L, 1L, 2L);
        }
    }

    @Test
    void refusesAWrongChecksum() {
        ByteBuf set = legacy(1, Compression.NONE, record(1, "a", "b"), record(1, "a", "b"));
        refuse(set.setByte(set.readableBytes() - 1, 'x'), Rules.lenient(), 2, ErrorCode.CORRUPT_MESSAGE);
    }

    @Test
    void refusesAWrongChecksumInsideAWrapper() {
        ByteBuf inner = legacy(1, Compression.NONE, record(1, "a", "b"), record(1, "a", "b"));
        inner.setByte(inner.readableBytes() - 1, 'x');
        refuse(wrapper(1, Compression.LZ4, inner), Rules.lenient(), 2, ErrorCode.CORRUPT_MESSAGE);
    }

    @Test
    void refusesMixedFormats() {
        ByteBuf zero = legacy(0, Compression.NONE, record(-1, "a", "b"));
        ByteBuf one = legacy(1, Compression.NONE, record(1, "a", "b"));
        ByteBuf two = batch(Compression.NONE, record(1, "a", "b"));
        refuse(join(zero, one), Rules.lenient(), 2, ErrorCode.INVALID_RECORD);
        refuse(join(one, zero), Rules.lenient(), 2, ErrorCode.INVALID_RECORD);
        refuse(join(one, two), Rules.lenient(), 2, ErrorCode.INVALID_RECORD);
    }

    @Test
    void refusesAnythingBesidesACompressedWrapper() {
        ByteBuf plain = legacy(1, Compression.NONE, record(1, "a", "b"));
        ByteBuf wrapped = legacy(1, Compression.SNAPPY, record(1, "a", "b"));
        refuse(join(wrapped, wrapped), Rules.lenient(), 2, ErrorCode.INVALID_RECORD);
        refuse(join(plain, wrapped), Rules.lenient(), 2, ErrorCode.INVALID_RECORD);
        refuse(join(wrapped, plain), Rules.lenient(), 2, ErrorCode.INVALID_RECORD);
    }

    @Test
    void refusesMessagesOfAnotherFormatInsideAWrapper() {
        ByteBuf inner = join(
                legacy(0, Compression.NONE, record(-1, "a", "b")), legacy(1, Compression.NONE, record(1, "a", "b")));
        Refused refused = refuse(wrapper(0, Compression.GZIP, inner), Rules.lenient(), 1, ErrorCode.INVALID_RECORD);
        assertThat(refused.recordErrors()).extracting(RecordError::index).containsExactly(1);
    }

    @Test
    void refusesCompressedMessagesInsideAWrapper() {
        ByteBuf inner = legacy(1, Compression.GZIP, record(1, "a", "b"));
        refuse(wrapper(1, Compression.GZIP, inner), Rules.lenient(), 1, ErrorCode.INVALID_RECORD);
    }

    @Test
    void refusesAWrapperWithNothingInside() {
        refuse(
                wrapper(1, Compression.GZIP, own(Unpooled.directBuffer())),
                Rules.lenient(),
                1,
                ErrorCode.INVALID_RECORD);
    }

    @Test
    void refusesZstdWhichTheseFormatsNeverHad() {
        ByteBuf inner = legacy(1, Compression.NONE, record(1, "a", "b"));
        refuse(wrapper(1, Compression.ZSTD, inner), Rules.lenient(), 2, ErrorCode.INVALID_RECORD);
    }

    @Test
    void refusesAnUndecodableWrapperAsAnErrorOfTheServer() {
        ByteBuf inner = legacy(1, Compression.NONE, record(1, "a", "b"));
        ByteBuf set = wrapper(1, Compression.NONE, inner);
        for (int codec : new int[] {1, 2, 3, 5, 6, 7}) {
            set.setByte(17, codec);
            fixLegacyChecksum(set);
            refuse(set, Rules.lenient(), 2, ErrorCode.UNKNOWN_SERVER_ERROR);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void namesTheRecordsWithoutAKeyInACompactedTopic(int magic) {
        SomeRecord keyless = record(-1, null, "v");
        ByteBuf wrapped = legacy(magic, Compression.GZIP, record(-1, "k", "v"), keyless, record(-1, "k", "v"), keyless);
        Refused refused = refuse(wrapped, Rules.lenient().compacted(), 2, ErrorCode.INVALID_RECORD);
        assertThat(refused.recordErrors()).extracting(RecordError::index).containsExactly(1, 3);

        ByteBuf plain = legacy(magic, Compression.NONE, record(-1, "k", "v"), keyless);
        refused = refuse(plain, Rules.lenient().compacted(), 2, ErrorCode.INVALID_RECORD);
        assertThat(refused.recordErrors()).extracting(RecordError::index).containsExactly(1);
    }

    @Test
    void holdsTimestampsOfFormat1AgainstTheRules() {
        Rules rules = Rules.lenient().timestampsWithin(1000, 1000);
        ByteBuf old = legacy(1, Compression.LZ4, record(Rules.NOW, "k", "v"), record(Rules.NOW - 1001, "k", "v"));
        Refused refused = refuse(old, rules, 2, ErrorCode.INVALID_TIMESTAMP);
        assertThat(refused.recordErrors()).extracting(RecordError::index).containsExactly(1);
        accept(legacy(0, Compression.LZ4, record(-1, "k", "v")), rules, 2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            names = {"ZSTD"},
            mode = EnumSource.Mode.EXCLUDE)
    void refusesTheAppendTimeBitOnATopicOfAppendTime(Compression codec) {
        ByteBuf set = own(Kafka.build(
                Kafka.Batch.of(1, codec).withAppendTime(), List.of(record(5, "k", "v"), record(6, "k", "v"))));
        refuse(set, Rules.lenient().logAppendTime(), 2, ErrorCode.INVALID_TIMESTAMP);
        assertThat(Kafka.read(accept(set, Rules.lenient(), 2).batch()))
                .extracting(SomeRecord::timestamp)
                .containsOnly(Kafka.APPEND_TIME);
    }

    @Test
    void measuresTheBatchBeforeAndAfterConversion() {
        List<SomeRecord> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add(record(-1, "k", "v"));
        }
        ByteBuf plain = own(Kafka.build(Kafka.Batch.of(0, Compression.NONE), many));
        refuse(plain, Rules.lenient().maxMessageBytes(5000), 0, ErrorCode.MESSAGE_TOO_LARGE);
        ByteBuf wrapped = own(Kafka.build(Kafka.Batch.of(0, Compression.GZIP), many));
        int size = wrapped.readableBytes();
        refuse(wrapped, Rules.lenient().maxMessageBytes(size - 1), 0, ErrorCode.MESSAGE_TOO_LARGE);
        Rules uncompressed = Rules.lenient().maxMessageBytes(size + 10).target(Compression.NONE);
        refuse(wrapped, uncompressed, 0, ErrorCode.MESSAGE_TOO_LARGE);
    }

    @Test
    void refusesBombs() {
        SomeRecord zeros = new SomeRecord(0, -1, null, new byte[8_000_000], List.of());
        for (Compression codec : new Compression[] {Compression.GZIP, Compression.SNAPPY, Compression.LZ4}) {
            ByteBuf bomb = legacy(0, codec, zeros);
            Rules rules = Rules.lenient().maxExpandedBytes(1_000_000);
            refuse(bomb, rules, 0, ErrorCode.MESSAGE_TOO_LARGE);
        }
        assertThat(allocator.peak()).isLessThan(4_000_000);
    }

    /** A message whose value is the compressed set, as no honest builder would make it. */
    private ByteBuf wrapper(int magic, Compression codec, ByteBuf inner) {
        ByteBuf value = own(Unpooled.directBuffer());
        codec.compress(inner, value, codec.defaultLevel());
        int size = (magic == 0 ? 14 : 22) + value.readableBytes();
        ByteBuf set = own(Unpooled.directBuffer()).writeLong(0).writeInt(size).writeInt(0);
        set.writeByte(magic).writeByte(codec.id());
        if (magic == 1) {
            set.writeLong(0);
        }
        set.writeInt(-1).writeInt(value.readableBytes()).writeBytes(value);
        fixLegacyChecksum(set);
        return set;
    }

    private static void fixLegacyChecksum(ByteBuf set) {
        CRC32 crc = new CRC32();
        crc.update(set.nioBuffer(16, set.readableBytes() - 16));
        set.setInt(12, (int) crc.getValue());
    }
}
