package io.barnabas.log.segment;

import io.barnabas.log.file.FileCopy;
import io.barnabas.log.file.Fsync;
import io.barnabas.log.file.LogFiles;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes parts out of a segment's file and keeps them beside it for whoever wants to look:
 * {@code <file>.<from>-<to>.quarantine}. They are durable there before the segment is replaced, as a whole, by a copy
 * without them, so a crash leaves it as it was or without the damage. Brokers pass over files of that name. Stateless.
 */
public final class Quarantine {
    private static final String SUFFIX = ".quarantine";

    /** Bytes {@code [from, to)} of a file. */
    public record Range(int from, int to) {
        public int bytes() {
            return to - from;
        }
    }

    private Quarantine() {}

    public static boolean holds(Path file) {
        return LogFiles.hasSuffix(file, SUFFIX);
    }

    /** Gives the files into which the parts went. */
    public static List<Path> move(Disk disk, Path segment, List<Range> parts) throws IOException {
        try (FileChannel from = disk.open(segment, StandardOpenOption.READ)) {
            List<Path> files = new ArrayList<>();
            for (Range part : parts) {
                files.add(keep(disk, from, segment, part));
            }
            Fsync.directory(disk, segment.getParent());
            replaceByRest(disk, from, segment, parts);
            return files;
        }
    }

    private static Path keep(Disk disk, FileChannel from, Path segment, Range part) throws IOException {
        String name = "." + part.from + "-" + part.to;
        Path file = LogFiles.withSuffix(segment, name + SUFFIX);
        for (int i = 2; disk.exists(file); i++) {
            if (isSame(disk, from, part, file)) {
                // A crash came before the segment was replaced.
                return file;
            }
            // An earlier time something else was wrong there.
            file = LogFiles.withSuffix(segment, name + "-" + i + SUFFIX);
        }
        Path temporary = LogFiles.withSuffix(file, LogFiles.CLEANED);
        write(disk, temporary, from, List.of(part));
        disk.rename(temporary, file);
        return file;
    }

    private static boolean isSame(Disk disk, FileChannel from, Range part, Path file) throws IOException {
        try (FileChannel kept = disk.open(file, StandardOpenOption.READ)) {
            return FileCopy.isSame(from, part.from, kept, part.bytes());
        }
    }

    private static void replaceByRest(Disk disk, FileChannel from, Path segment, List<Range> leaving)
            throws IOException {
        List<Range> staying = new ArrayList<>();
        int at = 0;
        for (Range part : leaving) {
            staying.add(new Range(at, part.from));
            at = part.to;
        }
        staying.add(new Range(at, Math.toIntExact(from.size())));
        // A start deletes what has this name, as the output of a compaction that did not end.
        Path copy = LogFiles.withSuffix(segment, LogFiles.CLEANED);
        long writtenMs = disk.lastModifiedMs(segment);
        write(disk, copy, from, staying);
        disk.setLastModifiedMs(copy, writtenMs);
        disk.rename(copy, segment);
        Fsync.directory(disk, segment.getParent());
    }

    private static void write(Disk disk, Path to, FileChannel from, List<Range> ranges) throws IOException {
        try (FileChannel out = FileCopy.create(disk, to)) {
            for (Range range : ranges) {
                FileCopy.append(from, range.from, range.bytes(), out);
            }
            Fsync.file(out, to);
        }
    }
}
