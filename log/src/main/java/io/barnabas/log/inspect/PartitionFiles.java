package io.barnabas.log.inspect;

import io.barnabas.log.directory.PartitionDirectory;
import io.barnabas.log.file.LogFiles;
import io.barnabas.runtime.Disk;
import io.barnabas.wire.TopicPartition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of one partition, as they lie there at one moment. Immutable. */
record PartitionFiles(Path directory, TopicPartition partition, List<Path> segments, List<Path> all) {

    static PartitionFiles list(Disk disk, Path directory) throws IOException {
        List<Path> all = new ArrayList<>();
        List<Path> segments = new ArrayList<>();
        for (Path file : LogTree.sorted(disk, directory)) {
            if (!disk.isDirectory(file)) {
                all.add(file);
                if (FileKind.of(file) == FileKind.LOG && !FileKind.isLeftover(file)) {
                    segments.add(file);
                }
            }
        }
        TopicPartition partition =
                PartitionDirectory.parse(directory.getFileName().toString()).topicPartition();
        return new PartitionFiles(directory, partition, segments, all);
    }

    long baseOffset(int segment) {
        return LogFiles.offsetOf(segments.get(segment));
    }

    /** Of the segment that follows, or the largest number. */
    long nextBaseOffset(int segment) {
        return segment + 1 < segments.size() ? baseOffset(segment + 1) : Long.MAX_VALUE;
    }

    Path beside(int segment, String suffix) {
        return LogFiles.of(directory, baseOffset(segment), suffix);
    }

    long logBytes(Disk disk) throws IOException {
        long bytes = 0;
        for (Path segment : segments) {
            bytes += disk.size(segment);
        }
        return bytes;
    }
}
