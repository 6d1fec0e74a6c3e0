package io.barnabas.wire.record;

/** The constants of an LZ4 frame, as far as Kafka uses them: version 1, independent blocks, no dictionary. */
final class Lz4Frame {
    static final int MAGIC = 0x184D2204;
    static final int SHORTEST_HEADER = 7;

    static final int VERSION_MASK = 0xC0;
    static final int VERSION = 0x40;
    static final int INDEPENDENT_BLOCKS = 0x20;
    static final int BLOCK_CHECKSUM = 0x10;
    static final int CONTENT_SIZE = 0x08;
    static final int CONTENT_CHECKSUM = 0x04;
    static final int RESERVED_FLAGS = 0x03;

    /** Block size 4 in the descriptor; n stands for 2^(2n + 8) bytes. */
    static final int BLOCKS_OF_64_KB = 4;

    static final int BLOCK_BYTES = 64 * 1024;
    static final int LARGEST_BLOCK = 4 * 1024 * 1024;

    /** Set in a block's length when the block is stored as it is. */
    static final int STORED = 0x80000000;

    private Lz4Frame() {}
}
