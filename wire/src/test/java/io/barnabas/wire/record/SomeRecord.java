package io.barnabas.wire.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** A record as a plain value, to compare what two readers see. */
record SomeRecord(long offset, long timestamp, byte[] key, byte[] value, List<RecordHeader> headers) {

    static SomeRecord of(RecordView record) {
        return new SomeRecord(
                record.offset(), record.timestamp(), bytes(record.key()), bytes(record.value()), record.headers());
    }

    /** Records with offsets from 0 on; older formats know no headers, format 0 no time. */
    static List<SomeRecord> random(RandomGenerator random, int magic) {
        int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 400 : 12);
        boolean large = count < 10 && random.nextInt(6) == 0;
        long start = 1_700_000_000_000L + random.nextInt(1_000_000);
        List<SomeRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(new SomeRecord(
                    i,
                    magic == 0 ? -1 : random.nextInt(9) == 0 ? -1 : start + random.nextInt(-500_000, 500_000),
                    bytes(random, random.nextInt(40)),
                    bytes(random, large ? 30_000 + random.nextInt(200_000) : random.nextInt(300)),
                    magic < 2 ? List.of() : headers(random)));
        }
        return records;
    }

    SomeRecord at(long otherOffset, long otherTimestamp) {
        return new SomeRecord(otherOffset, otherTimestamp, key, value, headers);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SomeRecord that
                && offset == that.offset
                && timestamp == that.timestamp
                && Arrays.equals(key, that.key)
                && Arrays.equals(value, that.value)
                && headers.equals(that.headers);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(offset);
    }

    @Override
    public String toString() {
        return offset + "@" + timestamp + " key " + (key == null ? -1 : key.length) + " value "
                + (value == null ? -1 : value.length) + " headers " + headers.size();
    }

    private static List<RecordHeader> headers(RandomGenerator random) {
        List<RecordHeader> headers = new ArrayList<>();
        for (int i = random.nextInt(5) == 0 ? random.nextInt(80) : 0; i > 0; i--) {
            headers.add(new RecordHeader(
                    random.nextBoolean() ? "k" + i : "schlüssel-城-" + i, bytes(random, random.nextInt(100))));
        }
        return headers;
    }

    /** Half text-like, half random; sometimes null. */
    private static byte[] bytes(RandomGenerator random, int size) {
        if (random.nextInt(8) == 0) {
            return null;
        }
        byte[] bytes = new byte[size];
        if (random.nextBoolean()) {
            random.nextBytes(bytes);
        } else {
            for (int i = 0; i < size; i++) {
                bytes[i] = (byte) ('a' + i % (3 + size % 17));
            }
        }
        return bytes;
    }

    static byte[] bytes(java.nio.ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
