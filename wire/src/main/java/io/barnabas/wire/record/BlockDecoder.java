package io.barnabas.wire.record;

import java.nio.ByteBuffer;

/** One codec's stream, decoded piece by piece into buffers of the caller's. It knows no bound; {@link Decompressor} does. */
interface BlockDecoder {
    /** What {@link #nextRoom} says after the last piece. */
    int END = -1;

    /** How many bytes the next piece may need, more than zero; {@link #END} when there is none. */
    int nextRoom();

    /** Writes the next piece and moves the target's position; zero bytes are no end. */
    void decode(ByteBuffer target);

    /** Gives back what lies outside of the heap, and the source. */
    void close();
}
