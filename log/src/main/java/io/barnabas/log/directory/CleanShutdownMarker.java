package io.barnabas.log.directory;

import io.barnabas.log.file.Fsync;
import io.barnabas.log.file.SmallFile;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The file {@code .kafka_cleanshutdown}: the last stop left every log of the directory whole. Its being there is what
 * counts; before 3.7 it was empty.
 */
public final class CleanShutdownMarker {
    private static final String NAME = ".kafka_cleanshutdown";

    /** -1: a cluster on ZooKeeper does not compare broker epochs here. */
    private static final String CONTENT = "{\"version\":0,\"brokerEpoch\":-1}";

    private CleanShutdownMarker() {}

    /** True when there was one; it is gone then, so that a crash during the start counts as one. */
    public static boolean take(Disk disk, Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        boolean found = disk.exists(file);
        disk.deleteIfExists(file);
        // Where there is none, a start before this one may have taken it and ended before that was durable.
        Fsync.directory(disk, directory);
        return found;
    }

    public static void write(Disk disk, Path directory) throws IOException {
        SmallFile.replaceText(disk, directory.resolve(NAME), CONTENT);
    }
}
