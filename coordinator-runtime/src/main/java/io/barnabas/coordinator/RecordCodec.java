package io.barnabas.coordinator;

import java.nio.ByteBuffer;

/**
 * How a state machine's records look in the log.
 *
 * @param <R> its records
 */
public interface RecordCodec<R> {

    byte[] key(R record);

    /** Null for a tombstone. */
    byte[] value(R record);

    /**
     * @param key never null
     * @param value null for a tombstone
     * @return null for a kind of record that this state machine does not know
     * @throws IllegalArgumentException when the bytes are damaged
     */
    R decode(ByteBuffer key, ByteBuffer value);
}
