package io.barnabas.broker.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Gives a connection's socket its buffers: the rest of the frame that is being collected, or else one that follows the
 * connection's habits: large enough for a frame as they come, or for as many small ones as come together. One for each
 * connection, used on its event loop.
 */
final class ReceiveBuffers implements RecvByteBufAllocator {
    private static final int SMALLEST = 256;
    private static final int FIRST = 2048;
    private static final int LARGEST = 64 * 1024;

    /** Larger frames get memory of their own once their length is known, from the budget. */
    private static final int LARGEST_FRAME = 128 * 1024;

    private static final AdaptiveRecvByteBufAllocator HABITS =
            new AdaptiveRecvByteBufAllocator(SMALLEST, FIRST, LARGEST);

    private final FrameDecoder decoder;

    ReceiveBuffers(FrameDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    @SuppressWarnings("deprecation") // Netty names no successor.
    public Handle newHandle() {
        return new FrameFirst(decoder, (ExtendedHandle) HABITS.newHandle());
    }

    private static final class FrameFirst implements ExtendedHandle {
        private final FrameDecoder decoder;
        private final ExtendedHandle habits;

        FrameFirst(FrameDecoder decoder, ExtendedHandle habits) {
            this.decoder = decoder;
            this.habits = habits;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            ByteBuf restOfFrame = decoder.receiveBuffer();
            return restOfFrame != null ? restOfFrame : allocator.directBuffer(guess());
        }

        @Override
        public int guess() {
            int wholeFrame = decoder.usualBytes() <= LARGEST_FRAME ? decoder.usualBytes() : 0;
            return Math.max(habits.guess(), wholeFrame);
        }

        @Override
        public void reset(ChannelConfig config) {
            habits.reset(config);
        }

        @Override
        public void incMessagesRead(int messages) {
            habits.incMessagesRead(messages);
        }

        @Override
        public void lastBytesRead(int bytes) {
            habits.lastBytesRead(bytes);
        }

        @Override
        public int lastBytesRead() {
            return habits.lastBytesRead();
        }

        @Override
        public void attemptedBytesRead(int bytes) {
            habits.attemptedBytesRead(bytes);
        }

        @Override
        public int attemptedBytesRead() {
            return habits.attemptedBytesRead();
        }

        @Override
        public boolean continueReading() {
            return habits.continueReading();
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
            return habits.continueReading(maybeMoreData);
        }

        @Override
        public void readComplete() {
            habits.readComplete();
        }
    }
}
