package io.barnabas.compat.differential;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Versions of an API that a broker lists, both ends included. */
record VersionRange(short lowest, short highest) {
    static final VersionRange NONE = new VersionRange((short) 0, (short) -1);

    boolean covers(VersionRange other) {
        return lowest <= other.lowest && highest >= other.highest;
    }

    VersionRange and(VersionRange other) {
        return new VersionRange((short) Math.max(lowest, other.lowest), (short) Math.min(highest, other.highest));
    }

    VersionRange from(int version) {
        return new VersionRange((short) Math.max(lowest, version), highest);
    }

    void forEach(IntConsumer each) {
        IntStream.rangeClosed(lowest, highest).forEach(each);
    }

    boolean isEmpty() {
        return lowest > highest;
    }

    @Override
    public String toString() {
        return isEmpty() ? "none" : lowest + "-" + highest;
    }
}
