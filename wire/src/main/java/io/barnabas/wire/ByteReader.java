package io.barnabas.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads the protocol's types from a frame that may be hostile. Whatever the bytes are, a read ends in a value or in a
 * {@link MalformedMessageException}; every length is held against the bytes that are left before anything is allocated
 * for it. The buffer's own indexes stay where they are. One thread at a time.
 *
 * <p>Records are not copied: a {@link RecordsRef} that was read is a slice which shares the buffer's reference count and
 * adds nothing to it. It lives as long as the owner of the frame holds that; who wants it longer retains it.
 */
public final class ByteReader {
    /** Shared, because an empty array can be had for one byte. */
    public static final byte[] NO_BYTES = {};

    public static final byte[] NO_INT8S = NO_BYTES;
    public static final short[] NO_INT16S = {};
    public static final int[] NO_INT32S = {};
    public static final long[] NO_INT64S = {};

    private static final int FIRST_ROOM = 16;

    private final ByteBuf buffer;
    private final int start;
    private int position;
    private int limit;
    private String apiName = "message";
    private String kind = "";
    private short version = -1;

    /** Reads what lies between the buffer's reader and writer index. */
    public ByteReader(ByteBuf buffer) {
        this.buffer = buffer;
        this.start = buffer.readerIndex();
        this.position = start;
        this.limit = buffer.writerIndex();
    }

    /** Says what is being read, for messages of exceptions. */
    public void describe(String apiName, String kind, short version) {
        this.apiName = apiName;
        this.kind = kind;
        this.version = version;
    }

    public int remaining() {
        return limit - position;
    }

    /** Bytes read so far. */
    public int position() {
        return position - start;
    }

    public MalformedMessageException malformed(String what) {
        String message = version < 0 ? apiName : apiName + " " + kind + " v" + version;
        return new MalformedMessageException(
                message + ": " + what + " at byte " + position() + " of " + (limit - start));
    }

    private int take(int bytes, String what) {
        if (bytes > limit - position) {
            throw malformed(what + " of " + bytes + " bytes");
        }
        int taken = position;
        position += bytes;
        return taken;
    }

    // Numbers

    public boolean readBool() {
        return buffer.getByte(take(1, "bool")) != 0;
    }

    public byte readInt8() {
        return buffer.getByte(take(1, "int8"));
    }

    public short readInt16() {
        return buffer.getShort(take(2, "int16"));
    }

    public int readUint16() {
        return buffer.getUnsignedShort(take(2, "uint16"));
    }

    public int readInt32() {
        return buffer.getInt(take(4, "int32"));
    }

    public long readUint32() {
        return buffer.getUnsignedInt(take(4, "uint32"));
    }

    public long readInt64() {
        return buffer.getLong(take(8, "int64"));
    }

    public double readFloat64() {
        return buffer.getDouble(take(8, "float64"));
    }

    public Uuid readUuid() {
        int at = take(16, "uuid");
        long most = buffer.getLong(at);
        long least = buffer.getLong(at + 8);
        return most == 0 && least == 0 ? Uuid.ZERO : new Uuid(most, least);
    }

