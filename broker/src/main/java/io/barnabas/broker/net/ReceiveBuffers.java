package io.barnabas.broker.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Gives a connection's socket its buffers: what the frame that is being collected lies in, or else one that follows the
 * connection's habits: large enough for a frame as they come, or for as many small ones as come together. One for each
 * connection, used on its event loop.
 */
final class ReceiveBuffers implements RecvByteBufAllocator {
    /** Larger frames get memory of their own once their length is known, from the budget. */
    private static final int LARGEST_FRAME = 128 * 1024;

    /** Enough to learn the length of such a frame; what else of it comes along has to be copied. */
    private static final int BEGIN_OF_LARGE_FRAME = 16 * 1024;

    private final FrameDecoder decoder;

    ReceiveBuffers(FrameDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    @SuppressWarnings("deprecation") // Netty names no successor.
    public Handle newHandle() {
        return new FrameFirst(decoder);
    }

    private static final class FrameFirst implements ExtendedHandle {
        private final FrameDecoder decoder;
        private final ReceiveHabits habits = new ReceiveHabits();
        private int attempted;
        private int last;

        FrameFirst(FrameDecoder decoder) {
            this.decoder = decoder;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            ByteBuf restOfFrame = decoder.receiveBuffer();
            return restOfFrame != null ? restOfFrame : allocator.directBuffer(guess());
        }

        @Override
        public int guess() {
            int usual = decoder.usualBytes();
            if (usual <= FrameDecoder.LARGEST_IN_COMPANY) {
                return Math.max(habits.room(), usual);
            }
            return usual <= LARGEST_FRAME ? usual : BEGIN_OF_LARGE_FRAME;
        }

        @Override
        public void attemptedBytesRead(int bytes) {
            attempted = bytes;
        }

        @Override
        public int attemptedBytesRead() {
            return attempted;
        }

        @Override
        public void lastBytesRead(int bytes) {
            last = bytes;
            if (bytes > 0) {
                habits.read(bytes, attempted);
                decoder.roomFor(habits.room());
            }
        }

        @Override
        public int lastBytesRead() {
            return last;
        }

        @Override
        public void reset(ChannelConfig config) {}

        @Override
        public void incMessagesRead(int messages) {}

        /** One read at a time, when the connection asks for it. */
        @Override
        public boolean continueReading() {
            return false;
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
            return false;
        }

        @Override
        public void readComplete() {}
    }
}
