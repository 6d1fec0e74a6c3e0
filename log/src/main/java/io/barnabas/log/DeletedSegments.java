package io.barnabas.log;

import io.barnabas.log.producer.SnapshotFiles;
import io.barnabas.log.segment.LogSegment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Segments that left a log: their files get names that say so at once, and go after a while, because somebody may
 * still read them. What a crash leaves of them goes at the next start. Any thread may call.
 */
final class DeletedSegments {
    private final LogResources resources;
    private final DiskTasks tasks;
    private final SnapshotFiles snapshots;

    DeletedSegments(LogResources resources, DiskTasks tasks, SnapshotFiles snapshots) {
        this.resources = resources;
        this.tasks = tasks;
        this.snapshots = snapshots;
    }

    void take(List<LogSegment> leaving, long delayMs) throws IOException {
        List<Path> files = rename(leaving);
        for (LogSegment segment : leaving) {
            snapshots.delete(segment.baseOffset());
        }
        deleteLater(files, delayMs);
    }

    /** Gives the new names. */
    List<Path> rename(List<LogSegment> leaving) throws IOException {
        List<Path> files = new ArrayList<>();
        for (LogSegment segment : leaving) {
            files.addAll(segment.renameToDeleted());
        }
        return files;
    }

    void deleteLater(List<Path> files, long delayMs) {
        if (!files.isEmpty()) {
            resources.timers().schedule(delayMs, () -> tasks.later("deleting segments", () -> delete(files)));
        }
    }

    private void delete(List<Path> files) throws IOException {
        for (Path file : files) {
            resources.disk().deleteIfExists(file);
        }
    }
}
