package io.barnabas.log;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes a log durable up to an offset. Runs on threads that may wait, one at a time for a log; never holds the
 * partition's lock while it does.
 */
final class LogFlusher {
    private final LogResources resources;

    /** All directory entries made before this offset are durable. */
    private long directoryFlushedTo = -1;

    LogFlusher(LogResources resources) {
        this.resources = resources;
    }

    /** Segments that overlap {@code [from, upTo)}: closed ones get their final form first. */
    synchronized void flush(SegmentList segments, SnapshotFiles snapshots, Path directory, long from, long upTo)
            throws IOException {
        for (int i = Math.max(0, segments.indexOf(from)); i < segments.count(); i++) {
            LogSegment segment = segments.get(i);
            if (segment.baseOffset() >= upTo && i > 0) {
                break;
            }
            segment.finish();
            segment.fsync();
        }
        snapshots.fsync(from, upTo);
        long newestBase = segments.active().baseOffset();
        if (directoryFlushedTo != newestBase) {
            resources.disk().fsyncDirectory(directory);
            directoryFlushedTo = newestBase;
        }
    }
}
