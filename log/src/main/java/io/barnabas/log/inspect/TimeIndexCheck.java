package io.barnabas.log.inspect;

import io.barnabas.log.file.LogFiles;
import java.nio.file.Path;

/**
 * Compares a time index with its segment: entries rise, and each names the youngest timestamp up to its offset and a
 * batch that carries it. Confined to one thread.
 */
final class TimeIndexCheck implements BatchWatcher {
    private final Path file;
    private final FixedEntries entries;
    private final Findings findings;
    private final boolean settled;
    private final int usable;
    private int next;
    private long youngestBefore = Long.MIN_VALUE;

    TimeIndexCheck(Path file, FixedEntries entries, boolean settled, Findings findings) {
        this.file = file;
        this.entries = entries;
        this.settled = settled;
        this.findings = findings;
        this.usable = risingEntries();
    }

    private int risingEntries() {
        for (int i = 1; i < entries.count(); i++) {
            if (entries.longAt(i, 0) <= entries.longAt(i - 1, 0) || entries.intAt(i, 8) < entries.intAt(i - 1, 8)) {
                findings.found(settled, file, entries.position(i), "entry " + i + " does not rise over the one before");
                return i;
            }
        }
        return entries.count();
    }

    @Override
    public void batch(int position, long baseOffset, long lastOffset, long maxTimestamp) {
        while (next < usable && offset() <= lastOffset) {
            long timestamp = entries.longAt(next, 0);
            if (timestamp != maxTimestamp) {
                wrong("says " + timestamp + " for offset " + offset() + ", but the youngest timestamp of the batch at"
                        + " position " + position + " is " + maxTimestamp);
            } else if (youngestBefore > timestamp) {
                wrong("says " + timestamp + ", but " + youngestBefore + " comes before offset " + offset());
            } else {
                next++;
            }
        }
        youngestBefore = Math.max(youngestBefore, maxTimestamp);
    }

    @Override
    public void end() {
        while (next < usable) {
            wrong("names offset " + offset() + ", which lies behind the segment's last batch");
        }
    }

    private long offset() {
        return LogFiles.offsetOf(file) + entries.intAt(next, 8);
    }

    private void wrong(String what) {
        findings.found(settled, file, entries.position(next), "entry " + next + " " + what);
        next++;
    }
}
