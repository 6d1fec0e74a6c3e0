package io.barnabas.log.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Buffers a thread, and a cursor, for the short searches of reads. Large enough for what lies between two index entries at the
 * default interval; whoever takes it is done with it before another search begins.
 */
final class ScanBuffers {
    private static final int CHUNK_BYTES = 8192;

    private static final int SKIM_BYTES = 64 << 10;
    private static final ThreadLocal<ByteBuffer> SKIMMED =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(SKIM_BYTES));

    private static final ThreadLocal<BatchCursor> CURSORS = ThreadLocal.withInitial(() -> new BatchCursor(CHUNK_BYTES));

    private ScanBuffers() {}

    static BatchCursor cursor() {
        return CURSORS.get();
    }

    /** Reads a part of a file for nothing but that the operating system has it in memory then. */
    static void skim(FileChannel file, int from, int to) throws IOException {
        ByteBuffer scratch = SKIMMED.get();
        for (int at = from; at < to; ) {
            int read = file.read(scratch.clear().limit(Math.min(SKIM_BYTES, to - at)), at);
            if (read < 0) {
                return;
            }
            at += read;
        }
    }
}
