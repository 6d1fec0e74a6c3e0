package io.barnabas.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers a message: what is encoded goes into one buffer, records stay where they are and are noted between its bytes,
 * so that those of a file can be sent from the file. One thread at a time.
 *
 * <p>Whoever writes records gives them away: they are released with the parts, or at once where they were copied because
 * they are few. {@link #finish} hands everything over; {@link #abandon} lets everything go.
 */
public final class ByteWriter {
    /** Below this, a copy is cheaper than one more part to send. */
    private static final int COPIED_RECORD_BYTES = 1024;

    private record Cut(int at, RecordsRef records) {}

    private final ByteBuf buffer;
    private final int start;
    private List<Cut> cuts;
    private int recordBytes;

    /** Writes to the buffer from its writer index on, and takes it over. */
    public ByteWriter(ByteBuf buffer) {
        this.buffer = buffer;
        this.start = buffer.writerIndex();
    }

    /** Bytes written so far, records included. */
    public int size() {
        return buffer.writerIndex() - start + recordBytes;
    }

    /** All that was written, in order: {@link ByteBuf}s, and records that are none; the caller's to release. */
    public List<Object> finish() {
        if (cuts == null) {
            return List.of(buffer);
        }
        List<Object> parts = new ArrayList<>(2 * cuts.size() + 1);
        int from = start;
        for (Cut cut : cuts) {
            from = addBytes(parts, from, cut.at);
            parts.add(cut.records instanceof RecordsRef.Buffer inMemory ? inMemory.bytes() : cut.records);
        }
        addBytes(parts, from, buffer.writerIndex());
        buffer.release();
        return parts;
    }

    private int addBytes(List<Object> parts, int from, int to) {
        if (to > from) {
            parts.add(buffer.retainedSlice(from, to - from));
        }
        return to;
    }

    /** Releases everything taken so far, for a message that could not be written to its end. */
    public void abandon() {
        if (cuts != null) {
            cuts.forEach(cut -> cut.records.release());
        }
        buffer.release();
    }

    /** For a value that has to be there in the version being written. */
    public static <T> T notNull(T value, String field) {
        if (value == null) {
            throw new NullPointerException(field + " is null in a version which knows no null there");
        }
        return value;
    }

    // Numbers

    public void writeBool(boolean value) {
        buffer.writeByte(value ? 1 : 0);
    }

    public void writeInt8(byte value) {
        buffer.writeByte(value);
    }

    public void writeInt16(short value) {
        buffer.writeShort(value);
    }

    public void writeUint16(int value) {
        buffer.writeShort(value);
    }

    public void writeInt32(int value) {
        buffer.writeInt(value);
    }

    public void writeUint32(long value) {
        buffer.writeInt((int) value);
    }

    public void writeInt64(long value) {
        buffer.writeLong(value);
    }

    public void writeFloat64(double value) {
        buffer.writeDouble(value);
    }

    public void writeUuid(Uuid value) {
        buffer.writeLong(value.mostSignificantBits());
        buffer.writeLong(value.leastSignificantBits());
    }

    public void writeUnsignedVarint(int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            buffer.writeByte(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        buffer.writeByte(rest);
    }

    public void writeVarint(int value) {
        writeUnsignedVarint((value << 1) ^ (value >> 31));
    }

    public void writeVarlong(long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            buffer.writeByte((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        buffer.writeByte((int) rest);
    }

    // Strings and bytes

    /** -1 stands for null. */
    private void writeLength(int length, boolean flexible) {
        if (flexible) {
            writeUnsignedVarint(length + 1);
        } else {
            buffer.writeInt(length);
        }
    }

    public void writeString(String value, boolean flexible) {
        int length = value == null ? -1 : ByteBufUtil.utf8Bytes(value);
        if (flexible) {
            writeUnsignedVarint(length + 1);
        } else if (length <= Short.MAX_VALUE) {
            buffer.writeShort(length);
        } else {
            throw new IllegalArgumentException("a string of " + length + " bytes does not fit into this version");
        }
        if (length > 0) {
            ByteBufUtil.reserveAndWriteUtf8(buffer, value, length);
        }
    }

    public void writeBytes(byte[] value, boolean flexible) {
        writeLength(value == null ? -1 : value.length, flexible);
        if (value != null) {
            buffer.writeBytes(value);
        }
    }

    /** Takes the records over. */
    public void writeRecords(RecordsRef records, boolean flexible) {
        if (records == null) {
            writeLength(-1, flexible);
            return;
        }
        int length = records.sizeInBytes();
        writeLength(length, flexible);
        if (length == 0) {
            records.release();
        } else if (length <= COPIED_RECORD_BYTES && records instanceof RecordsRef.Buffer inMemory) {
            buffer.writeBytes(inMemory.bytes(), inMemory.bytes().readerIndex(), length);
            records.release();
        } else {
            cuts = cuts == null ? new ArrayList<>() : cuts;
            cuts.add(new Cut(buffer.writerIndex(), records));
            recordBytes += length;
        }
    }

    /** Whether a nullable struct follows. */
    public void writePresence(Object value) {
        buffer.writeByte(value == null ? -1 : 1);
    }

    // Arrays

    /** The number in front of an array; the list may be null. */
    public void writeCount(List<?> value, boolean flexible) {
        writeLength(value == null ? -1 : value.size(), flexible);
    }

    public void writeInt8s(byte[] value, boolean flexible) {
        writeBytes(value, flexible);
    }

    public void writeInt16s(short[] value, boolean flexible) {
        writeLength(value == null ? -1 : value.length, flexible);
        if (value != null) {
            for (short element : value) {
                buffer.writeShort(element);
            }
        }
    }

    public void writeInt32s(int[] value, boolean flexible) {
        writeLength(value == null ? -1 : value.length, flexible);
        if (value != null) {
            for (int element : value) {
                buffer.writeInt(element);
            }
        }
    }

    public void writeInt64s(long[] value, boolean flexible) {
        writeLength(value == null ? -1 : value.length, flexible);
        if (value != null) {
            for (long element : value) {
                buffer.writeLong(element);
            }
        }
    }

    public void writeStrings(List<String> value, boolean flexible) {
        writeCount(value, flexible);
        if (value != null) {
            for (String element : value) {
                writeString(notNull(element, "an element"), flexible);
            }
        }
    }

    public void writeUuids(List<Uuid> value, boolean flexible) {
        writeCount(value, flexible);
        if (value != null) {
            for (Uuid element : value) {
                writeUuid(element);
            }
        }
    }

    // Tagged fields

    /** A whole section of tagged fields; the list may be null. */
    public void writeTaggedFields(List<TaggedField> fields) {
        writeUnsignedVarint(Sizes.number(fields));
        writeTagsBelow(Integer.MAX_VALUE, fields, 0);
    }

    /** Those from the given index on whose tag is lower; the answer is the index of the first one that is not. */
    public int writeTagsBelow(int tag, List<TaggedField> fields, int from) {
        int next = from;
        while (next < Sizes.number(fields) && (fields.get(next).tag() < tag || tag == Integer.MAX_VALUE)) {
            TaggedField field = fields.get(next++);
            writeUnsignedVarint(field.tag());
            writeUnsignedVarint(field.content().length);
            buffer.writeBytes(field.content());
        }
        return next;
    }
}
