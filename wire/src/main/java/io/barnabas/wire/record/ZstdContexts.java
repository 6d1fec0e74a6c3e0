package io.barnabas.wire.record;

import com.github.luben.zstd.ZstdDecompressCtx;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Idle decompression contexts of zstd. Making one costs several times the work of a small batch, for its 160 KB outside
 * of the heap. Any thread.
 */
final class ZstdContexts {
    private static final int MOST_IDLE = 8;

    /** A context grows with what it decompresses; one that has seen more than this is not kept. */
    private static final long LARGE_STREAM_BYTES = 1 << 20;

    private static final ArrayBlockingQueue<ZstdDecompressCtx> IDLE = new ArrayBlockingQueue<>(MOST_IDLE);

    private ZstdContexts() {}

    static ZstdDecompressCtx take() {
        ZstdDecompressCtx idle = IDLE.poll();
        return idle == null ? new ZstdDecompressCtx() : idle;
    }

    static void giveBack(ZstdDecompressCtx context, long expandedBytes) {
        if (expandedBytes > LARGE_STREAM_BYTES) {
            context.close();
            return;
        }
        context.reset();
        if (!IDLE.offer(context)) {
            context.close();
        }
    }
}
