package io.barnabas.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Seeds;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {
    private static final int MAX_FRAME = 100_000;

    private final MemoryBudget budget = new MemoryBudget(1 << 20);
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private int grants;
    private final FrameDecoder decoder = new FrameDecoder(MAX_FRAME, budget, allocator, () -> grants++);

    @Test
    void cutsAnySequenceOfReadsIntoTheFramesThatWereSent() {
        Seeds.forEach(200, random -> {
            List<byte[]> frames = frames(random);
            assertThat(received(random, frames)).containsExactlyElementsOf(frames);
            assertThat(budget.usedBytes()).isZero();
            assertThat(budget.lentBytes()).isZero();
        });
    }

    @Test
    void readsTheRestOfALargeFrameIntoTheFrameItself() {
        decoder.offer(Unpooled.buffer().writeInt(10_000).writeBytes(new byte[100]));
        assertThat(decoder.poll()).isNull();

        ByteBuf target = decoder.receiveBuffer();
        assertThat(target.writableBytes()).isEqualTo(9_900);
        target.writeByte(42).writeBytes(new byte[9_899]);
        decoder.offer(target);
        ByteBuf frame = decoder.poll();

        assertThat(frame.readableBytes()).isEqualTo(10_000);
        assertThat(frame.getByte(100)).isEqualTo((byte) 42);
        assertThat(decoder.receiveBuffer())
                .as("between frames any buffer will do")
                .isNull();
        frame.release();
    }

    @Test
    void readsOnIntoTheSameBufferWhereTheFrameFitsInIt() {
        ByteBuf first = allocator.directBuffer(20_000).writeInt(10_000).writeByte(42);
        decoder.offer(first);
        assertThat(decoder.poll()).isNull();

        ByteBuf target = decoder.receiveBuffer();
        assertThat(target.writableBytes()).as("frames may follow").isEqualTo(19_995);
        assertThat(target.memoryAddress()).isEqualTo(first.memoryAddress() + 5);
        decoder.offer(target.writeBytes(new byte[9_998]).writeByte(43));
        ByteBuf frame = decoder.poll();

        assertThat(frame.readableBytes()).isEqualTo(10_000);
        assertThat(frame.getByte(0)).isEqualTo((byte) 42);
        assertThat(frame.getByte(9_999)).isEqualTo((byte) 43);
        frame.release();
        assertThat(first.refCnt()).isZero();
    }

    @Test
    void readsWhatFollowsASmallFrameIntoTheSameBuffer() {
        decoder.roomFor(20_000);
        decoder.offer(Unpooled.buffer().writeInt(5_000).writeByte(42));
        assertThat(decoder.poll()).isNull();

        ByteBuf target = decoder.receiveBuffer();
        assertThat(target.writableBytes()).isEqualTo(19_999);
        target.writeBytes(new byte[4_999]).writeBytes(frames(3)).writeBytes(new byte[2]);
        decoder.offer(target);
        ByteBuf first = decoder.poll();
        ByteBuf second = decoder.poll();

        assertThat(first.readableBytes()).isEqualTo(5_000);
        assertThat(first.getByte(0)).isEqualTo((byte) 42);
        assertThat(second.readableBytes()).isEqualTo(3);
        assertThat(decoder.poll()).isNull();
        assertThat(decoder.isWithinFrame()).isTrue();
        decoder.close();
        first.release();
        second.release();
        assertThat(target.refCnt()).isZero();
    }

    @Test
    void collectsAFrameThatIsTooLargeForCompanyInABufferOfItsOwn() {
        decoder.roomFor(FrameDecoder.LARGEST_IN_COMPANY * 2);
        for (int length : new int[] {FrameDecoder.LARGEST_IN_COMPANY, FrameDecoder.LARGEST_IN_COMPANY + 1}) {
            decoder.offer(Unpooled.buffer().writeInt(length).writeByte(42));
            assertThat(decoder.poll()).isNull();

            ByteBuf target = decoder.receiveBuffer();
            assertThat(target.writableBytes())
                    .isEqualTo(length == FrameDecoder.LARGEST_IN_COMPANY ? 2 * length - 1 : length - 1);
            decoder.offer(target.writeBytes(new byte[length - 1]));
            ByteBuf frame = decoder.poll();
            assertThat(frame.readableBytes()).isEqualTo(length);
            assertThat(frame.getByte(0)).isEqualTo((byte) 42);
            frame.release();
        }
    }

    @Test
    void givesAFrameNoMoreRoomThanItNeedsWhenRoomIsShort() {
        MemoryBudget little = new MemoryBudget(30_000);
        FrameDecoder first = new FrameDecoder(MAX_FRAME, little, allocator, () -> grants++);
        FrameDecoder second = new FrameDecoder(MAX_FRAME, little, allocator, () -> grants++);
        FrameDecoder third = new FrameDecoder(MAX_FRAME, little, allocator, () -> grants++);
        first.roomFor(25_000);
        second.roomFor(25_000);
        assertThat(roomFor5000(first, Unpooled.buffer())).isEqualTo(25_000);
        assertThat(little.lentBytes()).isEqualTo(20_000);
        assertThat(roomFor5000(second, Unpooled.buffer())).isEqualTo(5_000);
        assertThat(roomFor5000(third, allocator.directBuffer(40_000))).isEqualTo(5_000);

        first.close();
        assertThat(little.lentBytes()).isZero();
        second.close();
        third.close();
        assertThat(little.usedBytes()).isZero();
    }

    /** How many bytes one read may bring of a frame, of which one has come, and of what follows. */
    private static int roomFor5000(FrameDecoder decoder, ByteBuf begin) {
        decoder.offer(begin.writeInt(5_000).writeByte(42));
        assertThat(decoder.poll()).isNull();
        ByteBuf target = decoder.receiveBuffer();
        int room = target.writableBytes() + 1;
        target.release();
        return room;
    }

    @Test
    void tellsWhichKindOfRequestIsNextOnceAllOfItHasCome() {
        decoder.offer(allocator
                .directBuffer(100)
                .writeBytes(frames(3))
                .writeInt(6)
                .writeShort(18)
                .writeInt(0)
                .writeInt(6)
                .writeShort(3));
        assertThat(decoder.nextApiKey()).isZero();
        decoder.poll().release();
        assertThat(decoder.nextApiKey()).isEqualTo((short) 18);
        decoder.poll().release();
        assertThat(decoder.nextApiKey()).as("two of six bytes").isEqualTo(FrameDecoder.UNKNOWN);
        decoder.close();
    }

    @Test
    void remembersHowLargeFramesAreOfLateAndForgetsAnUnusualOne() {
        decoder.offer(frames(5_000));
        decoder.poll().release();
        assertThat(decoder.usualBytes()).isEqualTo(5_004);

        for (int i = 0; i < 100; i++) {
            decoder.offer(frames(100));
            decoder.poll().release();
        }
        assertThat(decoder.usualBytes()).isBetween(104, 200);
    }

    private static ByteBuf frames(int length) {
        return Unpooled.buffer().writeInt(length).writeBytes(new byte[length]);
    }

    @Test
    void refusesAFrameThatIsTooLong() {
        decoder.offer(Unpooled.buffer().writeInt(MAX_FRAME + 1));

        assertThat(decoder.poll()).isNull();
        assertThat(decoder.refusal()).contains("100001").contains("100000");
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void refusesANegativeLength() {
        decoder.offer(Unpooled.buffer().writeInt(-1).writeBytes(new byte[50]));

        assertThat(decoder.poll()).isNull();
        assertThat(decoder.refusal()).contains("-1");
    }

    @Test
    void takesAnEmptyFrameForAFrame() {
        decoder.offer(Unpooled.buffer().writeInt(0));

        ByteBuf frame = decoder.poll();

        assertThat(frame.readableBytes()).isZero();
        frame.release();
    }

    @Test
    void waitsForMemoryBeforeItCollectsAFrame() {
        budget.reserve(1 << 20, () -> {});
        byte[] sent = new byte[5_000];
        sent[4_999] = 1;
        decoder.offer(Unpooled.buffer().writeInt(sent.length).writeBytes(sent));

        assertThat(decoder.poll()).isNull();
        assertThat(decoder.isWaitingForMemory()).isTrue();
        budget.release(1 << 20);
        assertThat(grants).isEqualTo(1);
        decoder.memoryGranted();

        ByteBuf frame = decoder.poll();
        assertThat(ByteBufUtil.getBytes(frame)).isEqualTo(sent);
        frame.release();
        budget.release(sent.length);
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void givesMemoryBackWhenItIsClosedWithinAFrame() {
        decoder.offer(Unpooled.buffer().writeInt(1_000).writeBytes(new byte[10]));
        decoder.poll();
        assertThat(budget.usedBytes()).isEqualTo(1_000);

        decoder.close();

        assertThat(budget.usedBytes()).isZero();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void givesMemoryBackThatIsGrantedAfterItWasClosed() {
        budget.reserve(1 << 20, () -> {});
        decoder.offer(Unpooled.buffer().writeInt(5_000));
        decoder.poll();
        decoder.close();

        budget.release(1 << 20);
        decoder.memoryGranted();

        assertThat(budget.usedBytes()).isZero();
    }

    private static List<byte[]> frames(RandomGenerator random) {
        List<byte[]> frames = new ArrayList<>();
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            byte[] frame = new byte[random.nextBoolean() ? random.nextInt(20) : random.nextInt(MAX_FRAME)];
            random.nextBytes(frame);
            frames.add(frame);
        }
        return frames;
    }

    /** Sends the frames in pieces of any size, as a socket would deliver them. */
    private List<byte[]> received(RandomGenerator random, List<byte[]> frames) {
        ByteBuf wire = Unpooled.buffer();
        frames.forEach(frame -> wire.writeInt(frame.length).writeBytes(frame));
        List<byte[]> received = new ArrayList<>();
        while (wire.isReadable()) {
            ByteBuf buffer = decoder.receiveBuffer();
            if (buffer == null) {
                buffer = allocator.directBuffer(1 + random.nextInt(5_000));
            }
            int piece = Math.min(wire.readableBytes(), 1 + random.nextInt(buffer.writableBytes()));
            buffer.writeBytes(wire, piece);
            decoder.offer(buffer);
            for (ByteBuf frame = decoder.poll(); frame != null; frame = decoder.poll()) {
                received.add(ByteBufUtil.getBytes(frame));
                budget.release(frame.readableBytes());
                frame.release();
            }
        }
        wire.release();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
        return received;
    }
}
