package io.barnabas.wire;

/**
 * A message of the protocol, or a struct within one. Mutable and not for two threads at once while somebody changes it.
 * Fields that a version does not have are skipped when writing and keep their defaults when reading.
 */
public interface Message {
    /** Writes exactly {@link #sizeInBytes} bytes, records included; records pass to the writer (see there). */
    void write(ByteWriter out, short version);

    int sizeInBytes(short version);
}
