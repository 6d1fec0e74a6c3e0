package io.barnabas.log.cleaner;

import io.barnabas.log.AbortedTransaction;
import io.barnabas.log.LogConfig;
import io.barnabas.log.segment.AbortedLookup;
import io.barnabas.log.segment.BatchCursor;
import io.barnabas.log.segment.Batches;
import io.barnabas.log.segment.LogSegment;
import io.barnabas.log.segment.OpenFile;
import io.barnabas.log.segment.SegmentList;
import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.RecordIterator;
import io.barnabas.wire.record.RecordView;
import io.barnabas.wire.record.Records;
import io.barnabas.wire.record.UnreadableRecordsException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * One compaction of one log: looks through the part that was not compacted for the last offset of each key, as far as
 * the memory for keys goes, then writes all segments up to there anew, without the records that a later one replaces.
 * The log stays readable and writable meanwhile. Confined to one thread.
 */
final class LogCompactor {
    /** Told of bytes read and written, between batches: may make the thread wait, or end the work. */
    @FunctionalInterface
    interface Pace {
        /** False when the work is to end. */
        boolean passed(long bytes);
    }

    /** The work was ended before its time; what was done of it stays. */
    private static final class EndedException extends Exception {
        private static final long serialVersionUID = 1;
    }

    private final CleanableLog log;
    private final LogConfig config;
    private final CleanableRange range;
    private final OffsetMap map;
    private final int bufferBytes;
    private final Pace pace;
    private final long nowMs;
    private final SegmentList segments;
    private final int truncations;
    private final CompactionCounts counts = new CompactionCounts();

    private List<AbortedTransaction> aborted = List.of();

    /** Behind the last offset that the map knows of. */
    private long mapEnd;

    private LogCompactor(CleanableLog log, OffsetMap map, int bufferBytes, Pace pace, long nowMs) throws IOException {
        this.log = log;
        this.config = log.config();
        this.map = map;
        this.bufferBytes = bufferBytes;
        this.pace = pace;
        this.nowMs = nowMs;
        // In this order: a truncation from here on makes the rest worthless, and the swap notices.
        this.truncations = log.truncations();
        this.range = log.cleanableRange(nowMs);
        this.segments = log.segments();
        this.mapEnd = range.firstDirtyOffset();
    }

    /**
     * Compacts what can be compacted, or as much of it as there is room in the map, which is empty.
     *
     * @return what was done, null when it had to end before its time, because somebody wanted that or took segments away
     */
    static CompactionCounts compact(CleanableLog log, OffsetMap map, int bufferBytes, Pace pace, long nowMs)
            throws IOException, UncompactableException {
        LogCompactor compactor = new LogCompactor(log, map, bufferBytes, pace, nowMs);
        try {
            compactor.run();
            return compactor.counts;
        } catch (EndedException ended) {
            return null;
        } catch (NoSuchFileException missing) {
            if (compactor.segments.all().stream().anyMatch(LogSegment::isDeleted)) {
                return null;
            }
            throw missing;
        } catch (UnreadableRecordsException damaged) {
            throw new UncompactableException(damaged.getMessage());
        }
    }

    private void run() throws IOException, UncompactableException, EndedException {
        aborted = AbortedLookup.fromDisk(segments, 0, Long.MAX_VALUE);
        fillMap();
        long oldTombstonesEnd = oldTombstonesEnd();
        TransactionFates fates = new TransactionFates(aborted);
        BatchCompaction batches = new BatchCompaction(
                new BatchCompaction.Rules(
                        map,
                        mapEnd,
                        range.firstUncleanableOffset(),
                        log.lastBatchesOfProducers(),
                        config.deleteRetentionMs(),
                        nowMs),
                fates,
                counts,
                ByteBufAllocator.DEFAULT);
        for (List<LogSegment> group : SegmentGroups.of(segments, mapEnd, range.firstUncleanableOffset(), config)) {
            compact(group, batches, fates, oldTombstonesEnd);
        }
        log.compacted(mapEnd, truncations);
    }

    /** Formats 0 and 1 know no delete horizon: the age of the last segment that was compacted before stands for it. */
    private long oldTombstonesEnd() throws IOException {
        int dirty = segments.indexOf(range.firstDirtyOffset());
        boolean begins = dirty >= 0 && segments.get(dirty).baseOffset() == range.firstDirtyOffset();
        int lastClean = begins ? dirty - 1 : dirty;
        return range.firstDirtyOffset() == 0 || lastClean < 0
                ? 0
                : segments.get(lastClean).lastModifiedMs() - config.deleteRetentionMs();
    }

    private void fillMap() throws IOException, UncompactableException, EndedException {
        TransactionFates fates = new TransactionFates(aborted.stream()
                .filter(transaction -> transaction.lastOffset() >= range.firstDirtyOffset())
                .toList());
        for (int i = Math.max(0, segments.indexOf(range.firstDirtyOffset()));
                i < segments.count() && segments.get(i).baseOffset() < range.firstUncleanableOffset();
                i++) {
            if (!fillMap(segments.get(i), fates)) {
                return;
            }
            mapEnd = Math.max(mapEnd, segments.endOffset(i, range.firstUncleanableOffset()));
        }
    }

