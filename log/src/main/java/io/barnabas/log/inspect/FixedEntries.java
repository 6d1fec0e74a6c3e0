package io.barnabas.log.inspect;

import io.barnabas.log.file.SmallFile;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A file of entries of one size, as the indexes are, read as it is; whoever reads says what is wrong with it. Zeros at the
 * end are room that was reserved while the segment grew, and no entries.
 */
final class FixedEntries {
    static final int OFFSET_ENTRY_BYTES = 8;
    static final int TIME_ENTRY_BYTES = 12;
    static final int TRANSACTION_ENTRY_BYTES = 34;

    private final ByteBuffer bytes;
    private final int entryBytes;
    private final int count;

    private FixedEntries(ByteBuffer bytes, int entryBytes) {
        this.bytes = bytes;
        this.entryBytes = entryBytes;
        this.count = countWithoutZeros();
    }

    static FixedEntries read(Disk disk, Path file, int entryBytes) throws IOException {
        return new FixedEntries(SmallFile.read(disk, file), entryBytes);
    }

    int count() {
        return count;
    }

    /** Bytes behind the last entry: reserved ones, or half an entry. */
    int bytesBehind() {
        return bytes.limit() - count * entryBytes;
    }

    boolean hasHalfAnEntry() {
        return bytes.limit() % entryBytes != 0;
    }

    int position(int entry) {
        return entry * entryBytes;
    }

    short shortAt(int entry, int field) {
        return bytes.getShort(entry * entryBytes + field);
    }

    int intAt(int entry, int field) {
        return bytes.getInt(entry * entryBytes + field);
    }

    long longAt(int entry, int field) {
        return bytes.getLong(entry * entryBytes + field);
    }

    private int countWithoutZeros() {
        int whole = bytes.limit() / entryBytes;
        int used = whole * entryBytes;
        while (used > 0 && bytes.get(used - 1) == 0) {
            used--;
        }
        return (used + entryBytes - 1) / entryBytes;
    }
}
