package io.barnabas.log.inspect;

import io.barnabas.log.file.FileCopy;
import io.barnabas.log.file.LogFiles;
import io.barnabas.log.inspect.DamagedRanges.Range;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Takes parts out of a segment's file: they are durable in files of their own before the segment is replaced by a copy
 * without them. Brokers pass over files of that name. A crash in between leaves the segment as it was. Stateless.
 */
final class Quarantine {
    private static final String SUFFIX = ".quarantine";

    private Quarantine() {}

    static boolean holds(Path file) {
        return LogFiles.hasSuffix(file, SUFFIX);
    }

    /** Gives the files into which the parts went. */
    static List<Path> move(Disk disk, Path segment, List<Range> parts) throws IOException {
        List<Path> files =
                parts.stream().map(part -> unused(disk, segment, part.from())).toList();
        Path copy = LogFiles.withSuffix(segment, LogFiles.CLEANED);
        long writtenMs = disk.lastModifiedMs(segment);
        try (FileChannel from = disk.open(segment, StandardOpenOption.READ);
                FileChannel to = FileCopy.create(disk, copy)) {
            int at = 0;
            for (int i = 0; i < parts.size(); i++) {
                Range part = parts.get(i);
                FileCopy.append(from, at, part.from() - at, to);
                keep(disk, from, part, files.get(i));
                at = part.to();
            }
            FileCopy.append(from, at, from.size() - at, to);
            to.force(true);
        }
        disk.setLastModifiedMs(copy, writtenMs);
        disk.fsyncDirectory(segment.getParent());
        disk.rename(copy, segment);
        disk.fsyncDirectory(segment.getParent());
        return files;
    }

    private static void keep(Disk disk, FileChannel from, Range part, Path file) throws IOException {
        try (FileChannel to = FileCopy.create(disk, file)) {
            FileCopy.append(from, part.from(), part.bytes(), to);
            to.force(true);
        }
    }

    /** An earlier repair may have found something there, too. */
    private static Path unused(Disk disk, Path segment, int position) {
        Path file = LogFiles.withSuffix(segment, ".at-" + position + SUFFIX);
        for (int i = 2; disk.exists(file); i++) {
            file = LogFiles.withSuffix(segment, ".at-" + position + "-" + i + SUFFIX);
        }
        return file;
    }
}
