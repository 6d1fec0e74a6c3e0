package io.barnabas.wire.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.testkit.Seeds;
import io.barnabas.wire.record.UnreadableRecordsException.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.utils.internals.BufferSupplier;
import org.apache.kafka.common.utils.internals.ByteBufferOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xerial.snappy.Snappy;

class CompressionTest {
    private static final int BOUND = 4_000_000;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);

    @AfterEach
    void nothingLeaks() {
        assertThat(allocator.metric().usedDirectMemory()).isZero();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void writesStreamsThatKafkaReads(Compression codec) {
        Seeds.forEach(30, random -> {
            byte[] bytes = bytes(random);
            assertThat(readByKafka(codec, compress(codec, bytes, codec.defaultLevel()), 2))
                    .isEqualTo(bytes);
        });
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void readsStreamsThatKafkaWrites(Compression codec) {
        Seeds.forEach(30, random -> {
            byte[] bytes = bytes(random);
            assertThat(decompress(codec, writtenByKafka(codec, bytes, 2), BOUND))
                    .isEqualTo(bytes);
        });
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void worksWithBuffersOnTheHeapToo(Compression codec) {
        byte[] bytes = bytes(Seeds.random(7));
        ByteBuf source = Unpooled.wrappedBuffer(bytes);
        ByteBuf target = Unpooled.buffer().writeInt(5);
        codec.compress(source, target, codec.defaultLevel());
        assertThat(source.readableBytes()).isEqualTo(bytes.length);
        assertThat(target.readInt()).isEqualTo(5);
        assertThat(decompress(codec, ByteBufUtil.getBytes(target), BOUND)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            names = {"GZIP", "LZ4", "ZSTD"})
    void compressesHarderAtHigherLevels(Compression codec) throws IOException {
        byte[] bytes = "a letter to the castle, and another one, and one more; "
                .repeat(3000)
                .getBytes();
        for (int i = 0; i < bytes.length; i += 7) {
            bytes[i] ^= (byte) (i * 31 >> 5 & 3);
        }
        byte[] low = compress(codec, bytes, Math.max(1, codec.lowestLevel()));
        byte[] high = compress(codec, bytes, Math.min(12, codec.highestLevel()));
        assertThat(high.length).isLessThan(low.length);
        assertThat(readByKafka(codec, high, 2)).isEqualTo(bytes);
        assertThat(readByKafka(codec, low, 2)).isEqualTo(bytes);
    }

    @Test
    void readsLz4OfFormat0WithItsHistoricHeaderChecksum() throws IOException {
        byte[] bytes = bytes(Seeds.random(3));
        byte[] historic = writtenByKafka(Compression.LZ4, bytes, 0);
        ByteBuf source = Unpooled.wrappedBuffer(historic);
        ByteBuf all = allocator.directBuffer();
        try (Decompressor stream = Compression.LZ4.decompressor(source, true, BOUND, allocator)) {
            stream.drainTo(all);
            assertThat(ByteBufUtil.getBytes(all)).isEqualTo(bytes);
        } finally {
            all.release();
        }
        assertRefused(Compression.LZ4, historic, Reason.UNDECODABLE);
    }

    @Test
    void writesTheLz4HeaderThatKafkaWrites() throws IOException {
        byte[] ours = compress(Compression.LZ4, new byte[] {1, 2, 3}, Compression.LZ4.defaultLevel());
        assertThat(ours).isEqualTo(writtenByKafka(Compression.LZ4, new byte[] {1, 2, 3}, 2));
        assertThat(ByteBufUtil.hexDump(ours)).startsWith("04224d18604082").endsWith("00000000");
    }

    @Test
    void readsSnappyWithoutFraming() throws IOException {
        byte[] bytes = bytes(Seeds.random(5));
        assertThat(decompress(Compression.SNAPPY, Snappy.compress(bytes), BOUND))
                .isEqualTo(bytes);
    }

    @Test
    void readsGzipAndZstdOfSeveralMembers() throws IOException {
        byte[] bytes = bytes(Seeds.random(6));
        for (Compression codec : new Compression[] {Compression.GZIP, Compression.ZSTD, Compression.SNAPPY}) {
            byte[] once = writtenByKafka(codec, bytes, 2);
            byte[] twice =
                    ByteBuffer.allocate(2 * once.length).put(once).put(once).array();
            byte[] expected =
                    ByteBuffer.allocate(2 * bytes.length).put(bytes).put(bytes).array();
            assertThat(decompress(codec, twice, BOUND)).as(codec.name()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            names = {"NONE"},
            mode = EnumSource.Mode.EXCLUDE)
    void stopsAtTheBoundWhateverAFewBytesStandFor(Compression codec) {
        byte[] bomb = compress(codec, new byte[40_000_000], codec.defaultLevel());
        UnpooledByteBufAllocator watched = new UnpooledByteBufAllocator(true);
        ByteBuf source = Unpooled.directBuffer().writeBytes(bomb);
        assertThatThrownBy(() -> codec.decompress(source, 100_000, watched))
                .isInstanceOfSatisfying(
                        UnreadableRecordsException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.EXPANDS_TOO_FAR));
        assertThat(watched.metric().usedDirectMemory()).isZero();
        source.release();
        assertThat(decompress(codec, compress(codec, new byte[100_000], codec.defaultLevel()), 100_000))
                .isEqualTo(new byte[100_000]);
        assertThatThrownBy(() -> decompress(codec, compress(codec, new byte[100_001], codec.defaultLevel()), 100_000))
                .isInstanceOf(UnreadableRecordsException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            names = {"NONE"},
            mode = EnumSource.Mode.EXCLUDE)
    void refusesDamagedAndCutOffStreamsOrReadsThemAsKafkaDoes(Compression codec) {
        Seeds.forEach(150, random -> {
            byte[] damaged = writtenByKafka(codec, bytes(random), 2);
            if (random.nextBoolean()) {
                damaged = java.util.Arrays.copyOf(damaged, random.nextInt(damaged.length));
            } else {
                for (int i = 1 + random.nextInt(3); i > 0; i--) {
                    damaged[random.nextInt(Math.min(damaged.length, random.nextBoolean() ? 40 : damaged.length))] ^=
                            (byte) (1 << random.nextInt(8));
                }
            }
            byte[] read;
            try {
                read = decompress(codec, damaged, BOUND);
            } catch (UnreadableRecordsException refused) {
                return;
            }
            assertThat(readByKafka(codec, damaged, 2)).isEqualTo(read);
        });
    }

    @Test
    void knowsTheIdsOfBatchAttributes() {
        assertThat(Compression.of(0)).isEqualTo(Compression.NONE);
        assertThat(Compression.of(4)).isEqualTo(Compression.ZSTD);
        assertThat(Compression.of(5)).isNull();
        assertThat(Compression.of(-1)).isNull();
        for (Compression codec : Compression.values()) {
            assertThat(Kafka.compression(codec).type().name).isEqualTo(codec.configName());
            assertThat(codec.isAvailable()).isTrue();
        }
    }

    private void assertRefused(Compression codec, byte[] bytes, Reason reason) {
        assertThatThrownBy(() -> decompress(codec, bytes, BOUND))
                .isInstanceOfSatisfying(
                        UnreadableRecordsException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private byte[] compress(Compression codec, byte[] bytes, int level) {
        ByteBuf source = allocator.directBuffer().writeBytes(bytes);
        ByteBuf target = allocator.directBuffer();
        try {
            codec.compress(source, target, level);
            return ByteBufUtil.getBytes(target);
        } finally {
            source.release();
            target.release();
        }
    }

    private byte[] decompress(Compression codec, byte[] compressed, int bound) {
        ByteBuf source = allocator.directBuffer().writeBytes(compressed);
        try {
            ByteBuf all = codec.decompress(source, bound, allocator);
            byte[] bytes = ByteBufUtil.getBytes(all);
            all.release();
            return bytes;
        } finally {
            source.release();
        }
    }

    private static byte[] readByKafka(Compression codec, byte[] compressed, int magic) throws IOException {
        try (InputStream in = Kafka.compression(codec)
                .wrapForInput(ByteBuffer.wrap(compressed), (byte) magic, BufferSupplier.NO_CACHING)) {
            return in.readAllBytes();
        }
    }

    private static byte[] writtenByKafka(Compression codec, byte[] bytes, int magic) throws IOException {
        ByteBufferOutputStream target = new ByteBufferOutputStream(512);
        try (DataOutputStream out =
                new DataOutputStream(Kafka.compression(codec).wrapForOutput(target, (byte) magic))) {
            out.write(bytes);
        }
        return SomeRecord.bytes(target.buffer().flip());
    }

    /** Nothing, little, or several blocks; in part compressible. */
    private static byte[] bytes(RandomGenerator random) {
        byte[] bytes = new byte[random.nextInt(5) == 0 ? random.nextInt(4) : random.nextInt(200_000)];
        int compressible = random.nextInt(bytes.length + 1);
        for (int i = 0; i < compressible; i++) {
            bytes[i] = (byte) ("barnabas".charAt(i & 7) + (i >> 9));
        }
        for (int i = compressible; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        return bytes;
    }
}
