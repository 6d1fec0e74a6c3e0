package io.barnabas.log;

/**
 * A cursor a thread, for the short searches of reads. Large enough for what lies between two index entries at the
 * default interval; whoever takes it is done with it before another search begins.
 */
final class ScanBuffers {
    private static final int CHUNK_BYTES = 8192;

    private static final ThreadLocal<BatchCursor> CURSORS = ThreadLocal.withInitial(() -> new BatchCursor(CHUNK_BYTES));

    private ScanBuffers() {}

    static BatchCursor cursor() {
        return CURSORS.get();
    }
}
