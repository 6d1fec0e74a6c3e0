package io.barnabas.log.inspect;

import io.barnabas.log.file.LogFiles;
import java.nio.file.Path;

/**
 * Compares a time index with its segment: entries rise, and each names the youngest timestamp up to its offset and a
 * batch that carries it. Confined to one thread.
 */
final class TimeIndexCheck extends IndexCheck {
    private long youngestBefore = Long.MIN_VALUE;

    TimeIndexCheck(Path file, FixedEntries entries, boolean settled, Findings findings) {
        super(
                file,
                entries,
                settled,
                findings,
                i -> entries.longAt(i, 0) > entries.longAt(i - 1, 0) && entries.intAt(i, 8) >= entries.intAt(i - 1, 8));
    }

    @Override
    public void batch(int position, long baseOffset, long lastOffset, long maxTimestamp) {
        while (hasNext() && offset() <= lastOffset) {
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
        while (hasNext()) {
            wrong("names offset " + offset() + ", which lies behind the segment's last batch");
        }
    }

    private long offset() {
        return LogFiles.offsetOf(file) + entries.intAt(next, 8);
    }
}
