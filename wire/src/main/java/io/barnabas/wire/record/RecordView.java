package io.barnabas.wire.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A record seen in the bytes it lies in. One object is filled again and again: it is valid until its iterator moves on,
 * and so are the buffers it gives out. Confined to the thread that iterates.
 */
public final class RecordView {
    ByteBuffer bytes;
    long offset;
    long timestamp;

    /** Relative to the batch, as stored in format 2. */
    long timestampDelta;

    int offsetDelta;

    int keyAt;
    int keySize;
    int valueAt;
    int valueSize;
    int headersAt;
    int headerCount;

    /** Where key length, key, value and headers lie in format 2's own form; -1 in the older formats. */
    int tailAt;

    int end;

    long producerId;
    short producerEpoch;
    boolean transactional;
    boolean control;

    RecordView() {}

    public long offset() {
        return offset;
    }

    /** -1 when the record has none, as all of format 0. */
    public long timestamp() {
        return timestamp;
    }

    public boolean hasKey() {
        return keySize >= 0;
    }

    /** -1 when there is no key. */
    public int keySize() {
        return keySize;
    }

    /** Null when there is none. */
    public ByteBuffer key() {
        return keySize < 0 ? null : bytes.slice(keyAt, keySize);
    }

    public boolean hasValue() {
        return valueSize >= 0;
    }

    /** -1 when there is no value. */
    public int valueSize() {
        return valueSize;
    }

    /** Null when there is none: a tombstone. */
    public ByteBuffer value() {
        return valueSize < 0 ? null : bytes.slice(valueAt, valueSize);
    }

    public int headerCount() {
        return headerCount;
    }

    /** The headers, copied. */
    public List<RecordHeader> headers() {
        if (headerCount == 0) {
            return List.of();
        }
        List<RecordHeader> headers = new ArrayList<>(headerCount);
        int at = headersAt;
        for (int i = 0; i < headerCount; i++) {
            long keySize = RecordParser.varint(bytes, at, end);
            byte[] key = copy(RecordParser.indexOf(keySize), RecordParser.valueOf(keySize));
            long valueSize = RecordParser.varint(bytes, RecordParser.indexOf(keySize) + key.length, end);
            byte[] value = copy(RecordParser.indexOf(valueSize), RecordParser.valueOf(valueSize));
            at = RecordParser.indexOf(valueSize) + (value == null ? 0 : value.length);
            headers.add(new RecordHeader(new String(key, StandardCharsets.UTF_8), value));
        }
        return headers;
    }

    /** The batch's producer; -1 when it has none. */
    public long producerId() {
        return producerId;
    }

    public short producerEpoch() {
        return producerEpoch;
    }

    public boolean isTransactional() {
        return transactional;
    }

    /** A record for brokers, not for users: see {@link ControlRecord}. */
    public boolean isControl() {
        return control;
    }

    private byte[] copy(int at, int size) {
        if (size < 0) {
            return null;
        }
        byte[] copy = new byte[size];
        bytes.get(at, copy);
        return copy;
    }
}
