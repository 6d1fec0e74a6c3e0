package io.barnabas.log.file;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** Tells a full disk, which passes, from a broken one. */
public final class DiskErrors {
    private DiskErrors() {}

    /** The operating system's own words are all that the JDK hands on. */
    public static boolean isFull(IOException failure) {
        if (failure instanceof Fsync.FailedException) {
            return false;
        }
        String text = failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
        return text != null && (text.contains("No space left") || text.contains("quota exceeded"));
    }
}
