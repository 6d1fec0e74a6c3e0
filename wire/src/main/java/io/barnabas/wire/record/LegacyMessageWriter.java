package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * Writes records as messages of format 0 or 1: one after the other, or, with a codec, all inside one compressed wrapper,
 * whose content is never in memory as a whole. In a wrapper of format 1 the offsets count from that of the first message,
 * in format 0 they stay as they are. One owner, who finishes and closes it.
 */
final class LegacyMessageWriter implements AutoCloseable {
    /** Of format 1, from the offset to the length of the value. */
    private static final int HEAD_BYTES = 34;

    private final ByteBuf target;
    private final byte magic;
    private final Compression codec;
    private final int timeBit;
    private final CRC32 crc = new CRC32();
    private final ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
    private final ByteBuffer valueLength = ByteBuffer.allocate(Integer.BYTES);
    private final int wrapperAt;

    /** Null when there is no codec. */
    private final BlockEncoder stream;

    private final ByteBuf piece;

    private long firstOffset = -1;
    private long lastOffset;
    private long maxTimestamp = BatchHeader.NO_TIMESTAMP;

    /** Appends to the target, which lies outside of the heap in one part when there is a codec. */
    LegacyMessageWriter(
            ByteBuf target, byte magic, Compression codec, boolean hasAppendTime, ByteBufAllocator allocator) {
        this.target = target;
        this.magic = magic;
        this.codec = codec;
        this.timeBit = hasAppendTime && magic > 0 ? BatchHeader.LOG_APPEND_TIME : 0;
        this.wrapperAt = target.writerIndex();
        if (codec == Compression.NONE) {
            stream = null;
            piece = null;
        } else {
            target.writeZero(wrapperHeadBytes());
            stream = codec.encoder(target, codec.defaultLevel(), magic == 0);
            piece = allocator.directBuffer(BlockEncoder.PIECE_BYTES, BlockEncoder.PIECE_BYTES);
        }
    }

    /** Offsets rise; key and value may be null and are read to their end. */
    void append(long offset, long timestamp, ByteBuffer key, ByteBuffer value) {
        if (firstOffset < 0) {
            firstOffset = offset;
        }
        lastOffset = offset;
        maxTimestamp = Math.max(maxTimestamp, timestamp);
        boolean relative = magic > 0 && stream != null;
        putHead(relative ? offset - firstOffset : offset, timeBit, timestamp, lengthOf(key));
        valueLength.clear().putInt(lengthOf(value)).flip();
        int size = head.position() + sizeOf(key) + Integer.BYTES + sizeOf(value);
        crc.reset();
        crc.update(head.array(), LegacyMessages.MAGIC, head.position() - LegacyMessages.MAGIC);
        checksum(key);
        checksum(valueLength);
        checksum(value);
        putSizeAndChecksum(size);
        write(head.flip());
        write(key);
        write(valueLength);
        write(value);
    }

    /** Completes the wrapper, if there is one and something in it; else there is nothing more than what was there. */
    void finish() {
        if (stream == null) {
            return;
        }
        if (firstOffset < 0) {
            target.writerIndex(wrapperAt);
            return;
        }
        stream.write(piece, target);
        stream.finish(target);
        int size = target.writerIndex() - wrapperAt;
        putHead(lastOffset, timeBit | codec.id(), maxTimestamp, -1);
        head.putInt(size - wrapperHeadBytes());
        crc.reset();
        crc.update(head.array(), LegacyMessages.MAGIC, head.position() - LegacyMessages.MAGIC);
        checksum(target.nioBuffer(wrapperAt + wrapperHeadBytes(), size - wrapperHeadBytes()));
        putSizeAndChecksum(size);
        target.setBytes(wrapperAt, head.flip());
    }

    @Override
    public void close() {
        if (stream != null) {
            stream.close();
            piece.release();
        }
    }

    private void putHead(long offset, int attributes, long timestamp, int keyLength) {
        head.clear().putLong(offset).putLong(0).put(magic).put((byte) attributes);
        if (magic > 0) {
            head.putLong(timestamp);
        }
        head.putInt(keyLength);
    }

    private void putSizeAndChecksum(int size) {
        head.putInt(LegacyMessages.SIZE, size - BatchHeader.LOG_OVERHEAD);
        head.putInt(LegacyMessages.CRC, (int) crc.getValue());
    }

    private int wrapperHeadBytes() {
        return magic > 0 ? HEAD_BYTES : HEAD_BYTES - Long.BYTES;
    }

    private void checksum(ByteBuffer bytes) {
        if (bytes != null) {
            crc.update(bytes.duplicate());
        }
    }

    private void write(ByteBuffer bytes) {
        if (bytes == null) {
            return;
        }
        if (stream == null) {
            target.writeBytes(bytes);
            return;
        }
        while (bytes.hasRemaining()) {
            if (!piece.isWritable()) {
                stream.write(piece, target);
                piece.clear();
            }
            int length = Math.min(bytes.remaining(), piece.writableBytes());
            piece.writeBytes(bytes.slice(bytes.position(), length));
            bytes.position(bytes.position() + length);
        }
    }

    private static int lengthOf(ByteBuffer bytes) {
        return bytes == null ? -1 : bytes.remaining();
    }

    private static int sizeOf(ByteBuffer bytes) {
        return bytes == null ? 0 : bytes.remaining();
    }
}
