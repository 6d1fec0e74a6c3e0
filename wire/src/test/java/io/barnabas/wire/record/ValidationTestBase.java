package io.barnabas.wire.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.record.ValidationOutcome.Accepted;
import io.barnabas.wire.record.ValidationOutcome.Refused;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;

/** Runs the validator and watches what it must never do: leak, or touch what it refuses. */
abstract class ValidationTestBase {
    static final short NEWEST = 13;

    final PeakAllocator allocator = new PeakAllocator();
    private final List<ByteBuf> mine = new ArrayList<>();

    @AfterEach
    void nothingLeaks() {
        mine.forEach(ByteBuf::release);
        assertThat(allocator.used()).isZero();
    }

    /** Releases the buffer when the test ends. */
    ByteBuf own(ByteBuf buffer) {
        mine.add(buffer);
        return buffer;
    }

    ValidationOutcome validate(ByteBuf records, Rules rules, int version) {
        byte[] before = ByteBufUtil.getBytes(records);
        int reader = records.readerIndex();
        long used = allocator.used();
        ValidationOutcome outcome =
                BatchValidator.validate(records, rules.rules(), (short) version, Rules.NOW, allocator);
        assertThat(records.readerIndex()).isEqualTo(reader);
        if (outcome instanceof Refused) {
            assertThat(ByteBufUtil.getBytes(records))
                    .as("a refused batch is untouched")
                    .isEqualTo(before);
            assertThat(allocator.used()).isEqualTo(used);
        } else if (outcome instanceof Accepted accepted && accepted.rewritten()) {
            assertThat(ByteBufUtil.getBytes(records))
                    .as("a rewritten batch is untouched")
                    .isEqualTo(before);
            own(accepted.batch());
        }
        return outcome;
    }

    Accepted accept(ByteBuf records, Rules rules, int version) {
        return validate(records, rules, version).fold(accepted -> accepted, refused -> {
            throw new AssertionError(refused.toString());
        });
    }

    Refused refuse(ByteBuf records, Rules rules, int version, ErrorCode error) {
        Refused seen = validate(records, rules, version)
                .fold(
                        accepted -> {
                            throw new AssertionError("accepted");
                        },
                        refused -> refused);
        assertThat(seen.error()).as(seen.message()).isEqualTo(error);
        assertThat(seen.message()).isNotBlank();
        return seen;
    }

    ByteBuf batch(Compression codec, SomeRecord... records) {
        return own(Kafka.build(Kafka.Batch.of(2, codec), List.of(records)));
    }

    /** A batch of format 2 in which something was changed; its checksum is right again. */
    ByteBuf batch(Consumer<ByteBuf> change, Compression codec, SomeRecord... records) {
        ByteBuf batch = batch(codec, records);
        change.accept(batch);
        fixChecksum(batch);
        return batch;
    }

    ByteBuf legacy(int magic, Compression codec, SomeRecord... records) {
        return own(Kafka.build(Kafka.Batch.of(magic, codec), List.of(records)));
    }

    ByteBuf join(ByteBuf... parts) {
        ByteBuf all = own(Unpooled.directBuffer());
        for (ByteBuf part : parts) {
            all.writeBytes(part, part.readerIndex(), part.readableBytes());
        }
        return all;
    }

    static void fixChecksum(ByteBuf batch) {
        batch.setInt(17, BatchChecksum.compute(batch, 0, batch.readableBytes()));
    }

    static SomeRecord record(long timestamp, String key, String value) {
        return new SomeRecord(
                0, timestamp, key == null ? null : key.getBytes(), value == null ? null : value.getBytes(), List.of());
    }
}
