package io.barnabas.broker.net;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
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

    /**
     * Netty looks, with one buffer in a hundred, who touched it and whether it was ever released, for which it takes the
     * stack each time. That is for tests; here it shows in the cost of every small request. To be called before the first
     * buffer is made; who asks for a level by Netty's own property gets it.
     */
    public static void stopLookingForLeaks() {
        if (System.getProperty("io.netty.leakDetection.level") == null) {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        }
    }

    static PooledByteBufAllocator allocator(int eventLoops) {
        return new PooledByteBufAllocator(
                true, 0, eventLoops, PAGE_BYTES, CHUNK_SHIFT, SMALL_CACHED, NORMAL_CACHED, false);
    }
}
