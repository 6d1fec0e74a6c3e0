package io.barnabas.broker.net;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.internal.PlatformDependent;

/** Buffers outside the heap: one arena a loop, in chunks small enough that an idle broker holds a few megabytes. */
public final class NetworkMemory {
    private static final int PAGE_BYTES = 8 * 1024;
    /** Chunks of 8 KB shifted left by 8: 2 MB. What is larger is allocated for itself and given back at once. */
    private static final int CHUNK_SHIFT = 8;

    private static final int SMALL_CACHED = 256;
    private static final int NORMAL_CACHED = 16;

    private NetworkMemory() {}

    /** What requests under way may take where the configuration sets no bound: a quarter of what the process may have. */
    public static long defaultRequestBytes() {
        return PlatformDependent.maxDirectMemory() / 4;
    }

    static PooledByteBufAllocator allocator(int eventLoops) {
        return new PooledByteBufAllocator(
                true, 0, eventLoops, PAGE_BYTES, CHUNK_SHIFT, SMALL_CACHED, NORMAL_CACHED, false);
    }
}
