package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * The codecs of record batches. Each one's library is loaded at its first use and never before; one that cannot be
 * loaded is unavailable and harms nobody else. Stateless, any thread.
 */
public enum Compression {
    NONE("none", 0, 0, 0),
    GZIP("gzip", -1, 1, 9),
    SNAPPY("snappy", 0, 0, 0),
    /** Kafka counts lz4's levels from 1 to 17; 9, its default, means the fast compressor. */
    LZ4("lz4", 9, 1, 17),
    ZSTD("zstd", 3, -131072, 22);

    private static final Compression[] BY_ID = values();

    private final String configName;
    private final int defaultLevel;
    private final int lowestLevel;
    private final int highestLevel;
    private volatile boolean loaded;

    Compression(String configName, int defaultLevel, int lowestLevel, int highestLevel) {
        this.configName = configName;
        this.defaultLevel = defaultLevel;
        this.lowestLevel = lowestLevel;
        this.highestLevel = highestLevel;
    }

    /** The codec with this id in a batch's attributes; null for 5 to 7, which nobody uses. */
    public static Compression of(int id) {
        return id >= 0 && id < BY_ID.length ? BY_ID[id] : null;
    }

    public int id() {
        return ordinal();
    }

    /** As {@code compression.type} spells it. */
    public String configName() {
        return configName;
    }

    /** May lie outside of the lowest and highest level: gzip's -1 leaves the choice to zlib. */
    public int defaultLevel() {
        return defaultLevel;
    }

    public int lowestLevel() {
        return lowestLevel;
    }

    public int highestLevel() {
        return highestLevel;
    }

    /** Whether using it takes no more time than its work: the first use loads a library. */
    public boolean isLoaded() {
        return loaded;
    }

    /** Loads the codec if that has not happened yet. */
    public boolean isAvailable() {
        try {
            load();
            return true;
        } catch (UnreadableRecordsException unavailable) {
            return false;
        }
    }

    /** Appends the readable bytes of {@code source}, compressed, to {@code target}; moves only the writer index. */
    public void compress(ByteBuf source, ByteBuf target, int level) {
        load();
        ByteBuf direct = direct(source, source.alloc());
        ByteBuf out = target.isDirect() && target.nioBufferCount() == 1
                ? target.retain()
                : target.alloc().directBuffer();
        try {
            encode(direct, out, level);
            if (out != target) {
                target.writeBytes(out);
            }
        } finally {
            out.release();
            direct.release();
        }
    }

    /** All bytes that the readable bytes of {@code compressed} stand for; the caller releases the result. */
    public ByteBuf decompress(ByteBuf compressed, int maxExpandedBytes, ByteBufAllocator allocator) {
        try (Decompressor stream = decompressor(compressed, false, maxExpandedBytes, allocator)) {
            ByteBuf all = allocator.directBuffer();
            try {
                stream.drainTo(all);
                return all.retain();
            } finally {
                all.release();
            }
        }
    }

    /**
     * Reads the readable bytes of {@code compressed}, which must outlive the stream.
     *
     * @param format0 a message of format 0: its lz4 frames carry a wrong header checksum, which is not looked at
     */
    Decompressor decompressor(ByteBuf compressed, boolean format0, int maxExpandedBytes, ByteBufAllocator allocator) {
        load();
        ByteBuf direct = direct(compressed, allocator);
        try {
            return new Decompressor(open(direct, format0), maxExpandedBytes);
        } catch (UnreadableRecordsException atOnce) {
            direct.release();
            throw atOnce;
        }
    }

    private BlockDecoder open(ByteBuf source, boolean format0) {
        return switch (this) {
            case NONE -> new StoredBytes(source);
            case GZIP -> new GzipDecoder(source);
            case SNAPPY -> new SnappyDecoder(source);
            case LZ4 -> new Lz4Decoder(source, format0);
            case ZSTD -> new ZstdDecoder(source);
        };
    }

    private void encode(ByteBuf source, ByteBuf target, int level) {
        if (this == NONE) {
            target.writeBytes(source, source.readerIndex(), source.readableBytes());
        } else if (this == ZSTD) {
            ZstdEncoder.encode(source, target, level);
        } else {
            try (BlockEncoder stream = encoder(target, level, false)) {
                stream.write(source, target);
                stream.finish(target);
            }
        }
    }

    /**
     * Begins a stream at the writer index of the target, which lies outside of the heap in one part. For the codecs of
     * the old formats.
     *
     * @param format0 for a message of format 0, whose lz4 frames carry a wrong header checksum
     */
    BlockEncoder encoder(ByteBuf target, int level, boolean format0) {
        load();
        return switch (this) {
            case GZIP -> new GzipEncoder(target, level);
            case SNAPPY -> new SnappyEncoder(target);
            case LZ4 -> new Lz4Encoder(target, level, format0);
            case NONE, ZSTD -> throw new IllegalStateException("no stream of old messages is " + configName);
        };
    }

    /** The native libraries want memory outside of the heap, in one piece; network buffers are that already. */
    private static ByteBuf direct(ByteBuf bytes, ByteBufAllocator allocator) {
        if (bytes.isDirect() && bytes.nioBufferCount() == 1) {
            return bytes.retain();
        }
        return allocator
                .directBuffer(Math.max(1, bytes.readableBytes()))
                .writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
    }

    private void load() {
        try {
            switch (this) {
                case NONE, GZIP -> {}
                case SNAPPY -> SnappyEncoder.load();
                case LZ4 -> Lz4Encoder.load();
                case ZSTD -> ZstdEncoder.load();
            }
            loaded = true;
        } catch (VirtualMachineError fatal) {
            throw fatal;
        } catch (Error missing) {
            // A library without its native part fails with errors of its own kind, which must not be named here:
            // naming them would load them.
            throw UnreadableRecordsException.unavailable(this, missing);
        }
    }
}
