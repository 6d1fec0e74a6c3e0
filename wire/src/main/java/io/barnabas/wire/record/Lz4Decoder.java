package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Exception;

/**
 * One LZ4 frame. Like Kafka's readers it wants independent blocks and stops at the end mark, whatever follows it.
 * Messages of format 0 were written with a header checksum over too many bytes; there it is not looked at.
 */
final class Lz4Decoder implements BlockDecoder {
    /** Of a compressed block no byte can stand for more, and the last few bytes are literals. */
    private static final int HIGHEST_RATIO = 255;

    private final ByteBuf owner;
    private final ByteBuffer source;
    private final boolean ignoreHeaderChecksum;
    private int flags;
    private int blockLimit;
    private boolean headerRead;
    private int blockHeader;

    Lz4Decoder(ByteBuf source, boolean ignoreHeaderChecksum) {
        this.owner = source;
        this.source = source.nioBuffer().order(ByteOrder.LITTLE_ENDIAN);
        this.ignoreHeaderChecksum = ignoreHeaderChecksum;
    }

    @Override
    public int nextRoom() {
        if (!headerRead) {
            readFrameHeader();
            readBlockHeader();
            headerRead = true;
        }
        if (blockHeader == 0) {
            return END;
        }
        return isStored() ? blockBytes() : (int) Math.min(blockLimit, (long) blockBytes() * HIGHEST_RATIO);
    }

    @Override
    public void decode(ByteBuffer target) {
        int at = source.position();
        int length = blockBytes();
        if (isStored()) {
            target.put(target.position(), source, at, length).position(target.position() + length);
        } else {
            decompress(at, length, target);
        }
        source.position(at + length);
        if ((flags & Lz4Frame.BLOCK_CHECKSUM) != 0) {
            need(Integer.BYTES);
            if (source.getInt() != Lz4Library.HASH.hash(source, at, length, 0)) {
                throw UnreadableRecordsException.undecodable("lz4: wrong block checksum");
            }
        }
        readBlockHeader();
    }

    @Override
    public void close() {
        owner.release();
    }

    private void decompress(int at, int length, ByteBuffer target) {
        int room = Math.min(target.remaining(), blockLimit);
        try {
            int written = Lz4Library.DECOMPRESSOR.decompress(source, at, length, target, target.position(), room);
            target.position(target.position() + written);
        } catch (LZ4Exception wrong) {
            throw UnreadableRecordsException.undecodable("lz4: " + wrong.getMessage(), wrong);
        }
    }

    private void readFrameHeader() {
        need(Lz4Frame.SHORTEST_HEADER);
        if (source.getInt() != Lz4Frame.MAGIC) {
            throw UnreadableRecordsException.undecodable("lz4: no frame");
        }
        int descriptorAt = source.position();
        flags = source.get();
        int block = source.get();
        int sizeCode = block >> 4 & 0x07;
        boolean known = (flags & Lz4Frame.VERSION_MASK) == Lz4Frame.VERSION
                && (flags & Lz4Frame.INDEPENDENT_BLOCKS) != 0
                && (flags & Lz4Frame.RESERVED_FLAGS) == 0
                && (block & 0x8F) == 0
                && sizeCode >= Lz4Frame.BLOCKS_OF_64_KB;
        if (!known) {
            throw UnreadableRecordsException.undecodable("lz4: unknown frame descriptor");
        }
        blockLimit = 1 << 2 * sizeCode + 8;
        if ((flags & Lz4Frame.CONTENT_SIZE) != 0) {
            need(Long.BYTES + 1);
            source.position(source.position() + Long.BYTES);
        }
        int hash = Lz4Library.HASH.hash(source, descriptorAt, source.position() - descriptorAt, 0);
        if (source.get() != Lz4Library.headerChecksum(hash) && !ignoreHeaderChecksum) {
            throw UnreadableRecordsException.undecodable("lz4: wrong header checksum");
        }
    }

    private void readBlockHeader() {
        need(Integer.BYTES);
        blockHeader = source.getInt();
        if (blockBytes() == 0) {
            blockHeader = 0;
            need((flags & Lz4Frame.CONTENT_CHECKSUM) != 0 ? Integer.BYTES : 0);
        } else if (blockBytes() > blockLimit) {
            throw UnreadableRecordsException.undecodable("lz4: a block is larger than the frame allows");
        } else {
            need(blockBytes());
        }
    }

    private int blockBytes() {
        return blockHeader & ~Lz4Frame.STORED;
    }

    private boolean isStored() {
        return (blockHeader & Lz4Frame.STORED) != 0;
    }

    private void need(int length) {
        if (source.remaining() < length) {
            throw UnreadableRecordsException.undecodable("lz4: the stream is cut off");
        }
    }
}
