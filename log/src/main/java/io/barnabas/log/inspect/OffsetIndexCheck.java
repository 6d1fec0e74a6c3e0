package io.barnabas.log.inspect;

import io.barnabas.log.file.LogFiles;
import java.nio.file.Path;

/**
 * Compares an offset index with its segment: entries rise, each points to where a batch begins, and every record with the
 * entry's offset or a later one lies there or behind. An entry may name the last offset of several batches that were
 * written at once. Confined to one thread.
 */
final class OffsetIndexCheck implements BatchWatcher {
    private final Path file;
    private final FixedEntries entries;
    private final Findings findings;
    private final boolean settled;
    private final int usable;
    private int next;

    OffsetIndexCheck(Path file, FixedEntries entries, boolean settled, Findings findings) {
        this.file = file;
        this.entries = entries;
        this.settled = settled;
        this.findings = findings;
        this.usable = risingEntries();
    }

    private int risingEntries() {
        for (int i = 1; i < entries.count(); i++) {
            if (entries.intAt(i, 0) <= entries.intAt(i - 1, 0) || entries.intAt(i, 4) <= entries.intAt(i - 1, 4)) {
                findings.found(settled, file, entries.position(i), "entry " + i + " does not rise over the one before");
                return i;
            }
        }
        return entries.count();
    }

    @Override
    public void batch(int position, long baseOffset, long lastOffset, long maxTimestamp) {
        while (next < usable && entries.intAt(next, 4) < position) {
            wrong("points to position " + entries.intAt(next, 4) + ", where no readable batch begins");
        }
        if (next < usable && entries.intAt(next, 4) == position) {
            long offset = LogFiles.offsetOf(file) + entries.intAt(next, 0);
            if (offset < lastOffset) {
                wrong("says offset " + offset + ", but the batch at position " + position + " ends with " + lastOffset);
            } else {
                next++;
            }
        }
    }

    @Override
    public void end() {
        while (next < usable) {
            wrong("points to position " + entries.intAt(next, 4) + ", where no readable batch begins");
        }
    }

    private void wrong(String what) {
        findings.found(settled, file, entries.position(next), "entry " + next + " " + what);
        next++;
    }
}
