package io.barnabas.log.inspect;

import io.barnabas.log.directory.MetaProperties;
import io.barnabas.log.directory.PartitionDirectory;
import io.barnabas.log.directory.PartitionDirectory.Kind;
import io.barnabas.runtime.Disk;
import io.barnabas.wire.TopicPartition;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Checks log directories, or directories of single partitions, without changing anything; a running broker may be using
 * them. Several calls are one check: a partition may be in one directory only. Confined to one thread.
 */
public final class LogVerification {
    private final Disk disk;
    private final Findings findings;
    private final Progress progress;
    private final Map<TopicPartition, Path> seen = new HashMap<>();
    private long bytes;
    private long records;
    private int segments;

    /** What was looked at, and what came of it. */
    public record Summary(int partitions, int segments, long bytes, long records, int problems, int notes) {
        public Entry entry() {
            return Entry.of("summary")
                    .with("partitions", partitions)
                    .with("segments", segments)
                    .with("bytes", bytes)
                    .with("records", records)
                    .with("problems", problems)
                    .with("notes", notes);
        }
    }

    public LogVerification(Disk disk, Consumer<Finding> listener, Progress progress) {
        this.disk = disk;
        this.findings = new Findings(listener);
        this.progress = progress;
    }

    /** Fails when the path cannot be read at all; what is wrong in it goes to the listener. */
    public void check(Path path) throws IOException {
        LogTree tree = LogTree.of(disk, path);
        if (tree.file() != null) {
            throw new NotDirectoryException(path.toString());
        }
        for (Path directory : tree.logDirectories()) {
            checkDirectory(directory);
        }
        if (tree.partitions().isEmpty()) {
            return;
        }
        Standing standing = Standing.read(disk, tree.partitions().get(0).getParent(), findings);
        if (!standing.clean()) {
            findings.note(
                    standing.directory(),
                    "was not stopped cleanly, or a broker is using it: its newest files are open");
        }
        List<Path> live = tree.partitions().stream().filter(this::isLive).toList();
        for (Path partition : live) {
            progress.expect(PartitionFiles.list(disk, partition).logBytes(disk));
        }
        for (Path partition : live) {
            checkPartition(partition, standing);
        }
    }

    public Summary summary() {
        return new Summary(seen.size(), segments, bytes, records, findings.problems(), findings.notes());
    }

    private void checkDirectory(Path directory) throws IOException {
        try {
            if (MetaProperties.read(disk, directory).isEmpty()) {
                findings.note(directory, "has no " + MetaProperties.FILE_NAME + ": no broker has used it yet");
            }
        } catch (IOException malformed) {
            findings.problem(directory.resolve(MetaProperties.FILE_NAME), malformed.getMessage());
        }
        for (Path child : LogTree.sorted(disk, directory)) {
            String name = child.getFileName().toString();
            if (disk.isDirectory(child)
                    && PartitionDirectory.parse(name) == null
                    && !name.equals("remote-log-index-cache")) {
                findings.problem(child, "is no partition's directory; a broker does not start beside it");
            }
        }
    }

    private boolean isLive(Path partition) {
        return PartitionDirectory.parse(partition.getFileName().toString()).kind() == Kind.LIVE;
    }

    private void checkPartition(Path directory, Standing standing) throws IOException {
        try {
            PartitionFiles files = PartitionFiles.list(disk, directory);
            Path other = seen.putIfAbsent(files.partition(), directory);
            if (other != null && !other.equals(directory)) {
                findings.problem(
                        directory, "the partition is in " + other + ", too; a broker does not start with both");
            }
            segments += files.segments().size();
            bytes += files.logBytes(disk);
            PartitionCheck check = new PartitionCheck(disk, files, standing, findings, progress);
            check.run();
            records += check.records();
        } catch (NoSuchFileException vanished) {
            if (standing.clean()) {
                throw vanished;
            }
            findings.note(
                    Path.of(vanished.getFile()), "vanished while it was looked at; a broker is using the directory");
        }
    }
}
