package io.barnabas.bench.load;

/** A load ends with the time or with the bytes, whichever comes first. */
public record Limit(double seconds, long payloadBytes) {
    long nanoseconds() {
        return (long) (seconds * 1e9);
    }
}
