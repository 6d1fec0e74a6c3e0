package io.barnabas.log.inspect;

import io.barnabas.log.LogRebuild;
import io.barnabas.log.directory.DirectoryLockedException;
import io.barnabas.log.directory.OffsetCheckpoint;
import io.barnabas.log.directory.PartitionDirectory;
import io.barnabas.log.directory.PartitionDirectory.Kind;
import io.barnabas.log.file.LogFiles;
import io.barnabas.log.segment.Quarantine;
import io.barnabas.log.segment.Quarantine.Range;
import io.barnabas.log.segment.WholeBatchSearch;
import io.barnabas.runtime.Clock;
import io.barnabas.runtime.Disk;
import io.barnabas.wire.TopicPartition;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings log directories in order while no broker uses them: what is no whole batch goes into a quarantine file, every
 * good batch stays as it is, and what follows from the batches is made anew. A partition without complaint is not
 * touched. Confined to one thread.
 */
public final class LogRepair {
    private static final String LOCK = ".lock";

    private final Disk disk;
    private final Clock clock;
    private final Consumer<Finding> listener;
    private final Findings findings;
    private final Progress progress;
    private int partitions;
    private int repaired;
    private long quarantinedBytes;

    /** What was done, and what is still wrong. */
    public record Summary(int partitions, int repaired, long quarantinedBytes, int problems) {
        public Entry entry() {
            return Entry.of("summary")
                    .with("partitions", partitions)
                    .with("repaired", repaired)
                    .with("quarantinedBytes", quarantinedBytes)
                    .with("problems", problems);
        }
    }

    /** @param listener hears what was repaired and what is left */
    public LogRepair(Disk disk, Clock clock, Consumer<Finding> listener, Progress progress) {
        this.disk = disk;
        this.clock = clock;
        this.listener = listener;
        this.findings = new Findings(listener);
        this.progress = progress;
    }

    public Summary summary() {
        return new Summary(partitions, repaired, quarantinedBytes, findings.problems());
    }

    /**
     * Repairs a log directory, or one partition in it.
     *
     * @throws DirectoryLockedException when a broker uses it; then nothing was changed
     */
    public void repair(Path path) throws IOException {
        LogTree tree = LogTree.of(disk, path);
        if (tree.file() != null) {
            throw new NotDirectoryException(path.toString());
        } else if (tree.partitions().isEmpty()) {
            return;
        }
        Path directory = tree.partitions().get(0).getParent();
        Path lockFile = directory.resolve(LOCK);
        boolean wasThere = disk.exists(lockFile);
        Optional<Disk.Lock> lock = disk.tryLock(lockFile);
        if (lock.isEmpty()) {
            throw new DirectoryLockedException(directory);
        }
        try {
            repairAll(directory, tree.partitions());
            if (!wasThere) {
                disk.deleteIfExists(lockFile);
            }
        } finally {
            lock.get().close();
        }
    }

    private void repairAll(Path directory, List<Path> all) throws IOException {
        Standing standing = Standing.read(disk, directory, new Findings(ignored -> {}));
        List<Path> live = all.stream()
                .filter(path ->
                        PartitionDirectory.parse(path.getFileName().toString()).kind() == Kind.LIVE)
                .toList();
        for (Path partition : live) {
            progress.expect(PartitionFiles.list(disk, partition).logBytes(disk));
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (Path partition : live) {
            partitions++;
            PartitionFiles files = PartitionFiles.list(disk, partition);
            if (!isFine(files, standing)) {
                ends.put(files.partition(), repair(files));
            }
        }
        lower(directory.resolve(FileKind.RECOVERY_POINTS), ends);
        lower(directory.resolve(FileKind.HIGH_WATERMARKS), ends);
        Standing after = Standing.read(disk, directory, findings);
        for (Path partition : live) {
            PartitionFiles files = PartitionFiles.list(disk, partition);
            if (ends.containsKey(files.partition())) {
                new PartitionCheck(disk, files, after, findings, progress).run();
            }
        }
    }

    private boolean isFine(PartitionFiles files, Standing standing) throws IOException {
        Findings complaints = new Findings(ignored -> {});
        new PartitionCheck(disk, files, standing, complaints, progress).run();
        return standing.clean() && complaints.problems() == 0 && hasIndexes(files);
    }

    private boolean hasIndexes(PartitionFiles files) {
        for (int i = 0; i < files.segments().size(); i++) {
            if (!disk.exists(files.beside(i, LogFiles.OFFSET_INDEX))
                    || !disk.exists(files.beside(i, LogFiles.TIME_INDEX))) {
                return false;
            }
        }
        return true;
    }

    /** Gives the offset after the last record. */
    private long repair(PartitionFiles files) throws IOException {
        progress.expect(files.logBytes(disk));
        for (Path segment : files.segments()) {
            List<Range> damaged = WholeBatchSearch.damageIn(disk, segment, progress::passed);
            if (!damaged.isEmpty()) {
                report(segment, damaged, Quarantine.move(disk, segment, damaged));
            }
        }
        long end = LogRebuild.run(disk, clock, files.directory());
        repaired++;
        tell(
                files.directory(),
                Finding.WHOLE_FILE,
                "indexes, producer snapshots and leader epochs are made anew; the log ends at offset " + end);
        return end;
    }

    private void report(Path segment, List<Range> damaged, List<Path> moved) {
        for (int i = 0; i < damaged.size(); i++) {
            Range range = damaged.get(i);
            quarantinedBytes += range.bytes();
            tell(
                    segment,
                    range.from(),
                    "moved " + range.bytes() + " bytes, which are no whole batch, to "
                            + moved.get(i).getFileName());
        }
    }

    private void tell(Path file, long position, String what) {
        listener.accept(new Finding(Finding.Severity.REPAIRED, file, position, what));
    }

    /** What a checkpoint says beyond the end of a log is not true any more. */
    private void lower(Path file, Map<TopicPartition, Long> ends) throws IOException {
        OffsetCheckpoint checkpoint = new OffsetCheckpoint(disk, file);
        Map<TopicPartition, Long> offsets = checkpoint.readOrEmpty();
        Map<TopicPartition, Long> lowered = new HashMap<>(offsets);
        ends.forEach((partition, end) -> lowered.computeIfPresent(partition, (name, offset) -> Math.min(offset, end)));
        if (!lowered.equals(offsets)) {
            checkpoint.write(lowered);
        }
    }
}
