package io.barnabas.testkit.disk;

import java.nio.file.Path;

/**
 * Something that a program is about to do to a {@link SimulatedDisk}.
 *
 * @param number counts from 1
 */
public record DiskChange(long number, Kind kind, Path path) {
    public enum Kind {
        CREATE,
        WRITE,
        TRUNCATE,
        FSYNC,
        FSYNC_DIRECTORY,
        RENAME,
        DELETE,
        LINK
    }

    @Override
    public String toString() {
        return "change " + number + ", " + kind + " of " + path;
    }
}
