package io.barnabas.coordinator;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;

/** Writes fields of Kafka's records, in the compact form or the other; see {@link FieldReader}. */
public final class FieldWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);
    private final boolean compact;

    private FieldWriter(boolean compact) {
        this.compact = compact;
    }

    public static FieldWriter plain() {
        return new FieldWriter(false);
    }

    public static FieldWriter compact() {
        return new FieldWriter(true);
    }

    public FieldWriter int8(int value) {
        out.write(value);
        return this;
    }

    public FieldWriter int16(int value) {
        return raw(ByteBuffer.allocate(Short.BYTES).putShort((short) value).array());
    }

    public FieldWriter int32(int value) {
        return raw(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    public FieldWriter int64(long value) {
        return raw(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    public FieldWriter string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > Short.MAX_VALUE) {
            throw new IllegalArgumentException("a string of " + bytes.length + " bytes");
        }
        return (compact ? unsignedVarint(bytes.length + 1) : int16(bytes.length)).raw(bytes);
    }

    public FieldWriter nullableString(String text) {
        if (text != null) {
            return string(text);
        }
        return compact ? unsignedVarint(0) : int16(-1);
    }

    public FieldWriter bytes(byte[] bytes) {
        return count(bytes.length).raw(bytes);
    }

    /** The length of an array or of bytes that follow. */
    public FieldWriter count(int length) {
        return compact ? unsignedVarint(length + 1) : int32(length);
    }

    /** An array that is null. */
    public FieldWriter nullArray() {
        return count(-1);
    }

    /** The end of a structure without tagged fields. */
    public FieldWriter noTags() {
        return compact ? unsignedVarint(0) : this;
    }

    /** The end of a structure in compact form, with these fields by their tags. */
    public FieldWriter tags(SortedMap<Integer, byte[]> fields) {
        unsignedVarint(fields.size());
        fields.forEach(
                (tag, field) -> unsignedVarint(tag).unsignedVarint(field.length).raw(field));
        return this;
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }

    private FieldWriter unsignedVarint(int value) {
        int left = value;
        while (left >= 0x80) {
            out.write(left & 0x7F | 0x80);
            left >>>= 7;
        }
        out.write(left);
        return this;
    }

    private FieldWriter raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }
}
