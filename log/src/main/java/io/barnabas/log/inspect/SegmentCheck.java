package io.barnabas.log.inspect;

import io.barnabas.log.file.LogFiles;
import io.barnabas.log.segment.BatchCursor;
import io.barnabas.log.segment.Batches;
import io.barnabas.runtime.Disk;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Reads all batches of one segment: their checksums, the order of their offsets and leader epochs, and the records in
 * them. Confined to one thread.
 */
final class SegmentCheck {
    /**
     * What is known beforehand.
     *
     * @param nextBaseOffset of the segment that follows, or the largest number
     * @param settled whether its files were left in their final form
     * @param recoveryPoint all before it was made durable, settled or not
     */
    record Bounds(long nextBaseOffset, boolean settled, long recoveryPoint) {}

    private final Path file;
    private final Bounds bounds;
    private final EpochLine epochs;
    private final List<BatchWatcher> watchers;
    private final Findings findings;
    private final Progress progress;
    private final long baseOffset;
    private long nextOffset;
    private int epoch = -1;
    private long records;
    private int gaps;
    private long firstGapAt = -1;

    SegmentCheck(
            Path file,
            Bounds bounds,
            EpochLine epochs,
            List<BatchWatcher> watchers,
            Findings findings,
            Progress progress) {
        this.file = file;
        this.bounds = bounds;
        this.epochs = epochs;
        this.watchers = watchers;
        this.findings = findings;
        this.progress = progress;
        this.baseOffset = LogFiles.offsetOf(file);
        this.nextOffset = baseOffset;
    }

    void run(Disk disk) throws IOException {
        try (FileChannel channel = disk.open(file, StandardOpenOption.READ)) {
            int size = (int) Math.min(Integer.MAX_VALUE, channel.size());
            if (channel.size() > size) {
                findings.problem(file, size, "is longer than any segment can be");
            }
            walk(new BatchCursor(RecordDump.CHUNK_BYTES).start(channel, 0, size), size);
        }
        watchers.forEach(BatchWatcher::end);
    }

    private void walk(BatchCursor cursor, int size) throws IOException {
        while (cursor.next()) {
            progress.passed(cursor.sizeInBytes());
            if (!cursor.loadWhole() || !Batches.isWhole(cursor.bytes(), cursor.at())) {
                if (isCutHere(cursor.position(), size)) {
                    return;
                }
                findings.problem(
                        file,
                        cursor.position(),
                        "the checksum of the batch is wrong, in which " + range(cursor) + " are");
                nextOffset = Math.max(nextOffset, cursor.lastOffset() + 1);
            } else {
                check(cursor);
            }
        }
        if (cursor.position() < size && !isCutHere(cursor.position(), size)) {
            findings.problem(
                    file, cursor.position(), "the last " + (size - cursor.position()) + " bytes are no whole batch");
        }
    }

    /** What a crash may leave behind the recovery point is cut off by the next start, and was promised to nobody. */
    private boolean isCutHere(int position, int size) {
        if (bounds.settled() || nextOffset < bounds.recoveryPoint()) {
            return false;
        }
        findings.note(
                file,
                position,
                "no whole batch follows; the last stop was no clean one, and the next start cuts off the last "
                        + (size - position) + " bytes, from offset " + nextOffset + " on");
        return true;
    }

    private static String range(BatchCursor cursor) {
        return "offsets up to " + cursor.lastOffset();
    }

    private void check(BatchCursor cursor) {
        int position = cursor.position();
        long last = cursor.lastOffset();
        boolean format2 = Batches.isFormat2(cursor.bytes(), cursor.at());
        if (last < nextOffset || format2 && cursor.baseOffset() < nextOffset) {
            findings.problem(
                    file,
                    position,
                    "offsets " + cursor.baseOffset() + " to " + last + " come where " + nextOffset + " should");
        } else if (last >= bounds.nextBaseOffset()) {
            findings.problem(file, position, "holds offset " + last + ", which belongs to the segment that follows");
        } else if (last - baseOffset > Integer.MAX_VALUE) {
            findings.problem(file, position, "offset " + last + " is too far from the segment's first");
        }
        if (format2) {
            checkEpoch(cursor);
            if (cursor.baseOffset() > nextOffset) {
                gaps++;
                firstGapAt = firstGapAt < 0 ? nextOffset : firstGapAt;
            }
        }
        checkRecords(cursor);
        for (BatchWatcher watcher : watchers) {
            watcher.batch(position, format2 ? cursor.baseOffset() : last, last, cursor.maxTimestamp());
        }
        nextOffset = Math.max(nextOffset, last + 1);
    }

    private void checkEpoch(BatchCursor cursor) {
        int found = BatchHeader.leaderEpoch(cursor.bytes(), cursor.at());
        if (found < epoch) {
            findings.problem(file, cursor.position(), "leader epoch " + found + " comes after leader epoch " + epoch);
        }
        int told = epochs.at(cursor.baseOffset());
        if (bounds.settled() && found >= 0 && told >= 0 && told != found) {
            findings.problem(
                    file,
                    cursor.position(),
                    "offset " + cursor.baseOffset() + " has leader epoch " + found + ", but " + LogFiles.LEADER_EPOCHS
                            + " says " + told);
        }
        epoch = Math.max(epoch, found);
    }

    private void checkRecords(BatchCursor cursor) {
        ByteBuf batch = cursor.bytes().slice(cursor.at(), cursor.sizeInBytes());
        BatchContent content = BatchContent.of(batch);
        records += content.records();
        if (content.damage() != null) {
            findings.problem(file, cursor.position(), content.damage());
        }
    }

    /** The offset after the last one. */
    long nextOffset() {
        return nextOffset;
    }

    long records() {
        return records;
    }

    /** Places where offsets are missing between two batches. */
    int gaps() {
        return gaps;
    }

    /** The first missing offset; -1 when none is. */
    long firstGapAt() {
        return firstGapAt;
    }
}
