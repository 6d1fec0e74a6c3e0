package io.barnabas.log.segment;

import io.barnabas.log.file.FileCopy;
import io.barnabas.log.file.Fsync;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The {@code .log} file of a segment, open or not. Any thread may acquire it. Renaming keeps those who read it at
 * work, because they hold the file itself.
 */
final class SegmentFile {
    private final FileHandles handles;
    private volatile SegmentFileName name;
    private volatile OpenFile open;

    SegmentFile(FileHandles handles, SegmentFileName name) {
        this.handles = handles;
        this.name = name;
    }

    Path path() {
        return name.path();
    }

    /** Makes an empty file, in the place of one that a crash may have left. */
    void create() throws IOException {
        synchronized (this) {
            OpenFile created = handles.open(
                    path(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            open = created;
            created.release();
        }
    }

    /** The caller releases what it gets. */
    OpenFile acquire() throws IOException {
        OpenFile current = open;
        return current != null && current.tryRetain() ? current : reopen();
    }

    private synchronized OpenFile reopen() throws IOException {
        OpenFile current = open;
        if (current != null && current.tryRetain()) {
            return current;
        }
        OpenFile opened = handles.open(path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        open = opened;
        return opened;
    }

    void write(ByteBuffer bytes, long position) throws IOException {
        OpenFile file = acquire();
        try {
            file.channel().write(bytes, position);
        } finally {
            file.release();
        }
    }

    void fsync() throws IOException {
        OpenFile file = acquire();
        try {
            Fsync.file(file.channel(), path());
        } finally {
            file.release();
        }
    }

    /**
     * A fork of the log may have the file, too: then this one goes on with a copy, before anything in it changes. Who
     * reads goes on with the old one.
     */
    synchronized void unshare() throws IOException {
        if (handles.disk().linkCount(path()) > 1) {
            FileCopy.replaceByCopy(handles.disk(), path());
            close();
        }
    }

    synchronized void changeSuffix(String from, String to) throws IOException {
        SegmentFileName next = name.withSuffixChanged(from, to);
        handles.disk().rename(path(), next.path());
        name = next;
    }

    /** The directory above has a new name. */
    synchronized void movedTo(Path directory) {
        name = name.in(directory);
    }

    synchronized void close() {
        OpenFile current = open;
        open = null;
        if (current != null) {
            handles.forget(current);
        }
    }
}
