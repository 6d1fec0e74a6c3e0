package io.barnabas.log.inspect;

import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.file.Path;

/** Checks the list of aborted transactions of a segment by itself. Stateless. */
final class TransactionIndexCheck {
    private TransactionIndexCheck() {}

    /** @param nextBaseOffset of the segment that follows */
    static void check(Disk disk, Path file, long baseOffset, long nextBaseOffset, boolean settled, Findings findings)
            throws IOException {
        FixedEntries entries = FixedEntries.read(disk, file, FixedEntries.TRANSACTION_ENTRY_BYTES);
        if (entries.hasHalfAnEntry()) {
            findings.found(settled, file, Finding.WHOLE_FILE, "ends with a part of an entry");
        }
        long previous = -1;
        for (int i = 0; i < entries.count(); i++) {
            String wrong = wrong(entries, i, previous, baseOffset, nextBaseOffset);
            if (wrong != null) {
                findings.found(settled, file, entries.position(i), "entry " + i + " " + wrong);
            }
            previous = entries.longAt(i, 18);
        }
    }

    private static String wrong(FixedEntries entries, int entry, long previous, long baseOffset, long nextBaseOffset) {
        long first = entries.longAt(entry, 10);
        long last = entries.longAt(entry, 18);
        if (entries.shortAt(entry, 0) != 0) {
            return "has version " + entries.shortAt(entry, 0) + ", not 0";
        } else if (first > last) {
            return "ends at " + last + ", before it begins at " + first;
        } else if (last <= previous) {
            return "does not rise over the one before";
        } else if (last < baseOffset || last >= nextBaseOffset) {
            return "ends at " + last + ", which is none of the segment's offsets";
        }
        return entries.longAt(entry, 26) > last + 1 ? "has a last stable offset beyond its end" : null;
    }
}
