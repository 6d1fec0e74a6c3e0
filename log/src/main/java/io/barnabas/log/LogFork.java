package io.barnabas.log;

import io.barnabas.log.directory.PartitionMetadata;
import io.barnabas.log.file.FileCopy;
import io.barnabas.log.file.LogFiles;
import io.barnabas.log.file.SmallFile;
import io.barnabas.log.producer.ProducerSnapshot;
import io.barnabas.log.segment.BatchCursor;
import io.barnabas.log.segment.Batches;
import io.barnabas.log.segment.LogSegment;
import io.barnabas.log.segment.OpenFile;
import io.barnabas.log.segment.SegmentList;
import io.barnabas.runtime.Disk;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.BatchRewriter;
import io.barnabas.wire.record.BatchSelection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes a second log of the first part of one. Closed segments get second names (hard links), which takes no space and
 * hardly any time; of the segment in which the fork ends the beginning is copied. Both logs are written on: whoever
 * changes a shared file in place takes a copy of it first. Waits for the disk.
 */
final class LogFork {
    /** An active segment of up to this size is copied; a larger one is closed, so that it can be shared. */
    private static final int COPIED_BYTES = 1 << 20;

    private static final int CHUNK_BYTES = 64 << 10;

    private final PartitionLog log;
    private final LogState state;
    private final LogFlusher flusher;
    private final LogAppender appender;
    private final Disk disk;

    /** What a fork has to know that its files do not tell. */
    record Result(long logStartOffset, long compactedUpTo) {}

    /** The segment in which a fork ends, held open. */
    private record Partial(LogSegment segment, OpenFile file) {}

    LogFork(PartitionLog log, LogState state, LogFlusher flusher, LogAppender appender) {
        this.log = log;
        this.state = state;
        this.flusher = flusher;
        this.appender = appender;
        this.disk = log.resources().disk();
    }

    Result into(Path directory, Uuid topicId, long end, long nowMs) throws IOException {
        int truncations = flusher.truncations();
        closeWhatIsLarge(end, nowMs);
        Result result;
        Partial partial;
        log.lock().lock();
        try {
            if (flusher.truncations() != truncations || end > state.logEndOffset) {
                throw new IOException(log + " was truncated meanwhile");
            }
            result = new Result(state.logStartOffset, Math.min(log.compaction().compactedUpTo(), end));
            partial = linkClosed(directory, end);
            if (end == state.logEndOffset && end > 0) {
                SmallFile.write(
                        disk, LogFiles.of(directory, end, LogFiles.SNAPSHOT), ProducerSnapshot.write(state.producers));
            }
        } finally {
            log.lock().unlock();
        }
        long copied = partial == null ? 0 : copyBeginning(partial, directory, end);
        if (flusher.truncations() != truncations) {
            throw new IOException(log + " was truncated meanwhile");
        }
        if (copied == 0) {
            // A fork never appends to a shared file, so that it has one of its own from the beginning.
            SmallFile.write(disk, LogFiles.of(directory, end, LogFiles.LOG), ByteBuffer.allocate(0));
        }
        state.snapshots.copyInto(directory, end - 1);
        state.leaderEpochs.writeInto(directory, end);
        PartitionMetadata.write(disk, directory, topicId);
        return result;
    }

    private void closeWhatIsLarge(long end, long nowMs) throws IOException {
        log.lock().lock();
        try {
            if (end == state.logEndOffset && state.segments.active().sizeInBytes() > COPIED_BYTES) {
                appender.roll(end, log.path(), log.config(), nowMs);
            }
        } finally {
            log.lock().unlock();
        }
        List<LogSegment> all = state.segments.all();
        for (LogSegment closed : all.subList(0, all.size() - 1)) {
            closed.finish();
        }
    }

    /** Gives the segment that has to be copied in part, or null. */
    private Partial linkClosed(Path directory, long end) throws IOException {
        SegmentList segments = state.segments;
        for (int i = 0; i < segments.count(); i++) {
            LogSegment segment = segments.get(i);
            long segmentEnd = segments.endOffset(i, state.logEndOffset);
            if (segmentEnd <= state.logStartOffset) {
                continue;
            }
            if (segment.baseOffset() >= end) {
                return null;
            } else if (segmentEnd > end || segment == segments.active()) {
                return new Partial(segment, segment.acquire());
            }
            segment.linkInto(directory);
        }
        return null;
    }

    /** Gives the number of bytes; where there are none, there is no file. */
    private long copyBeginning(Partial partial, Path directory, long end) throws IOException {
        LogSegment segment = partial.segment();
        Path copy = LogFiles.of(directory, segment.baseOffset(), LogFiles.LOG);
        long size;
        try (FileChannel to = FileCopy.create(disk, copy)) {
            int whole = segment.positionOf(end);
            FileCopy.append(partial.file().channel(), 0, whole, to);
            addRest(partial, whole, end, to);
            size = to.size();
        } finally {
            partial.file().release();
        }
        if (size == 0) {
            disk.deleteIfExists(copy);
        }
        return size;
    }

    /** The batch in which the fork ends, with the records before the end only. */
    private static void addRest(Partial partial, int position, long end, FileChannel to) throws IOException {
        BatchCursor cursor = new BatchCursor(CHUNK_BYTES)
                .start(partial.file().channel(), position, partial.segment().sizeInBytes());
        if (!cursor.next() || !cursor.loadWhole()) {
            return;
        }
        ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
        ByteBuf batch = cursor.bytes();
        int at = cursor.at();
        int size = cursor.sizeInBytes();
        BatchSelection before = BatchSelection.of(batch, at, size, record -> record.offset() < end, allocator);
        if (before.keepsNone()) {
            return;
        }
        ByteBuf cut = allocator.directBuffer();
        try {
            new BatchRewriter(allocator).rewrite(batch, at, size, before, -1, cut);
            if (Batches.isFormat2(cut, 0)) {
                BatchHeader.endAt(cut, 0, end - 1);
            }
            for (int written = 0; written < cut.readableBytes(); ) {
                written += cut.getBytes(written, to, position + (long) written, cut.readableBytes() - written);
            }
        } finally {
            cut.release();
        }
    }
}
