package io.barnabas.coordinator;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads fields of Kafka's records: strings with lengths of two bytes, other things of four; in the compact form all
 * lengths are one more than the truth, as varints, and tagged fields follow each structure. Ends with
 * {@link BufferUnderflowException} or {@link IllegalArgumentException} when the bytes are damaged.
 */
public final class FieldReader {
    private static final int MAX_VARINT_BYTES = 5;

    private final ByteBuffer in;
    private final boolean compact;

    public FieldReader(ByteBuffer in, boolean compact) {
        this.in = in;
        this.compact = compact;
    }

    public byte int8() {
        return in.get();
    }

    public short int16() {
        return in.getShort();
    }

    public int int32() {
        return in.getInt();
    }

    public long int64() {
        return in.getLong();
    }

    public String string() {
        String text = nullableString();
        if (text == null) {
            throw new IllegalArgumentException("null where a string belongs");
        }
        return text;
    }

    public String nullableString() {
        int length = compact ? unsignedVarint() - 1 : in.getShort();
        return length < 0 ? null : new String(read(length), StandardCharsets.UTF_8);
    }

    public byte[] bytes() {
        int length = compact ? unsignedVarint() - 1 : in.getInt();
        if (length < 0) {
            throw new IllegalArgumentException("null where bytes belong");
        }
        return read(length);
    }

    /** The length of an array whose elements take at least one byte each. */
    public int count() {
        int count = nullableCount();
        if (count < 0) {
            throw new IllegalArgumentException("null where an array belongs");
        }
        return count;
    }

    /** As {@link #count}; negative for an array that is null. */
    public int nullableCount() {
        int count = compact ? unsignedVarint() - 1 : in.getInt();
        if (count > in.remaining()) {
            throw new IllegalArgumentException("an array of " + count + " in " + in.remaining() + " bytes");
        }
        return count;
    }

    /** Passes over the tagged fields of a structure; there are none unless the form is compact. */
    public void skipTags() {
        tags((tag, field) -> {});
    }

    /** Shows the tagged fields of a structure to the visitor; there are none unless the form is compact. */
    public void tags(TagVisitor visitor) {
        if (!compact) {
            return;
        }
        for (int left = unsignedVarint(); left > 0; left--) {
            int tag = unsignedVarint();
            visitor.tag(tag, new FieldReader(ByteBuffer.wrap(read(unsignedVarint())), true));
        }
    }

    /** Sees tagged fields, those it does not know among them. */
    @FunctionalInterface
    public interface TagVisitor {
        void tag(int tag, FieldReader field);
    }

    private byte[] read(int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private int unsignedVarint() {
        int value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            byte next = in.get();
            value |= (next & 0x7F) << (7 * i);
            if (next >= 0) {
                if (value < 0) {
                    break;
                }
                return value;
            }
        }
        throw new IllegalArgumentException("a length that is none");
    }
}
