package io.barnabas.log.directory;

import io.barnabas.log.file.SmallFile;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The file {@code .barnabas-adopted}: the log directory of a KRaft node was taken over, and its {@code meta.properties},
 * which is left as it is, no longer stands in the way. Kafka ignores it.
 */
public final class AdoptionMark {
    private static final String FILE_NAME = ".barnabas-adopted";

    private AdoptionMark() {}

    public static boolean isThere(Disk disk, Path directory) {
        return disk.exists(directory.resolve(FILE_NAME));
    }

    public static void write(Disk disk, Path directory, Instant now) throws IOException {
        SmallFile.replaceText(disk, directory.resolve(FILE_NAME), "Taken over from a KRaft node, " + now + "\n");
    }
}
