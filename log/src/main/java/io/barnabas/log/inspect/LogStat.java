package io.barnabas.log.inspect;

import io.barnabas.log.directory.PartitionDirectory;
import io.barnabas.log.directory.PartitionDirectory.Kind;
import io.barnabas.log.directory.PartitionMetadata;
import io.barnabas.log.file.LogFiles;
import io.barnabas.log.segment.BatchCursor;
import io.barnabas.log.segment.Batches;
import io.barnabas.runtime.Disk;
import io.barnabas.wire.record.BatchHeader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What is retained of each partition, counted from the files as they lie there now: where the log begins and ends, bytes,
 * records. Reads headers, and whole batches only where they must be opened to be counted. Confined to one thread.
 */
public final class LogStat {
    private final Disk disk;
    private final EntryOutput out;
    private final Progress progress;

    public LogStat(Disk disk, EntryOutput out, Progress progress) {
        this.disk = disk;
        this.out = out;
        this.progress = progress;
    }

    /** Fails when the path is missing or cannot be read. */
    public void print(Path path) throws IOException {
        LogTree tree = LogTree.of(disk, path);
        if (tree.partitions().isEmpty()) {
            return;
        }
        Standing standing = Standing.read(disk, tree.partitions().get(0).getParent(), new Findings(ignored -> {}));
        for (Path partition : tree.partitions()) {
            progress.expect(PartitionFiles.list(disk, partition).logBytes(disk));
        }
        for (Path partition : tree.partitions()) {
            if (PartitionDirectory.parse(partition.getFileName().toString()).kind() == Kind.LIVE) {
                print(PartitionFiles.list(disk, partition), standing);
            }
        }
    }

    private void print(PartitionFiles files, Standing standing) throws IOException {
        long logStart =
                files.segments().isEmpty() ? 0 : Math.max(files.baseOffset(0), standing.logStart(files.partition()));
        Count count = new Count(logStart);
        for (Path segment : files.segments()) {
            count.add(segment);
        }
        out.entry(Entry.of("partition")
                .with("topic", files.partition().topic())
                .with("partition", files.partition().partition())
                .with("logStartOffset", logStart)
                .with("logEndOffset", Math.max(logStart, count.endOffset))
                .with("bytes", count.bytes)
                .with("records", count.records)
                .with("segments", files.segments().size())
                .with("oldestTimestamp", count.oldest == Long.MAX_VALUE ? null : count.oldest)
                .with("newestTimestamp", count.newest == Long.MIN_VALUE ? null : count.newest)
                .with("topicId", PartitionMetadata.read(disk, files.directory()))
                .with("directory", files.directory()));
    }

    /** One partition's numbers while its segments are walked over. Timestamps are the youngest of each batch. */
    private final class Count {
        private final long logStart;
        private long endOffset;
        private long bytes;
        private long records;
        private long oldest = Long.MAX_VALUE;
        private long newest = Long.MIN_VALUE;

        Count(long logStart) {
            this.logStart = logStart;
        }

        void add(Path segment) throws IOException {
            endOffset = Math.max(endOffset, LogFiles.offsetOf(segment));
            try (FileChannel channel = disk.open(segment, StandardOpenOption.READ)) {
                int size = Math.toIntExact(channel.size());
                bytes += size;
                BatchCursor cursor = new BatchCursor(RecordDump.CHUNK_BYTES).start(channel, 0, size);
                while (cursor.next()) {
                    if (cursor.lastOffset() >= logStart) {
                        add(cursor);
                    }
                    endOffset = Math.max(endOffset, cursor.lastOffset() + 1);
                    progress.passed(cursor.sizeInBytes());
                }
            }
        }

        private void add(BatchCursor cursor) throws IOException {
            boolean format2 = Batches.isFormat2(cursor.bytes(), cursor.at());
            if (format2 && cursor.baseOffset() >= logStart) {
                records += BatchHeader.recordCount(cursor.bytes(), cursor.at());
            } else if (cursor.loadWhole()) {
                records += BatchContent.recordsFrom(cursor.bytes().slice(cursor.at(), cursor.sizeInBytes()), logStart);
            }
            if (cursor.maxTimestamp() >= 0) {
                oldest = Math.min(oldest, cursor.maxTimestamp());
                newest = Math.max(newest, cursor.maxTimestamp());
            }
        }
    }
}
