package io.barnabas.log.directory;

import java.io.IOException;
import java.nio.file.Path;

/** Another process uses the log directory. */
public final class DirectoryLockedException extends IOException {
    private static final long serialVersionUID = 1L;

    public DirectoryLockedException(Path directory) {
        super("Log directory " + directory + " is in use by another process; stop that one, or name another directory"
                + " in log.dirs");
    }
}
