package io.barnabas.wire.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.record.ValidationOutcome.Refused;
import io.netty.buffer.ByteBuf;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every reason for which a batch of format 2 is refused, in the order in which they are looked for. */
class BatchValidatorErrorsTest extends ValidationTestBase {
    private static final SomeRecord ONE = record(Rules.NOW, "k", "v");

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 8, 13})
    void refusesASetWithoutACompleteBatch(int version) {
        ByteBuf batch = batch(Compression.NONE, ONE);
        refuse(batch.slice(0, 0), Rules.lenient(), version, ErrorCode.INVALID_RECORD);
        refuse(batch.slice(0, 11), Rules.lenient(), version, ErrorCode.INVALID_RECORD);
        refuse(batch.slice(0, 16), Rules.lenient(), version, ErrorCode.INVALID_RECORD);
        refuse(batch.slice(0, batch.readableBytes() - 1), Rules.lenient(), version, ErrorCode.INVALID_RECORD);
    }

    @Test
    void refusesASecondBatchSinceProduce3() {
        ByteBuf batch = batch(Compression.NONE, ONE);
        refuse(join(batch, batch), Rules.lenient(), 3, ErrorCode.INVALID_RECORD);
        refuse(join(batch, batch), Rules.lenient(), NEWEST, ErrorCode.INVALID_RECORD);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void refusesOldFormatsSinceProduce3(int magic) {
        ByteBuf set = legacy(magic, Compression.NONE, record(-1, "k", "v"));
        refuse(set, Rules.lenient(), 3, ErrorCode.INVALID_RECORD);
        accept(set, Rules.lenient(), 2);
    }

    @Test
    void refusesZstdBelowProduce7() {
        ByteBuf batch = batch(Compression.ZSTD, ONE);
        for (int version = 0; version < 7; version++) {
            refuse(batch, Rules.lenient(), version, ErrorCode.UNSUPPORTED_COMPRESSION_TYPE);
        }
        accept(batch, Rules.lenient(), 7);
    }

    @Test
    void acceptsOtherCodecsBelowProduce7ForATopicOfZstd() {
        ByteBuf stored = accept(batch(Compression.LZ4, ONE), Rules.lenient().target(Compression.ZSTD), 3)
                .batch();
        assertThat(Kafka.onlyBatch(stored).compressionType().name).isEqualTo("zstd");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, 100})
    void refusesUnknownFormats(int magic) {
        ByteBuf batch = batch(Compression.NONE, ONE).setByte(16, magic);
        refuse(batch, Rules.lenient(), NEWEST, ErrorCode.CORRUPT_MESSAGE);
        refuse(batch, Rules.lenient(), 0, ErrorCode.CORRUPT_MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 13, 48})
    void refusesLengthsShorterThanAHeader(int length) {
        refuse(batch(Compression.NONE, ONE).setInt(8, length), Rules.lenient(), NEWEST, ErrorCode.CORRUPT_MESSAGE);
    }

    @Test
    void refusesABaseOffsetOtherThanZero() {
        refuse(batch(Compression.NONE, ONE).setLong(0, 1), Rules.lenient(), NEWEST, ErrorCode.INVALID_RECORD);
    }

    @Test
    void looksAtTheBaseOffsetBeforeTheSizeAndAtTheSizeBeforeTheChecksum() {
        ByteBuf batch = batch(Compression.NONE, ONE).setByte(60, 9);
        Rules small = Rules.lenient().maxMessageBytes(batch.readableBytes() - 1);
        refuse(batch, small, NEWEST, ErrorCode.MESSAGE_TOO_LARGE);
        refuse(batch.setLong(0, 1), small, NEWEST, ErrorCode.INVALID_RECORD);
    }

    @Test
    void refusesABatchOverTheLimitAndAcceptsOneAtTheLimit() {
        ByteBuf batch = batch(Compression.GZIP, ONE);
        int size = batch.readableBytes();
        refuse(batch, Rules.lenient().maxMessageBytes(size - 1), NEWEST, ErrorCode.MESSAGE_TOO_LARGE);
        accept(batch, Rules.lenient().maxMessageBytes(size), NEWEST);
    }

    @Test
    void measuresAgainAfterCompressingAnew() {
        SomeRecord large = record(Rules.NOW, "k", "v".repeat(1000));
        Rules rules = Rules.lenient().maxMessageBytes(900).target(Compression.NONE);
        refuse(batch(Compression.GZIP, large), rules, NEWEST, ErrorCode.MESSAGE_TOO_LARGE);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void refusesAWrongChecksum(Compression codec) {
        ByteBuf batch = batch(codec, ONE, ONE);
        batch.setByte(batch.readableBytes() - 2, batch.getByte(batch.readableBytes() - 2) ^ 1);
        refuse(batch, Rules.lenient(), NEWEST, ErrorCode.CORRUPT_MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7})
    void refusesUnknownCodecsAsAnErrorOfTheServer(int codec) {
        ByteBuf batch = batch(bytes -> bytes.setShort(21, codec), Compression.NONE, ONE);
        refuse(batch, Rules.lenient(), NEWEST, ErrorCode.UNKNOWN_SERVER_ERROR);
    }

    @Test
    void refusesOneBatchMoreBelowProduce3() {
        ByteBuf batch = batch(Compression.NONE, ONE);
        refuse(join(batch, batch), Rules.lenient(), 2, ErrorCode.INVALID_RECORD);
        refuse(join(batch, legacy(1, Compression.NONE, ONE)), Rules.lenient(), 2, ErrorCode.INVALID_RECORD);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void refusesACountThatDoesNotFitTheOffsets(int count) {
        ByteBuf batch = batch(bytes -> bytes.setInt(57, count), Compression.NONE, ONE, ONE);
        refuse(batch, Rules.lenient(), NEWEST, ErrorCode.INVALID_RECORD);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void refusesALastOffsetThatDoesNotFitTheCount(int lastOffsetDelta) {
        ByteBuf batch = batch(bytes -> bytes.setInt(23, lastOffsetDelta), Compression.NONE, ONE, ONE);
        refuse(batch, Rules.lenient(), NEWEST, ErrorCode.INVALID_RECORD);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void refusesFewerOrMoreRecordsThanCounted(Compression codec) {
        for (int count : new int[] {1, 3, 1000, Integer.MAX_VALUE}) {
            ByteBuf batch = batch(bytes -> bytes.setInt(57, count).setInt(23, count - 1), codec, ONE, ONE);
            refuse(batch, Rules.lenient(), NEWEST, ErrorCode.INVALID_RECORD);
        }
    }

    @Test
    void refusesMalformedRecordBytes() {
        int first = BatchHeader.HEADER_BYTES;
        for (int at = first; at < first + 9; at++) {
            int where = at;
            if (at == first + 1 || at == first + 2 || at == first + 3 || at == first + 5 || at == first + 7) {
                continue; // attributes, the two deltas, key and value may be anything
            }
            ByteBuf batch = batch(bytes -> bytes.setByte(where, 0x0D), Compression.NONE, ONE);
            refuse(batch, Rules.lenient(), NEWEST, ErrorCode.INVALID_RECORD);
        }
    }

    @Test
    void refusesControlBatches() {
        ByteBuf batch = batch(bytes -> bytes.setShort(21, BatchHeader.CONTROL), Compression.NONE, ONE);
        refuse(batch, Rules.lenient(), NEWEST, ErrorCode.INVALID_RECORD);
        ByteBuf marker = own(new EndTxnMarker(true, 0).build(1, (short) 0, 1, allocator));
        Refused refused =
                (Refused) BatchValidator.validate(marker, Rules.lenient().rules(), NEWEST, Rules.NOW, allocator);
        assertThat(refused.error()).isEqualTo(ErrorCode.INVALID_RECORD);
    }

    @Test
    void refusesAProducerWithoutASequence() {
        ByteBuf batch = batch(bytes -> bytes.setLong(43, 0), Compression.NONE, ONE);
        refuse(batch, Rules.lenient(), NEWEST, ErrorCode.INVALID_RECORD);
        ByteBuf none = batch(bytes -> bytes.setInt(53, 5), Compression.NONE, ONE);
        accept(none, Rules.lenient(), NEWEST);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void namesTheRecordsWithoutAKeyInACompactedTopic(Compression codec) {
        SomeRecord keyless = record(Rules.NOW, null, "v");
        ByteBuf batch = batch(codec, ONE, keyless, ONE, keyless);
        Refused refused = refuse(batch, Rules.lenient().compacted(), NEWEST, ErrorCode.INVALID_RECORD);
        assertThat(refused.recordErrors()).extracting(RecordError::index).containsExactly(1, 3);
        accept(batch, Rules.lenient(), NEWEST);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void namesTheRecordsOutOfTheTimeThatIsAllowed(Compression codec) {
        Rules rules = Rules.lenient().timestampsWithin(100, 200);
        ByteBuf batch = batch(
                codec,
                record(Rules.NOW - 100, "k", "v"),
                record(Rules.NOW - 101, "k", "v"),
                record(Rules.NOW + 200, "k", "v"),
                record(Rules.NOW + 201, "k", "v"),
                record(-1, "k", "v"));
        Refused refused = refuse(batch, rules, NEWEST, ErrorCode.INVALID_TIMESTAMP);
        assertThat(refused.recordErrors()).extracting(RecordError::index).containsExactly(1, 3);
        accept(batch, rules.logAppendTime(), NEWEST);
    }

    @Test
    void callsABatchWithBothFaultsOneOfTimestamps() {
        Rules rules = Rules.lenient().timestampsWithin(100, 200).compacted();
        ByteBuf batch = batch(Compression.NONE, record(Rules.NOW, null, "v"), record(1, "k", "v"));
        Refused refused = refuse(batch, rules, NEWEST, ErrorCode.INVALID_TIMESTAMP);
        assertThat(refused.recordErrors()).hasSize(2);
    }

    @Test
    void namesNoMoreRecordsThanAClientNeedsToSee() {
        SomeRecord[] keyless = Collections.nCopies(5000, record(1, null, "v")).toArray(SomeRecord[]::new);
        Refused refused =
                refuse(batch(Compression.ZSTD, keyless), Rules.lenient().compacted(), NEWEST, ErrorCode.INVALID_RECORD);
        assertThat(refused.recordErrors()).hasSize(RecordCheck.MAX_RECORD_ERRORS);
    }

    @Test
    void refusesTheAppendTimeBitOnATopicOfAppendTime() {
        ByteBuf batch = batch(bytes -> bytes.setShort(21, BatchHeader.LOG_APPEND_TIME), Compression.NONE, ONE);
        Refused refused = refuse(batch, Rules.lenient().logAppendTime(), NEWEST, ErrorCode.INVALID_TIMESTAMP);
        assertThat(refused.recordErrors()).hasSize(1);
    }

    @Test
    void clearsTheAppendTimeBitOnATopicOfCreateTimeUnlessThereIsNoTime() {
        ByteBuf batch = batch(bytes -> bytes.setShort(21, BatchHeader.LOG_APPEND_TIME), Compression.NONE, ONE);
        ByteBuf stored = accept(batch, Rules.lenient(), NEWEST).batch();
        assertThat(BatchHeader.attributes(stored, 0)).isZero();
        assertThat(Kafka.read(stored)).containsExactly(ONE);

        ByteBuf timeless =
                batch(bytes -> bytes.setShort(21, BatchHeader.LOG_APPEND_TIME), Compression.NONE, record(-1, "k", "v"));
        refuse(timeless, Rules.lenient(), NEWEST, ErrorCode.INVALID_TIMESTAMP);
    }

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            names = {"NONE"},
            mode = EnumSource.Mode.EXCLUDE)
    void refusesStreamsThatCannotBeDecompressedAsAnErrorOfTheServer(Compression codec) {
        ByteBuf batch = batch(bytes -> bytes.setShort(21, codec.id()), Compression.NONE, ONE);
        refuse(batch, Rules.lenient(), NEWEST, ErrorCode.UNKNOWN_SERVER_ERROR);
    }

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            names = {"NONE"},
            mode = EnumSource.Mode.EXCLUDE)
    void refusesBombsWithLittleMemory(Compression codec) {
        SomeRecord zeros = new SomeRecord(0, Rules.NOW, null, new byte[30_000_000], java.util.List.of());
        ByteBuf bomb = batch(codec, zeros);
        refuse(bomb, Rules.lenient().maxExpandedBytes(10_000_000), NEWEST, ErrorCode.MESSAGE_TOO_LARGE);
        accept(bomb, Rules.lenient(), NEWEST);
        assertThat(allocator.peak()).isLessThan(256 * 1024);
    }
}
