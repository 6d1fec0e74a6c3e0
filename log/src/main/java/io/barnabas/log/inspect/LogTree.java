package io.barnabas.log.inspect;

import io.barnabas.log.directory.PartitionDirectory;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a path stands for: a log directory with its partitions, a partition's directory, or a single file. Immutable.
 *
 * @param logDirectories empty when the path lies within one
 * @param partitions directories of partitions, in the order of their names
 * @param file null when the path is a directory
 */
record LogTree(List<Path> logDirectories, List<Path> partitions, Path file) {

    static LogTree of(Disk disk, Path path) throws IOException {
        Path whole = path.toAbsolutePath().normalize();
        if (!disk.exists(whole)) {
            throw new NoSuchFileException(path.toString());
        } else if (!disk.isDirectory(whole)) {
            return new LogTree(List.of(), List.of(), whole);
        } else if (isPartition(disk, whole)) {
            return new LogTree(List.of(), List.of(whole), null);
        }
        List<Path> partitions = new ArrayList<>();
        for (Path child : sorted(disk, whole)) {
            if (disk.isDirectory(child)
                    && PartitionDirectory.parse(child.getFileName().toString()) != null) {
                partitions.add(child);
            }
        }
        return new LogTree(List.of(whole), partitions, null);
    }

    static List<Path> sorted(Disk disk, Path directory) throws IOException {
        List<Path> children = new ArrayList<>(disk.list(directory));
        children.sort(Comparator.comparing(child -> child.getFileName().toString()));
        return children;
    }

    /** A log directory's own name may look like a partition's, too; then it is what lies in it that tells. */
    private static boolean isPartition(Disk disk, Path directory) throws IOException {
        return PartitionDirectory.parse(directory.getFileName().toString()) != null
                && disk.list(directory).stream()
                        .anyMatch(child -> FileKind.of(child) == FileKind.LOG
                                || FileKind.of(child) == FileKind.PARTITION_METADATA);
    }
}
