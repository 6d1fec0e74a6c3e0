package io.barnabas.wire.record;

/**
 * Checks a record that is larger than the window over its stream, passing over its parts as they come, so that a large
 * record costs no memory. What {@link RecordParser} does for all others. Confined, one record each.
 */
final class OversizedRecord {
    private final RecordWindow window;
    private int left;

    private OversizedRecord(RecordWindow window, int size) {
        this.window = window;
        this.left = size;
    }

    /** Moves behind the record; of the view it sets what a check looks at: the deltas and the size of the key. */
    static void pass(RecordWindow window, int size, RecordView into) {
        new OversizedRecord(window, size).pass(into);
    }

    private void pass(RecordView into) {
        nextByte();
        into.timestampDelta = Varints.unZigZag(varlong());
        into.offsetDelta = varint();
        into.keySize = varint();
        skip(into.keySize);
        skip(varint());
        into.headerCount = varint();
        if (into.headerCount < 0 || into.headerCount > left) {
            throw UnreadableRecordsException.malformed("a record has " + into.headerCount + " headers");
        }
        for (int i = 0; i < into.headerCount; i++) {
            int keySize = varint();
            if (keySize < 0) {
                throw UnreadableRecordsException.malformed("a header has no key");
            }
            skip(keySize);
            skip(varint());
        }
        if (left != 0) {
            throw cutOff();
        }
    }

    private void skip(int length) {
        int size = Math.max(0, length);
        if (size > left || !window.skip(size)) {
            throw cutOff();
        }
        left -= size;
    }

    private int varint() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = nextByte();
            value |= (next & 0x7F) << shift;
            if (next < 0x80) {
                return Varints.unZigZag(value);
            }
        }
        throw UnreadableRecordsException.malformed("a varint is longer than five bytes");
    }

    private long varlong() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = nextByte();
            value |= (next & 0x7FL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw UnreadableRecordsException.malformed("a varlong is longer than ten bytes");
    }

    private int nextByte() {
        int next = left-- > 0 ? window.nextByte() : -1;
        if (next < 0) {
            throw cutOff();
        }
        return next;
    }

    private static UnreadableRecordsException cutOff() {
        return UnreadableRecordsException.malformed("a record is cut off or its parts are longer than itself");
    }
}
