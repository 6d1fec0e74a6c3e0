package io.barnabas.compat.powercut;

import java.util.Arrays;
import java.util.BitSet;

/** What the broker has said yes to: numbers of records, the last value of each key, a group's offsets. Any thread may call. */
final class Acknowledged {
    private final BitSet numbers = new BitSet();
    private final long[] lastOfKey;
    private long groupOffset;

    Acknowledged(int keys) {
        lastOfKey = new long[keys];
        Arrays.fill(lastOfKey, -1);
    }

    synchronized void record(int number) {
        numbers.set(number);
    }

    synchronized void keyed(int key, long value) {
        lastOfKey[key] = Math.max(lastOfKey[key], value);
    }

    synchronized void committed(long offset) {
        groupOffset = Math.max(groupOffset, offset);
    }

    synchronized int count() {
        return numbers.cardinality();
    }

    synchronized BitSet numbers() {
        return (BitSet) numbers.clone();
    }

    synchronized long[] lastOfKeys() {
        return lastOfKey.clone();
    }

    synchronized long groupOffset() {
        return groupOffset;
    }
}
