package io.barnabas.group;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes fields of Kafka's records in the form that is not compact; see {@link FieldReader}. */
final class FieldWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

    FieldWriter int16(int value) {
        return raw(ByteBuffer.allocate(Short.BYTES).putShort((short) value).array());
    }

    FieldWriter int32(int value) {
        return raw(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    FieldWriter int64(long value) {
        return raw(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    FieldWriter string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > Short.MAX_VALUE) {
            throw new IllegalArgumentException("a string of " + bytes.length + " bytes");
        }
        return int16(bytes.length).raw(bytes);
    }

    FieldWriter nullableString(String text) {
        return text == null ? int16(-1) : string(text);
    }

    FieldWriter bytes(byte[] bytes) {
        return int32(bytes.length).raw(bytes);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    private FieldWriter raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }
}
