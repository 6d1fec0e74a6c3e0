package io.barnabas.wire.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.Seeds;
import io.barnabas.wire.ByteReader;
import io.barnabas.wire.ByteWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.utils.internals.ByteUtils;
import org.junit.jupiter.api.Test;

class VarintsTest {
    private final ByteBuf ours = Unpooled.buffer(16);
    private final ByteBuffer theirs = ByteBuffer.allocate(16);

    @Test
    @Acceptance(103)
    void readsAndWritesNumbersWithoutASignAsKafkaDoes() {
        Seeds.forEach(2000, random -> {
            long value = random.nextInt() & 0xFFFF_FFFFL;
            new ByteWriter(ours.clear()).writeUint32(value);
            ByteUtils.writeUnsignedInt(theirs.clear(), value);
            assertSameBytes();
            assertThat(new ByteReader(ours.duplicate()).readUint32()).isEqualTo(value);
            assertThat(ours.getUnsignedIntLE(0))
                    .isEqualTo(Integer.toUnsignedLong(ByteUtils.readUnsignedIntLE(ours.array(), 0)));
        });
    }

    @Test
    @Acceptance(103)
    void writesAndMeasuresUnsignedNumbersAsKafkaDoes() {
        Seeds.forEach(2000, random -> {
            int value = anyInt(random);
            Varints.writeUnsigned(ours.clear(), value);
            ByteUtils.writeUnsignedVarint(value, theirs.clear());
            assertSameBytes();
            assertThat(Varints.sizeOfUnsigned(value)).isEqualTo(ByteUtils.sizeOfUnsignedVarint(value));
            assertThat(Varints.readUnsigned(ours)).isEqualTo(value);
        });
    }

    @Test
    void writesAndMeasuresSignedNumbersAsKafkaDoes() {
        Seeds.forEach(2000, random -> {
            int value = anyInt(random);
            Varints.write(ours.clear(), value);
            ByteUtils.writeVarint(value, theirs.clear());
            assertSameBytes();
            assertThat(Varints.sizeOf(value)).isEqualTo(ByteUtils.sizeOfVarint(value));
            assertThat(RecordParser.valueOf(RecordParser.varint(theirs, 0, theirs.limit())))
                    .isEqualTo(value);
            assertThat(RecordParser.indexOf(RecordParser.varint(theirs, 0, theirs.limit())))
                    .isEqualTo(theirs.limit());
            assertThat(Varints.read(ours)).isEqualTo(value);
        });
    }

    @Test
    void writesAndMeasuresLongNumbersAsKafkaDoes() {
        Seeds.forEach(2000, random -> {
            long value = random.nextLong() >> random.nextInt(64);
            Varints.write(ours.clear(), value);
            ByteUtils.writeVarlong(value, theirs.clear());
            assertSameBytes();
            assertThat(Varints.sizeOf(value)).isEqualTo(ByteUtils.sizeOfVarlong(value));
            assertThat(Varints.readLong(ours)).isEqualTo(value);
        });
    }

    @Test
    @Acceptance(103)
    void readsAnyBytesAsKafkaDoesOrRefusesThemWhereKafkaDoes() {
        Seeds.forEach(3000, random -> {
            byte[] bytes = new byte[1 + random.nextInt(11)];
            random.nextBytes(bytes);
            for (int i = random.nextInt(bytes.length + 1); i > 0; i--) {
                bytes[i - 1] |= (byte) 0x80;
            }
            assertSame(() -> (long) Varints.readUnsigned(Unpooled.wrappedBuffer(bytes)), () ->
                    (long) ByteUtils.readUnsignedVarint(ByteBuffer.wrap(bytes)));
            assertSame(() -> (long) Varints.read(Unpooled.wrappedBuffer(bytes)), () ->
                    (long) ByteUtils.readVarint(ByteBuffer.wrap(bytes)));
            assertSame(
                    () -> (long) RecordParser.valueOf(RecordParser.varint(ByteBuffer.wrap(bytes), 0, bytes.length)),
                    () -> (long) ByteUtils.readVarint(ByteBuffer.wrap(bytes)));
            assertSame(
                    () -> Varints.readLong(Unpooled.wrappedBuffer(bytes)),
                    () -> ByteUtils.readVarlong(ByteBuffer.wrap(bytes)));
        });
    }

    private static void assertSame(java.util.function.Supplier<Long> ours, java.util.function.Supplier<Long> theirs) {
        long expected;
        try {
            expected = theirs.get();
        } catch (IllegalArgumentException | java.nio.BufferUnderflowException refused) {
            assertThatThrownBy(ours::get).isInstanceOf(UnreadableRecordsException.class);
            return;
        }
        assertThat(ours.get()).isEqualTo(expected);
    }

    private void assertSameBytes() {
        assertThat(ours.nioBuffer()).isEqualTo(theirs.flip());
    }

    private static int anyInt(RandomGenerator random) {
        return random.nextInt() >> random.nextInt(32);
    }
}
