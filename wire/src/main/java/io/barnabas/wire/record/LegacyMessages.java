package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * The messages of one entry of a set of format 0 or 1: itself, or, when it is a compressed wrapper, those inside. A
 * wrapper of format 1 counts its messages from zero and carries the offset of the last one; format 0 has absolute
 * offsets inside. Layout: {@code offset:8 size:4 crc:4 magic:1 attributes:1 [timestamp:8] key value}. One owner, who
 * closes it.
 */
final class LegacyMessages implements AutoCloseable {
    static final int SIZE = 8;
    static final int CRC = 12;
    static final int MAGIC = 16;
    private static final int ATTRIBUTES = 17;
    private static final int TIMESTAMP = 18;
    private static final int SHORTEST = 26;

    private final boolean wrapperHasAppendTime;
    private final long wrapperTimestamp;
    private final ByteBuf expanded;
    private final ByteBuffer bytes;
    private final long firstOffset;
    private int nextAt;
    private int entryAt;
    private int entryEnd;

    /** The whole entry lies at the index; {@code size} is that of the entry with its offset and length. */
    LegacyMessages(ByteBuf set, int at, int size, int maxExpandedBytes, ByteBufAllocator allocator) {
        ByteBuffer entry = set.nioBuffer(at, size);
        RecordView wrapper = new RecordView();
        parse(entry, 0, size, wrapper);
        int attributes = entry.get(ATTRIBUTES);
        wrapperHasAppendTime = entry.get(MAGIC) > 0 && (attributes & BatchHeader.LOG_APPEND_TIME) != 0;
        wrapperTimestamp = wrapper.timestamp;
        Compression codec = codec(attributes);
        if (codec == Compression.NONE) {
            expanded = null;
            bytes = entry;
            firstOffset = 0;
            return;
        }
        if (wrapper.valueSize < 0) {
            throw UnreadableRecordsException.malformed("a compressed message has no value");
        }
        ByteBuf value = set.slice(at + wrapper.valueAt, wrapper.valueSize);
        expanded = allocator.directBuffer();
        try (Decompressor stream = codec.decompressor(value, entry.get(MAGIC) == 0, maxExpandedBytes, allocator)) {
            stream.drainTo(expanded);
            bytes = expanded.nioBuffer();
            firstOffset = entry.get(MAGIC) == 0 ? 0 : firstOffset(entry.getLong(0));
        } catch (UnreadableRecordsException unreadable) {
            expanded.release();
            throw unreadable;
        }
    }

    /** Moves to the next message and describes it; false when there is none. */
    boolean next(RecordView into) {
        if (!advance()) {
            return false;
        }
        parse(bytes, entryAt, entryEnd, into);
        into.offset = firstOffset + bytes.getLong(entryAt);
        if (wrapperHasAppendTime && magic() > 0) {
            into.timestamp = wrapperTimestamp;
        }
        return true;
    }

    boolean isCompressed() {
        return expanded != null;
    }

    boolean hasAppendTime() {
        return wrapperHasAppendTime;
    }

    byte magic() {
        return bytes.get(entryAt + MAGIC);
    }

    /** A compressed message within a compressed one is nothing anybody may send. */
    boolean isNested() {
        return expanded != null && (bytes.get(entryAt + ATTRIBUTES) & BatchHeader.CODEC_MASK) != 0;
    }

    boolean isIntact() {
        CRC32 crc = new CRC32();
        crc.update(bytes.slice(entryAt + MAGIC, entryEnd - entryAt - MAGIC));
        return (int) crc.getValue() == bytes.getInt(entryAt + CRC);
    }

    @Override
    public void close() {
        if (expanded != null) {
            expanded.release();
        }
    }

    /** Of the entry at the index. */
    static byte attributes(ByteBuf set, int at) {
        return set.getByte(at + ATTRIBUTES);
    }

    /** The codec of a message's attributes; zstd came after these formats. */
    static Compression codec(int attributes) {
        Compression codec = Compression.of(attributes & BatchHeader.CODEC_MASK);
        if (codec == null) {
            throw UnreadableRecordsException.undecodable("no known codec: " + (attributes & BatchHeader.CODEC_MASK));
        }
        if (codec == Compression.ZSTD) {
            throw UnreadableRecordsException.malformed("zstd in a message of an old format");
        }
        return codec;
    }

    /** A message that is cut off ends the set, as everywhere in these formats. */
    private boolean advance() {
        if (bytes.limit() - nextAt < BatchHeader.LOG_OVERHEAD) {
            return false;
        }
        long end = (long) nextAt + BatchHeader.LOG_OVERHEAD + bytes.getInt(nextAt + SIZE);
        if (end - nextAt < SHORTEST) {
            throw UnreadableRecordsException.corrupt("a message is shorter than any can be");
        }
        if (end > bytes.limit()) {
            return false;
        }
        entryAt = nextAt;
        entryEnd = (int) end;
        nextAt = entryEnd;
        return true;
    }

    /** Some versions of librdkafka leave the wrapper's offset at zero. */
    private long firstOffset(long wrapperOffset) {
        long last = -1;
        while (advance()) {
            last = bytes.getLong(entryAt);
        }
        nextAt = 0;
        if (wrapperOffset == 0) {
            return 0;
        }
        if (wrapperOffset < last) {
            throw UnreadableRecordsException.malformed("a wrapper's offset lies before that of its last message");
        }
        return wrapperOffset - last;
    }

    private static void parse(ByteBuffer bytes, int from, int end, RecordView into) {
        boolean timestamped = bytes.get(from + MAGIC) > 0;
        int at = timestamped ? from + TIMESTAMP + Long.BYTES : from + TIMESTAMP;
        into.keySize = length(bytes, at, end);
        into.keyAt = at + Integer.BYTES;
        at = into.keyAt + Math.max(0, into.keySize);
        into.valueSize = length(bytes, at, end);
        into.valueAt = at + Integer.BYTES;
        into.bytes = bytes;
        into.timestamp = timestamped ? bytes.getLong(from + TIMESTAMP) : BatchHeader.NO_TIMESTAMP;
        into.headerCount = 0;
        into.tailAt = -1;
        into.end = end;
    }

    private static int length(ByteBuffer bytes, int at, int end) {
        int length = end - at < Integer.BYTES ? Integer.MAX_VALUE : bytes.getInt(at);
        if (length > end - at - Integer.BYTES) {
            throw UnreadableRecordsException.malformed("a message is cut off or its parts are longer than itself");
        }
        return length;
    }
}
