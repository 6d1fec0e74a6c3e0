package io.barnabas.log;

import io.barnabas.log.directory.PartitionDirectory;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away the files of logs that are none any more: their directory gets a name that says so at once and goes after a
 * while. Remembers up to 10,000 partitions of which checkpoints may still speak. Guarded by {@link LogManager}.
 */
final class DeletedLogs {
    private static final Logger LOG = LoggerFactory.getLogger(DeletedLogs.class);
    private static final int MOST_REMEMBERED = 10_000;

    private final LogResources resources;
    private final LogCheckpoints checkpoints;
    private final Supplier<List<LogDirectory>> liveDirectories;
    private final Set<TopicPartition> remembered = new HashSet<>();

    DeletedLogs(LogResources resources, LogCheckpoints checkpoints, Supplier<List<LogDirectory>> liveDirectories) {
        this.resources = resources;
        this.checkpoints = checkpoints;
        this.liveDirectories = liveDirectories;
    }

    /** The name of a directory that a start deletes. */
    Path directoryIn(LogDirectory home, TopicPartition partition) {
        return home.path().resolve(PartitionDirectory.deletedName(partition, Uuid.random(resources.random())));
    }

    /**
     * Before a new log of the name is made: the checkpoints on disk may still speak of one that was deleted. A crash must
     * not take that for what it says of the new one.
     */
    void makeRoomFor(TopicPartition partition, LogDirectory home) throws IOException {
        if (remembered.contains(partition)) {
            checkpoints.all(home);
        }
    }

    /** Takes the files away of a log that nobody finds any more. */
    void take(PartitionLog log) throws IOException {
        TopicPartition partition = log.topicPartition();
        LogDirectory home = log.directory();
        home.logLeft();
        log.abandon();
        remember(partition);
        Path renamed = directoryIn(home, partition);
        try {
            log.renameTo(renamed);
        } catch (IOException failure) {
            home.failed("deleting " + partition, failure);
            throw failure;
        }
        home.highWatermarkMoved();
        home.recoveryPointMoved();
        home.logStartOffsetMoved();
        if (log.compaction().compactedUpTo() >= 0) {
            checkpoints.cleanerOffsets(home);
        }
        LOG.info("Log for partition {} is renamed to {} and is scheduled for deletion", partition, renamed);
        deleteLater(renamed, log.config().fileDeleteDelayMs());
    }

    private void remember(TopicPartition partition) throws IOException {
        if (remembered.size() >= MOST_REMEMBERED) {
            for (LogDirectory directory : liveDirectories.get()) {
                checkpoints.all(directory);
            }
            remembered.clear();
        }
        remembered.add(partition);
    }

    /** Any thread may call. */
    void deleteLater(Path directory, long delayMs) {
        resources
                .timers()
                .schedule(delayMs, () -> resources.later("deletion of " + directory, () -> delete(directory)));
    }

    private void delete(Path directory) {
        try {
            resources.disk().deleteRecursively(directory);
            LOG.info("Deleted {}", directory);
        } catch (IOException failure) {
            LOG.warn("Deleting {} failed; the next start tries again: {}", directory, failure.toString());
        }
    }
}
