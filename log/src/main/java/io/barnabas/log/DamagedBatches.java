package io.barnabas.log;

import io.barnabas.log.segment.LogSegment;
import io.barnabas.log.segment.Quarantine;
import io.barnabas.log.segment.Quarantine.Range;
import io.barnabas.log.segment.WholeBatchSearch;
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
 * Bytes in a log file that were durable and are no whole batches: they go into {@link Quarantine}, with one line each,
 * so that the records behind them can be read. Confined to the thread that opens the log.
 */
final class DamagedBatches {
    private static final Logger LOG = LoggerFactory.getLogger(DamagedBatches.class);

    /**
     * One stretch of them, and which offsets may have stood in it.
     *
     * @param foundOffset the first one behind it, negative when nothing follows
     */
    private record Damage(Range range, long expectedOffset, long foundOffset) {}

    private DamagedBatches() {}

    /**
     * Sets aside what is damaged below the recovery point; gives true when there was anything.
     *
     * @param recoveryPoint what begins at it or behind may be the torn end of what was never durable, and stays
     */
    static boolean setAside(LogSegment segment, long recoveryPoint, Disk disk) throws IOException {
        Path file = segment.path();
        List<Damage> damage = find(file, segment.baseOffset(), recoveryPoint, disk);
        if (damage.isEmpty()) {
            return false;
        }
        List<Path> kept =
                Quarantine.move(disk, file, damage.stream().map(Damage::range).toList());
        for (int i = 0; i < kept.size(); i++) {
            report(file, damage.get(i), kept.get(i));
        }
        return true;
    }

    private static List<Damage> find(Path file, long baseOffset, long recoveryPoint, Disk disk) throws IOException {
        List<Damage> found = new ArrayList<>();
        try (FileChannel channel = disk.open(file, StandardOpenOption.READ)) {
            WholeBatchSearch search = new WholeBatchSearch(channel, baseOffset, bytes -> {});
            while (search.stepOverWholeOnes() && search.isDurable(recoveryPoint)) {
                int from = search.position();
                long expected = search.nextOffset();
                Range range = new Range(from, search.findNext());
                found.add(new Damage(range, expected, search.isAtEnd() ? -1 : search.nextOffset()));
            }
        }
        return found;
    }

    private static void report(Path file, Damage damage, Path kept) {
        LOG.error(
                "Damage in {}, in records that were durable: {} bytes at position {} are no whole batch, and what stood in"
                        + " them from offset {} {} is lost; the bytes are kept in {}",
                file,
                damage.range.bytes(),
                damage.range.from(),
                damage.expectedOffset,
                damage.foundOffset < 0 ? "on" : "to " + (damage.foundOffset - 1),
                kept);
    }
}
