package io.barnabas.log;

import io.barnabas.log.file.FileCopy;
import io.barnabas.log.file.Fsync;
import io.barnabas.log.file.LogFiles;
import io.barnabas.log.segment.LogSegment;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes bytes that were durable and are no whole batches out of a log file, so that the records behind them can be read,
 * and keeps them beside it for whoever wants to look: {@code <file>.<from>-<to>.quarantine}. The file is replaced as a
 * whole, after what goes is durable elsewhere, so a crash leaves it as it was or without the damage. Confined to the
 * thread that opens the log.
 */
final class DamagedBatches {
    static final String QUARANTINE = ".quarantine";

    private static final Logger LOG = LoggerFactory.getLogger(DamagedBatches.class);

    private final Disk disk;
    private final Path file;

    /** Bytes {@code [from, to)} of the file. */
    private record Range(long from, long to) {}

    private DamagedBatches(Disk disk, Path file) {
        this.disk = disk;
        this.file = file;
    }

    /**
     * Sets aside what is damaged below the recovery point; gives true when there was anything.
     *
     * @param recoveryPoint what begins at it or behind may be the torn end of what was never durable, and stays
     */
    static boolean setAside(LogSegment segment, long recoveryPoint, Disk disk) throws IOException {
        return new DamagedBatches(disk, segment.path()).setAside(segment, recoveryPoint);
    }

    private boolean setAside(LogSegment segment, long recoveryPoint) throws IOException {
        try (FileChannel channel = disk.open(file, StandardOpenOption.READ)) {
            WholeBatchSearch search = new WholeBatchSearch(channel, segment.baseOffset());
            List<Range> good = new ArrayList<>();
            boolean damaged = false;
            long from = 0;
            while (true) {
                search.stepOverWholeOnes();
                long to = search.position();
                good.add(new Range(from, to));
                if (to == channel.size() || !search.isDurable(recoveryPoint)) {
                    good.add(new Range(to, channel.size()));
                    break;
                }
                long expected = search.nextOffset();
                from = search.findNext();
                keep(channel, new Range(to, from), expected, from == channel.size() ? -1 : search.nextOffset());
                damaged = true;
            }
            if (damaged) {
                replaceBy(channel, good);
            }
            return damaged;
        }
    }

    /** @param found the first offset behind the damage, negative when nothing follows */
    private void keep(FileChannel from, Range damage, long expected, long found) throws IOException {
        Path kept = file.resolveSibling(file.getFileName() + "." + damage.from + "-" + damage.to + QUARANTINE);
        write(kept, from, List.of(damage));
        Fsync.directory(disk, file.getParent());
        LOG.error(
                "Damage in {}, in records that were durable: {} bytes at position {} are no whole batch, and what stood in"
                        + " them from offset {} {} is lost; the bytes are kept in {}",
                file,
                damage.to - damage.from,
                damage.from,
                expected,
                found < 0 ? "on" : "to " + (found - 1),
                kept);
    }

    private void replaceBy(FileChannel from, List<Range> ranges) throws IOException {
        // A start deletes what has this name, as the output of a compaction that did not end.
        Path temporary = LogFiles.withSuffix(file, LogFiles.CLEANED);
        write(temporary, from, ranges);
        disk.rename(temporary, file);
        Fsync.directory(disk, file.getParent());
    }

    private void write(Path to, FileChannel from, List<Range> ranges) throws IOException {
        try (FileChannel out = FileCopy.create(disk, to)) {
            for (Range range : ranges) {
                FileCopy.append(from, range.from, range.to - range.from, out);
            }
            Fsync.file(out, to);
        }
    }
}
