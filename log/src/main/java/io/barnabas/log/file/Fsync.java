package io.barnabas.log.file;

import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Makes files and names durable. Where that fails, what was written is in doubt for good: the operating system may have
 * dropped it and would not say so a second time. So nobody tries again, whatever the reason, lack of space included.
 */
public final class Fsync {
    private Fsync() {}

    /** An fsync failed; never one that passes. */
    public static final class FailedException extends IOException {
        private static final long serialVersionUID = 1L;

        private FailedException(Path path, IOException cause) {
            super("fsync of " + path + " failed: " + cause.getMessage(), cause);
        }
    }

    public static void file(FileChannel channel, Path path) throws FailedException {
        try {
            channel.force(true);
        } catch (IOException failure) {
            throw new FailedException(path, failure);
        }
    }

    /** The names in it. */
    public static void directory(Disk disk, Path path) throws FailedException {
        try {
            disk.fsyncDirectory(path);
        } catch (IOException failure) {
            throw new FailedException(path, failure);
        }
    }
}
