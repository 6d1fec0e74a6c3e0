package io.barnabas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Seeds;
import io.barnabas.wire.oracle.DenseEncoding;
import io.barnabas.wire.oracle.KafkaRelease;
import io.barnabas.wire.oracle.KafkaType;
import io.barnabas.wire.oracle.RandomEncoding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Frames that mean harm, for every version of every request and response: each ends in a message or in a clean refusal,
 * and none makes the reader allocate more than {@code 32 n + 64 KB} for n bytes.
 */
class HostileFramesTest {
    private static final int FRAMES_EACH = 5;
    private static final byte[][] LIES = {
        {0x7F, -1, -1, -1},
        {-1, -1, -1, -1},
        {-1, -1, -1, -1, 0x07},
        {-1, -1, -1, -1, 0x0F},
        {-1, -1, -1, -1, -1, -1},
        {-128, 0, 0, 0},
        {0x7F, -1},
        {-128, 0},
        {0, 0, 0x10, 0},
        {-1, 0x7F},
    };

    private interface Attack {
        byte[] frame(KafkaType schema, RandomGenerator random);
    }

    private static void survives(Attack attack) {
        int messages = 0;
        for (ApiKey key : ApiKey.values()) {
            for (short version = key.lowestVersion(); version <= key.highestVersion(); version++) {
                survives(key, true, version, attack);
                survives(key, false, version, attack);
                messages += 2;
            }
        }
        assertThat(messages).isEqualTo(2 * 364);
    }

    private static void survives(ApiKey key, boolean isRequest, short version, Attack attack) {
        String name = key.apiName() + (isRequest ? "Request" : "Response");
        KafkaType schema = KafkaRelease.describing(name, version).schema();
        Seeds.forEach(FRAMES_EACH, random -> {
            byte[] frame = attack.frame(schema, random);
            // The first time loads classes; the second is measured, on memory of the kind that the network has.
            boolean wasMessage = decode(key, isRequest, version, Unpooled.wrappedBuffer(frame));
            ByteBuf direct = Unpooled.directBuffer(frame.length).writeBytes(frame);
            long before = Allocation.ofThisThread();
            boolean isMessage = decode(key, isRequest, version, direct);
            long allocated = Allocation.ofThisThread() - before;
            direct.release();
            assertThat(isMessage).as("%s v%s", name, version).isEqualTo(wasMessage);
            assertThat(allocated)
                    .as("%s v%s, %s bytes, %s", name, version, frame.length, wasMessage ? "read" : "refused")
                    .isLessThanOrEqualTo(32L * frame.length + 65536);
        });
    }

    /** Anything but a message or a refusal fails the test. */
    private static boolean decode(ApiKey key, boolean isRequest, short version, ByteBuf frame) {
        try {
            ByteReader in = new ByteReader(frame);
            ApiMessage message = isRequest ? key.readRequest(in, version) : key.readResponse(in, version);
            assertThat(in.remaining()).isNotNegative();
            return message != null;
        } catch (MalformedMessageException refused) {
            return false;
        }
    }

    private static byte[] valid(KafkaType schema, RandomGenerator random) {
        return new RandomEncoding(random).of(schema);
    }

    @Test
    void survivesRandomBytes() {
        survives((schema, random) -> {
            byte[] frame = new byte[random.nextInt(4000)];
            random.nextBytes(frame);
            return frame;
        });
    }

    @Test
    void survivesBytesThatAreMostlySmallNumbers() {
        survives((schema, random) -> {
            byte[] frame = new byte[random.nextInt(4000)];
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(8) : random.nextInt(3) == 0 ? 1 : 0);
            }
            return frame;
        });
    }

    @Test
    void survivesFramesCutShort() {
        survives((schema, random) -> {
            byte[] frame = valid(schema, random);
            return Arrays.copyOf(frame, random.nextInt(frame.length + 1));
        });
    }

    @Test
    void survivesFlippedBits() {
        survives((schema, random) -> {
            byte[] frame = valid(schema, random);
            for (int flips = random.nextInt(1, 4); flips > 0 && frame.length > 0; flips--) {
                frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return frame;
        });
    }

    @Test
    void survivesLyingLengths() {
        survives((schema, random) -> {
            byte[] frame = valid(schema, random);
            byte[] lie = LIES[random.nextInt(LIES.length)];
            int at = random.nextInt(frame.length + 1);
            System.arraycopy(lie, 0, frame, at, Math.min(lie.length, frame.length - at));
            // What follows is long enough for many of the lies to look true.
            byte[] padded = Arrays.copyOf(frame, frame.length + random.nextInt(20_000));
            Arrays.fill(padded, frame.length, padded.length, (byte) random.nextInt(3));
            return padded;
        });
    }

    @Test
    void survivesDenseFrames() {
        survives((schema, random) -> new DenseEncoding(random).of(schema));
    }

    @Test
    void survivesDenseFramesCutShort() {
        survives((schema, random) -> {
            byte[] frame = new DenseEncoding(random).of(schema);
            return Arrays.copyOf(frame, random.nextInt(frame.length + 1));
        });
    }

    /** The same that the fuzzer searches for, on frames that are nearly right. */
    @Test
    void whatCanBeReadCanBeWrittenAndReadAgain() {
        int[] messages = {0, 0};
        for (ApiKey key : ApiKey.values()) {
            for (short version = key.lowestVersion(); version <= key.highestVersion(); version++) {
                for (int direction = 0; direction < 2; direction++) {
                    String name = key.apiName() + (direction == 0 ? "Request" : "Response");
                    KafkaType schema = KafkaRelease.describing(name, version).schema();
                    byte[] choice = {(byte) key.id(), (byte) (version - key.lowestVersion()), (byte) direction};
                    Seeds.forEach(FRAMES_EACH, random -> {
                        byte[] frame = valid(schema, random);
                        for (int flips = random.nextInt(3); flips > 0 && frame.length > 0; flips--) {
                            frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
                        }
                        byte[] input = Arrays.copyOf(choice, choice.length + frame.length);
                        System.arraycopy(frame, 0, input, choice.length, frame.length);
                        messages[RoundTrip.check(input) ? 0 : 1]++;
                    });
                }
            }
        }
        assertThat(messages[0]).as("read").isGreaterThan(2 * 364);
        assertThat(messages[1]).as("refused").isGreaterThan(364);
    }
}
