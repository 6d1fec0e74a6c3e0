package io.barnabas.wire.record;

/** The header of snappy-java's streams: eight magic bytes, a version, the oldest version that can read it. */
final class SnappyFrame {
    static final long MAGIC = 0x82534E4150505900L;
    static final int VERSION = 1;
    static final int HEADER_BYTES = 16;
    static final int BLOCK_BYTES = 32 * 1024;

    private SnappyFrame() {}
}
