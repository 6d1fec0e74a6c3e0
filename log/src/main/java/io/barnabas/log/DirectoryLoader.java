package io.barnabas.log;

import io.barnabas.log.LogRecovery.Hints;
import io.barnabas.log.directory.CleanShutdownMarker;
import io.barnabas.log.directory.DirectoryLockedException;
import io.barnabas.log.directory.PartitionDirectory;
import io.barnabas.log.directory.PartitionDirectory.Kind;
import io.barnabas.runtime.Clock;
import io.barnabas.runtime.Disk;
import io.barnabas.runtime.ThreadPools;
import io.barnabas.wire.TopicPartition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the logs of one log directory, on threads of its own, and holds the directory's lock. The thread that starts the
 * broker calls.
 */
final class DirectoryLoader {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryLoader.class);
    private static final String LOCK = ".lock";

    private final LogDirectory directory;
    private final LogManagerSettings settings;
    private final LogResources resources;
    private final Clock clock;
    private final ThreadPools pools;
    private final List<Future<PartitionLog>> loading = new ArrayList<>();
    private final List<Path> leftToDelete = new ArrayList<>();
    private final List<Moving> moving = new ArrayList<>();
    private Disk.Lock lock;
    private ExecutorService threads;
    private boolean checkpointsAreStale;

    DirectoryLoader(
            LogDirectory directory,
            LogManagerSettings settings,
            LogResources resources,
            Clock clock,
            ThreadPools pools) {
        this.directory = directory;
        this.settings = settings;
        this.resources = resources;
        this.clock = clock;
        this.pools = pools;
    }

    LogDirectory directory() {
        return directory;
    }

    /** Whether the checkpoints speak of partitions that are not here any more. */
    boolean checkpointsAreStale() {
        return checkpointsAreStale;
    }

    /** A replica that was on its way into this directory. */
    record Moving(TopicPartition partition, Path path, Hints hints) {}

    /** Those that were not there yet when the last life ended. */
    List<Moving> moving() {
        return moving;
    }

    /** Directories of partitions that were deleted in an earlier life. */
    List<Path> leftToDelete() {
        return leftToDelete;
    }

    /** A directory that cannot be used goes offline; one that somebody else uses ends the start. */
    void lock() throws DirectoryLockedException {
        try {
            resources.disk().createDirectories(directory.path());
            lock = resources.disk().tryLock(directory.path().resolve(LOCK)).orElse(null);
        } catch (IOException failure) {
            directory.failed("locking it", failure);
            return;
        }
        if (lock == null) {
            throw new DirectoryLockedException(directory.path());
        }
    }

    void beginLoading(Function<String, LogConfig> configs) throws IOException {
        if (directory.isOffline()) {
            return;
        }
        List<Path> children;
        boolean clean;
        Map<TopicPartition, Long> recoveryPoints;
        Map<TopicPartition, Long> logStartOffsets;
        Map<TopicPartition, Long> highWatermarks;
        Map<TopicPartition, Long> cleanerOffsets;
        try {
            Disk disk = resources.disk();
            clean = CleanShutdownMarker.take(disk, directory.path());
            directory.createCleanerOffsets();
            recoveryPoints = directory.recoveryPoints().readOrNull();
            logStartOffsets = directory.logStartOffsets().readOrEmpty();
            highWatermarks = directory.highWatermarks().readOrEmpty();
            cleanerOffsets = directory.cleanerOffsets().readOrEmpty();
            children = disk.list(directory.path());
        } catch (IOException failure) {
            directory.failed("reading its checkpoints", failure);
            return;
        }
        checkpointsAreStale = Stream.of(logStartOffsets, highWatermarks, cleanerOffsets)
                .flatMap(offsets -> offsets.keySet().stream())
                .anyMatch(partition -> !children.contains(directory.path().resolve(partition.toString())));
        threads = pools.pool("recovery", settings.recoveryThreadsPerDirectory());
        LOG.info(
                "Loading logs from {}{}",
                directory,
                clean || children.isEmpty() ? "" : ", which was not closed in good order");
        for (Path child : children) {
            PartitionDirectory found = partitionIn(child);
            boolean isUsed = found != null && (found.kind() == Kind.LIVE || found.kind() == Kind.FUTURE);
            if (isUsed) {
                TopicPartition partition = found.topicPartition();
                Hints hints = new Hints(
                        clean,
                        // What was compacted is durable.
                        Math.max(
                                recoveryPoints == null ? -1L : recoveryPoints.getOrDefault(partition, 0L),
                                cleanerOffsets.getOrDefault(partition, -1L)),
                        logStartOffsets.getOrDefault(partition, 0L),
                        highWatermarks.getOrDefault(partition, 0L),
                        settings.producerExpirationMs(),
                        clock.nowMs());
                if (found.kind() == Kind.FUTURE) {
                    moving.add(new Moving(partition, child, hints));
                    continue;
                }
                LogConfig config = configs.apply(partition.topic());
                long compactedUpTo = cleanerOffsets.getOrDefault(partition, -1L);
                loading.add(threads.submit(() -> {
                    PartitionLog log = LogRecovery.open(partition, config, resources, directory, child, hints);
                    log.compaction().resumeAt(compactedUpTo);
                    return log;
                }));
            }
        }
    }

    /** Null when the child is no partition's directory and may stand there. */
    private PartitionDirectory partitionIn(Path child) throws IOException {
        String name = child.getFileName().toString();
        if (!resources.disk().isDirectory(child)
                || name.equals("remote-log-index-cache")
                || name.equals(PartitionDirectory.KRAFT_METADATA)) {
            return null;
        }
        PartitionDirectory found = PartitionDirectory.parse(name);
        if (found == null) {
            throw new IOException(child + " is no directory of a partition (<topic>-<partition>); log directories hold"
                    + " nothing else. Move it away");
        }
        if (found.kind() == Kind.DELETED) {
            leftToDelete.add(child);
        } else if (found.kind() == Kind.STRAY) {
            LOG.warn("Leaving {} alone: the cluster does not know that replica. Delete it when nobody needs it", child);
        }
        return found;
    }

    /** Waits for the logs; a directory in which one cannot be read goes offline. */
    List<PartitionLog> awaitLoaded() {
        List<PartitionLog> loaded = new ArrayList<>();
        for (Future<PartitionLog> log : loading) {
            try {
                loaded.add(log.get());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                directory.failed("loading its logs", new IOException("interrupted", interrupted));
            } catch (ExecutionException failure) {
                Throwable cause = failure.getCause();
                directory.failed("loading its logs", cause instanceof IOException io ? io : new IOException(cause));
            }
        }
        loading.clear();
        if (threads != null) {
            threads.shutdown();
        }
        return directory.isOffline() ? List.of() : loaded;
    }

    /** Gives the directory free and takes the lock file away. */
    void unlock() {
        if (lock != null) {
            try {
                resources.disk().deleteIfExists(directory.path().resolve(LOCK));
            } catch (IOException failure) {
                LOG.warn("The file .lock in {} could not be deleted: {}", directory, failure.toString());
            }
            abandonLock();
        }
    }

    /** Gives the directory free and leaves the lock file, as a crash would. */
    void abandonLock() {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException failure) {
                LOG.warn("The lock of {} could not be given back: {}", directory, failure.toString());
            }
            lock = null;
        }
    }
}
