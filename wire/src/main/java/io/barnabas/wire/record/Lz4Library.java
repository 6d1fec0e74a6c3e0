package io.barnabas.wire.record;

import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;

/** The fastest lz4 that this machine can load; loaded when this class is first used. */
final class Lz4Library {
    static final LZ4SafeDecompressor DECOMPRESSOR = LZ4Factory.fastestInstance().safeDecompressor();
    static final XXHash32 HASH = XXHashFactory.fastestInstance().hash32();

    private Lz4Library() {}

    static LZ4Compressor compressor(int level) {
        LZ4Factory factory = LZ4Factory.fastestInstance();
        return level == Compression.LZ4.defaultLevel() ? factory.fastCompressor() : factory.highCompressor(level);
    }

    /** The one byte of the hash that a frame header carries. */
    static byte headerChecksum(int hash) {
        return (byte) (hash >> 8);
    }
}
