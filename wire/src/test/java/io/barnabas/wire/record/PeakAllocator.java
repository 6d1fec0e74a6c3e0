package io.barnabas.wire.record;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.util.internal.CleanableDirectBuffer;
import java.nio.ByteBuffer;

/** Counts the memory outside of the heap that is in use, and the most that ever was. Confined to one thread. */
final class PeakAllocator extends AbstractByteBufAllocator {
    private long used;
    private long peak;

    PeakAllocator() {
        super(true);
    }

    long used() {
        return used;
    }

    long peak() {
        return peak;
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        throw new AssertionError("no heap buffers here");
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        // Begun empty: its constructor allocates past the method that counts.
        return new UnpooledDirectByteBuf(this, 0, maxCapacity) {
            @Override
            protected CleanableDirectBuffer allocateDirectBuffer(int capacity) {
                used += capacity;
                peak = Math.max(peak, used);
                return counted(super.allocateDirectBuffer(capacity), capacity);
            }
        }.capacity(initialCapacity);
    }

    private CleanableDirectBuffer counted(CleanableDirectBuffer memory, int capacity) {
        return new CleanableDirectBuffer() {
            @Override
            public ByteBuffer buffer() {
                return memory.buffer();
            }

            @Override
            public void clean() {
                used -= capacity;
                memory.clean();
            }
        };
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }
}
