package io.barnabas.log.inspect;

import io.barnabas.log.file.LogFiles;
import java.nio.file.Path;

/**
 * Compares an offset index with its segment: entries rise, each points to where a batch begins, and every record with the
 * entry's offset or a later one lies there or behind. An entry may name the last offset of several batches that were
 * written at once. Confined to one thread.
 */
final class OffsetIndexCheck extends IndexCheck {
    OffsetIndexCheck(Path file, FixedEntries entries, boolean settled, Findings findings) {
        super(
                file,
                entries,
                settled,
                findings,
                i -> entries.intAt(i, 0) > entries.intAt(i - 1, 0) && entries.intAt(i, 4) > entries.intAt(i - 1, 4));
    }

    @Override
    public void batch(int position, long baseOffset, long lastOffset, long maxTimestamp) {
        while (hasNext() && entries.intAt(next, 4) < position) {
            wrong("points to position " + entries.intAt(next, 4) + ", where no readable batch begins");
        }
        if (hasNext() && entries.intAt(next, 4) == position) {
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
        while (hasNext()) {
            wrong("points to position " + entries.intAt(next, 4) + ", where no readable batch begins");
        }
    }
}