    /** False when the map is full. */
    private boolean fillMap(LogSegment segment, TransactionFates fates)
            throws IOException, UncompactableException, EndedException {
        OpenFile open = segment.acquire();
        try {
            BatchCursor cursor = new BatchCursor(bufferBytes)
                    .start(open.channel(), segment.positionOf(range.firstDirtyOffset()), segment.sizeInBytes());
            while (cursor.next()) {
                load(cursor, segment);
                counts.mapped(cursor.sizeInBytes());
                if (!fillMap(cursor, fates)) {
                    return false;
                }
                mapEnd = Math.max(mapEnd, cursor.lastOffset() + 1);
            }
            checkIsEnd(cursor, segment);
            return true;
        } finally {
            open.release();
        }
    }

    private boolean fillMap(BatchCursor cursor, TransactionFates fates) {
        ByteBuf bytes = cursor.bytes();
        int at = cursor.at();
        if (Batches.isFormat2(bytes, at)) {
            if (BatchHeader.isControl(bytes, at)) {
                fates.endsNothing(bytes, at);
                return true;
            }
            if (fates.isAborted(bytes, at)) {
                return true;
            }
        }
        ByteBuf batch = bytes.slice(at, cursor.sizeInBytes());
        try (RecordIterator records = new RecordIterator(batch, Records.NO_BOUND, ByteBufAllocator.DEFAULT)) {
            for (RecordView record = records.next(); record != null; record = records.next()) {
                if (record.hasKey() && record.offset() >= range.firstDirtyOffset()) {
                    if (map.isFull()) {
                        return false;
                    }
                    map.put(record.key(), record.offset());
                    mapEnd = record.offset() + 1;
                }
            }
        }
        return true;
    }

    private void compact(List<LogSegment> group, BatchCompaction batches, TransactionFates fates, long oldTombstonesEnd)
            throws IOException, UncompactableException, EndedException {
        LogSegment cleaned = log.newSegment(group.get(0).baseOffset(), nowMs);
        boolean done = false;
        ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(bufferBytes);
        try {
            for (LogSegment segment : group) {
                boolean keepsOldTombstones = segment.lastModifiedMs() > oldTombstonesEnd;
                compact(segment, batches, keepsOldTombstones, fates, cleaned, out);
            }
            writeOut(out, fates, cleaned);
            done = true;
        } finally {
            out.release();
            if (!done) {
                cleaned.deleteFiles();
            }
        }
        replace(group, cleaned);
    }

    private void replace(List<LogSegment> group, LogSegment cleaned) throws IOException, EndedException {
        cleaned.close();
        cleaned.finish();
        cleaned.fsync();
        cleaned.setLastModifiedMs(group.get(group.size() - 1).lastModifiedMs());
        if (!log.replace(group, cleaned, truncations)) {
            throw new EndedException();
        }
    }

    private void compact(
            LogSegment segment,
            BatchCompaction batches,
            boolean keepsOldTombstones,
            TransactionFates fates,
            LogSegment cleaned,
            ByteBuf out)
            throws IOException, UncompactableException, EndedException {
        OpenFile open = segment.acquire();
        try {
            BatchCursor cursor = new BatchCursor(bufferBytes).start(open.channel(), 0, segment.sizeInBytes());
            while (cursor.next()) {
                load(cursor, segment);
                batches.compact(cursor.bytes(), cursor.at(), cursor.sizeInBytes(), keepsOldTombstones, out);
                if (out.readableBytes() >= bufferBytes) {
                    writeOut(out, fates, cleaned);
                }
            }
            checkIsEnd(cursor, segment);
        } finally {
            open.release();
        }
    }

    private void writeOut(ByteBuf out, TransactionFates fates, LogSegment cleaned) throws IOException, EndedException {
        int bytes = out.readableBytes();
        if (bytes > 0) {
            cleaned.appendCompacted(out, config);
            out.clear();
        }
        for (AbortedTransaction transaction : fates.takeEnded()) {
            cleaned.transactions().add(transaction);
        }
        pass(bytes);
    }

    private void load(BatchCursor cursor, LogSegment segment)
            throws IOException, UncompactableException, EndedException {
        if (!cursor.loadWhole() || !Batches.isWhole(cursor.bytes(), cursor.at())) {
            throw damaged(cursor, segment);
        }
        pass(cursor.sizeInBytes());
    }

    private static void checkIsEnd(BatchCursor cursor, LogSegment segment) throws UncompactableException {
        if (cursor.position() < segment.sizeInBytes()) {
            throw damaged(cursor, segment);
        }
    }

    private static UncompactableException damaged(BatchCursor cursor, LogSegment segment) {
        return new UncompactableException("no whole batch begins in " + segment + " at position " + cursor.position());
    }

    private void pass(long bytes) throws EndedException {
        if (!pace.passed(bytes) || log.isUnusable()) {
            throw new EndedException();
        }
    }
}
