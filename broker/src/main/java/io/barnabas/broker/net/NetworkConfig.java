package io.barnabas.broker.net;

/**
 * What the network needs to know.
 *
 * @param eventLoops threads that serve connections
 * @param maxRequestBytes a longer frame ends its connection
 * @param requestMemoryBytes what all frames under way may take together
 * @param connections at the start; {@link NetworkServer#limit} changes them
 * @param maxIdleMs a connection without a request under way is closed after that long
 * @param sendBufferBytes of a socket; -1 leaves it to the system
 * @param receiveBufferBytes of a socket; -1 leaves it to the system
 * @param backlog connections that the system may hold until they are accepted
 * @param maxInFlight requests of one connection whose answers are under way
 * @param frameGraceMs how long a frame may take to arrive, besides the time that its length allows at
 *     {@code slowestBytesPerSecond}
 */
public record NetworkConfig(
        int eventLoops,
        int maxRequestBytes,
        long requestMemoryBytes,
        ConnectionBounds connections,
        long maxIdleMs,
        int sendBufferBytes,
        int receiveBufferBytes,
        int backlog,
        int maxInFlight,
        long frameGraceMs,
        int slowestBytesPerSecond) {

    /** How often connections are looked at for being idle or stuck. */
    long sweepMs() {
        return Math.max(1, Math.min(1_000, Math.min(maxIdleMs, frameGraceMs) / 4));
    }
}
