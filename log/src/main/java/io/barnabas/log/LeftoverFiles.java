package io.barnabas.log;

import io.barnabas.log.file.LogFiles;
import io.barnabas.log.segment.BatchCursor;
import io.barnabas.log.segment.SegmentScan;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an earlier life left in a partition's directory: files that were about to be deleted, output of a compaction
 * that ended ({@code .swap}) or did not ({@code .cleaned}), indexes without their log. Brings the directory to where
 * every file has its plain name. Confined to the thread that opens the log.
 */
final class LeftoverFiles {
    private final Disk disk;
    private final Path directory;

    private LeftoverFiles(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    /** Gives the files that are there afterwards. */
    static List<Path> settle(Disk disk, Path directory) throws IOException {
        List<Path> found = disk.list(directory);
        if (found.stream().noneMatch(LeftoverFiles::isLeftover) && !hasOrphans(found)) {
            return found;
        }
        LeftoverFiles leftovers = new LeftoverFiles(disk, directory);
        leftovers.dropUnfinished();
        leftovers.finishSwaps();
        leftovers.dropOrphanedIndexes();
        return disk.list(directory);
    }

    private static boolean isLeftover(Path file) {
        return LogFiles.hasSuffix(file, LogFiles.DELETED)
                || LogFiles.hasSuffix(file, LogFiles.CLEANED)
                || LogFiles.hasSuffix(file, LogFiles.SWAP);
    }

    private static boolean hasOrphans(List<Path> files) {
        Set<Long> logs = new HashSet<>();
        files.stream()
                .filter(file -> LogFiles.hasSuffix(file, LogFiles.LOG))
                .forEach(file -> logs.add(LogFiles.offsetOf(file)));
        return files.stream().anyMatch(file -> isIndexFile(file) && !logs.contains(LogFiles.offsetOf(file)));
    }

    /** A split writes several files; when one of them is unfinished, those from it on are worth nothing. */
    private void dropUnfinished() throws IOException {
        long firstUnfinished = Long.MAX_VALUE;
        for (Path file : disk.list(directory)) {
            if (LogFiles.hasSuffix(file, LogFiles.CLEANED)) {
                firstUnfinished = Math.min(firstUnfinished, LogFiles.offsetOf(file));
            }
        }
        for (Path file : disk.list(directory)) {
            boolean swapOfUnfinished =
                    LogFiles.hasSuffix(file, LogFiles.SWAP) && LogFiles.offsetOf(file) >= firstUnfinished;
            if (LogFiles.hasSuffix(file, LogFiles.DELETED)
                    || LogFiles.hasSuffix(file, LogFiles.CLEANED)
                    || swapOfUnfinished) {
                disk.deleteIfExists(file);
            }
        }
    }

    /** The swapped segments replace all that lie in their range. */
    private void finishSwaps() throws IOException {
        List<Path> swaps = new ArrayList<>();
        long from = Long.MAX_VALUE;
        long to = -1;
        for (Path file : disk.list(directory)) {
            if (LogFiles.hasSuffix(file, LogFiles.SWAP)) {
                swaps.add(file);
                if (LogFiles.hasSuffix(LogFiles.withoutSuffix(file, LogFiles.SWAP), LogFiles.LOG)) {
                    from = Math.min(from, LogFiles.offsetOf(file));
                    to = Math.max(to, nextOffset(file));
                }
            }
        }
        for (Path file : disk.list(directory)) {
            long offset = LogFiles.offsetOf(file);
            if (isSegmentFile(file) && offset >= from && offset < to) {
                disk.deleteIfExists(file);
            }
        }
        for (Path swap : swaps) {
            disk.rename(swap, LogFiles.withoutSuffix(swap, LogFiles.SWAP));
        }
    }

    private long nextOffset(Path log) throws IOException {
        try (FileChannel channel = disk.open(log, StandardOpenOption.READ)) {
            BatchCursor cursor =
                    new BatchCursor(SegmentScan.CHUNK_BYTES).start(channel, 0, Math.toIntExact(channel.size()));
            long next = LogFiles.offsetOf(log) + 1;
            while (cursor.next()) {
                next = cursor.lastOffset() + 1;
            }
            return next;
        }
    }

    private void dropOrphanedIndexes() throws IOException {
        for (Path file : disk.list(directory)) {
            if (isIndexFile(file) && !disk.exists(LogFiles.of(directory, LogFiles.offsetOf(file), LogFiles.LOG))) {
                disk.deleteIfExists(file);
            }
        }
    }

    private static boolean isSegmentFile(Path file) {
        return LogFiles.hasSuffix(file, LogFiles.LOG) && LogFiles.offsetOf(file) >= 0 || isIndexFile(file);
    }

    private static boolean isIndexFile(Path file) {
        return LogFiles.offsetOf(file) >= 0
                && (LogFiles.hasSuffix(file, LogFiles.OFFSET_INDEX)
                        || LogFiles.hasSuffix(file, LogFiles.TIME_INDEX)
                        || LogFiles.hasSuffix(file, LogFiles.TRANSACTION_INDEX));
    }
}