    /** Up to five bytes of seven bits each; values from 2^31 on come out negative. */
    public int readUnsignedVarint() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = buffer.getByte(take(1, "varint"));
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw malformed("varint of more than 5 bytes");
    }

    public int readVarint() {
        int zigzag = readUnsignedVarint();
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    public long readVarlong() {
        long zigzag = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte next = buffer.getByte(take(1, "varlong"));
            zigzag |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw malformed("varlong of more than 10 bytes");
    }

    // Lengths

    /** Null is -1; every other answer fits into the bytes that are left, with each element taking its least. */
    private int readLength(int length, boolean nullable, int leastElementBytes, String what) {
        if (length < 0) {
            if (length == -1 && nullable) {
                return -1;
            }
            throw malformed(length == -1 ? what + " is null" : what + " of negative length");
        }
        if ((long) length * leastElementBytes > remaining()) {
            throw malformed(what + " of length " + length);
        }
        return length;
    }

    /** How many elements an array has, or -1 for null. */
    public int readCount(boolean flexible, boolean nullable, int leastElementBytes) {
        return readLength(flexible ? compactLength() : readInt32(), nullable, leastElementBytes, "array");
    }

    private int compactLength() {
        int lengthAndOne = readUnsignedVarint();
        return lengthAndOne < 0 ? Integer.MIN_VALUE : lengthAndOne - 1;
    }

    /** Whether a list that grows by {@link #room} has none left at this size. */
    public static boolean isFull(int size) {
        return size >= FIRST_ROOM && (size & (size - 1)) == 0 && (Integer.numberOfTrailingZeros(size) & 1) == 0;
    }

    /** Capacity for a list that has {@code size} elements and claims to come to {@code count}: at most four times more. */
    public static int room(int size, int count) {
        return Math.min(count, Math.max(FIRST_ROOM, size * 4));
    }

    // Strings and bytes

    public String readString(boolean flexible, boolean nullable) {
        int length = readLength(flexible ? compactLength() : readInt16(), nullable, 1, "string");
        if (length < 0) {
            return null;
        }
        return Utf8.decode(buffer, take(length, "string"), length);
    }

    public byte[] readBytes(boolean flexible, boolean nullable) {
        int length = readLength(flexible ? compactLength() : readInt32(), nullable, 1, "bytes");
        return length < 0 ? null : copy(length);
    }

    private byte[] copy(int length) {
        if (length == 0) {
            return NO_BYTES;
        }
        byte[] copy = new byte[length];
        buffer.getBytes(take(length, "bytes"), copy);
        return copy;
    }

    /** Borrowed from the frame; see the class comment. */
    public RecordsRef readRecords(boolean flexible, boolean nullable) {
        int length = readLength(flexible ? compactLength() : readInt32(), nullable, 1, "records");
        if (length <= 0) {
            return length < 0 ? null : RecordsRef.empty();
        }
        return new RecordsRef.Buffer(buffer.slice(take(length, "records"), length));
    }

    /** Whether a nullable struct follows. */
    public boolean readPresence() {
        byte presence = readInt8();
        if (presence != 1 && presence != -1) {
            throw malformed("struct marked with " + presence);
        }
        return presence == 1;
    }

    // Arrays of other things than structs

    public byte[] readInt8s(boolean flexible, boolean nullable) {
        int count = readCount(flexible, nullable, 1);
        return count < 0 ? null : copy(count);
    }

    public short[] readInt16s(boolean flexible, boolean nullable) {
        int count = readCount(flexible, nullable, 2);
        if (count <= 0) {
            return count < 0 ? null : NO_INT16S;
        }
        short[] values = new short[count];
        for (int i = 0; i < count; i++) {
            values[i] = readInt16();
        }
        return values;
    }

    public int[] readInt32s(boolean flexible, boolean nullable) {
        int count = readCount(flexible, nullable, 4);
        if (count <= 0) {
            return count < 0 ? null : NO_INT32S;
        }
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = readInt32();
        }
        return values;
    }

    public long[] readInt64s(boolean flexible, boolean nullable) {
        int count = readCount(flexible, nullable, 8);
        if (count <= 0) {
            return count < 0 ? null : NO_INT64S;
        }
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = readInt64();
        }
        return values;
    }

    public List<String> readStrings(boolean flexible, boolean nullable) {
        int count = readCount(flexible, nullable, flexible ? 1 : 2);
        if (count <= 0) {
            return count < 0 ? null : Collections.emptyList();
        }
        ArrayList<String> values = new ArrayList<>(room(0, count));
        for (int i = 0; i < count; i++) {
            if (isFull(i)) {
                values.ensureCapacity(room(i, count));
            }
            values.add(readString(flexible, false));
        }
        return values;
    }

    public List<Uuid> readUuids(boolean flexible, boolean nullable) {
        int count = readCount(flexible, nullable, 16);
        if (count <= 0) {
            return count < 0 ? null : Collections.emptyList();
        }
        ArrayList<Uuid> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(readUuid());
        }
        return values;
    }

    // Tagged fields

    public int readTagCount() {
        int count = readUnsignedVarint();
        if (count < 0 || (long) count * 2 > remaining()) {
            throw malformed(Integer.toUnsignedString(count) + " tagged fields");
        }
        return count;
    }

    public int readTag() {
        int tag = readUnsignedVarint();
        if (tag < 0) {
            throw malformed("tag " + Integer.toUnsignedString(tag));
        }
        return tag;
    }

    /** Reads the size of a tagged field, and ends there; the answer is for {@link #leaveTag}. */
    public int enterTag(int tag) {
        int size = readUnsignedVarint();
        if (size < 0 || size > remaining()) {
            throw malformed("tag " + tag + " of " + Integer.toUnsignedString(size) + " bytes");
        }
        int outerLimit = limit;
        limit = position + size;
        return outerLimit;
    }

    public void leaveTag(int tag, int outerLimit) {
        if (position != limit) {
            throw malformed("tag " + tag + " has " + remaining() + " bytes too many");
        }
        limit = outerLimit;
    }

    /** Keeps what {@link #enterTag} entered; the list is made when there is a first. */
    public List<TaggedField> readUnknownTag(List<TaggedField> unknown, int tag) {
        List<TaggedField> list = unknown == null ? new ArrayList<>(1) : unknown;
        list.add(new TaggedField(tag, copy(remaining())));
        return list;
    }

    /** A whole section of tagged fields none of which is known; null when there are none. */
    public List<TaggedField> readTaggedFields() {
        int count = readTagCount();
        List<TaggedField> unknown = null;
        for (int i = 0; i < count; i++) {
            int tag = readTag();
            int outerLimit = enterTag(tag);
            unknown = readUnknownTag(unknown, tag);
            leaveTag(tag, outerLimit);
        }
        return unknown;
    }
}
