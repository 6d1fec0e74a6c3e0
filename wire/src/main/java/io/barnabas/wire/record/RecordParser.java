package io.barnabas.wire.record;

import java.nio.ByteBuffer;

/**
 * Finds the parts of a record of format 2 in one pass over its bytes, without copying any. Stateless.
 *
 * <p>Every varint is returned together with the index behind it, packed into one long: this is the innermost loop of
 * the produce path, where a cursor object would cost a store and a load for every byte.
 */
final class RecordParser {
    private RecordParser() {}

    static int valueOf(long packed) {
        return (int) (packed >> 32);
    }

    static int indexOf(long packed) {
        return (int) packed;
    }

    /** A zig-zag varint that ends before {@code end}. */
    static long varint(ByteBuffer bytes, int at, int end) {
        if (at < end) {
            int first = bytes.get(at);
            if (first >= 0) {
                return pack(Varints.unZigZag(first), at + 1);
            }
            return longerVarint(bytes, at + 1, end, first & 0x7F);
        }
        throw cutOff();
    }

    private static long longerVarint(ByteBuffer bytes, int from, int end, int low) {
        int value = low;
        int at = from;
        for (int shift = 7; shift < 35; shift += 7) {
            if (at >= end) {
                throw cutOff();
            }
            int next = bytes.get(at++);
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return pack(Varints.unZigZag(value), at);
            }
        }
        throw UnreadableRecordsException.malformed("a varint is longer than five bytes");
    }

    /** Fills the view with the record whose body, what follows its length, lies from {@code from} to {@code end}. */
    static void parse(ByteBuffer bytes, int from, int end, RecordView into) {
        int at = from + 1;
        long raw = 0;
        int shift = 0;
        byte next;
        do {
            if (at >= end || shift > 63) {
                throw cutOff();
            }
            next = bytes.get(at++);
            raw |= (next & 0x7FL) << shift;
            shift += 7;
        } while (next < 0);
        long offset = varint(bytes, at, end);
        into.tailAt = indexOf(offset);
        long key = varint(bytes, indexOf(offset), end);
        long value = varint(bytes, behind(key, end), end);
        long headers = varint(bytes, behind(value, end), end);

        into.timestampDelta = Varints.unZigZag(raw);
        into.offsetDelta = valueOf(offset);
        into.keyAt = indexOf(key);
        into.keySize = valueOf(key);
        into.valueAt = indexOf(value);
        into.valueSize = valueOf(value);
        into.headersAt = indexOf(headers);
        into.headerCount = valueOf(headers);
        into.end = end;
        int headersEnd = headers >> 32 == 0 ? indexOf(headers) : skipHeaders(bytes, headers, end);
        if (headersEnd != end) {
            throw UnreadableRecordsException.malformed("a record's length is not that of its parts");
        }
    }

    /** The index behind the bytes that the length announces; any negative length means null, as Kafka reads it. */
    private static int behind(long length, int end) {
        int size = Math.max(0, valueOf(length));
        if (size > end - indexOf(length)) {
            throw cutOff();
        }
        return indexOf(length) + size;
    }

    private static int skipHeaders(ByteBuffer bytes, long headers, int end) {
        int count = valueOf(headers);
        int at = indexOf(headers);
        if (count < 0 || count > end - at) {
            throw UnreadableRecordsException.malformed("a record has " + count + " headers");
        }
        for (int i = 0; i < count; i++) {
            long key = varint(bytes, at, end);
            if (valueOf(key) < 0) {
                throw UnreadableRecordsException.malformed("a header has no key");
            }
            at = behind(varint(bytes, behind(key, end), end), end);
        }
        return at;
    }

    private static long pack(int value, int index) {
        return (long) value << 32 | index;
    }

    private static UnreadableRecordsException cutOff() {
        return UnreadableRecordsException.malformed("a record is cut off or its parts are longer than itself");
    }
}
