package io.barnabas.log;

import io.barnabas.log.directory.CleanShutdownMarker;
import io.barnabas.log.directory.DirectoryLockedException;
import io.barnabas.runtime.Clock;
import io.barnabas.runtime.ThreadPools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log directories of a broker: locked and opened by {@link #open}, left as a clean stop does by {@link #close}. In
 * between any thread may ask for them. Holds one loader a directory, with its lock.
 */
final class LogDirectories {
    private static final Logger LOG = LoggerFactory.getLogger(LogDirectories.class);

    /** Several, because a file system makes many files durable at once for little more than one. */
    private static final int CLOSING_THREADS = 8;

    private final LogManagerSettings settings;
    private final LogResources resources;
    private final Clock clock;
    private final ThreadPools pools;
    private final LogCheckpoints checkpoints;
    private final Consumer<LogDirectory> onFailure;
    private final List<LogDirectory> directories = new ArrayList<>();
    private final List<DirectoryLoader> loaders = new ArrayList<>();

    /** Hears what is in the directories, in this order. */
    interface Visitor {
        void log(PartitionLog log) throws IOException;

        /** A log on its way into {@code home}. */
        void moving(DirectoryLoader.Moving moving, LogDirectory home);

        /** The directory of a partition that was deleted in an earlier life. */
        void leftToDelete(Path directory);
    }

    LogDirectories(
            LogManagerSettings settings,
            LogResources resources,
            Clock clock,
            ThreadPools pools,
            LogCheckpoints checkpoints,
            Consumer<LogDirectory> onFailure) {
        this.settings = settings;
        this.resources = resources;
        this.clock = clock;
        this.pools = pools;
        this.checkpoints = checkpoints;
        this.onFailure = onFailure;
    }

    /**
     * Locks the directories and opens the logs in them.
     *
     * @throws DirectoryLockedException when another process has one of them
     * @throws IOException when a directory's content makes no sense, or no directory is left; then none is locked
     */
    void open(Function<String, LogConfig> configs, Visitor visitor) throws IOException {
        for (Path path : settings.directories()) {
            LogDirectory directory = new LogDirectory(resources.disk(), path, resources.diskIo(), onFailure);
            checkpoints.serve(directory);
            directories.add(directory);
            loaders.add(new DirectoryLoader(directory, settings, resources, clock, pools));
        }
        try {
            load(configs, visitor);
        } catch (IOException | RuntimeException failure) {
            loaders.forEach(DirectoryLoader::unlock);
            throw failure;
        }
    }

    private void load(Function<String, LogConfig> configs, Visitor visitor) throws IOException {
        for (DirectoryLoader loader : loaders) {
            loader.lock();
        }
        for (DirectoryLoader loader : loaders) {
            loader.beginLoading(configs);
        }
        for (DirectoryLoader loader : loaders) {
            for (PartitionLog log : loader.awaitLoaded()) {
                visitor.log(log);
            }
        }
        for (DirectoryLoader loader : loaders) {
            loader.moving().forEach(moving -> visitor.moving(moving, loader.directory()));
        }
        for (DirectoryLoader loader : loaders) {
            beginCheckpoints(loader);
        }
        if (live().isEmpty()) {
            throw new IOException("None of the log directories " + settings.directories() + " can be used");
        }
        for (DirectoryLoader loader : loaders) {
            loader.leftToDelete().forEach(visitor::leftToDelete);
        }
    }

    /** A log that was stopped cleanly goes on, so that a crash must not trust its last segment any more. */
    private void beginCheckpoints(DirectoryLoader loader) {
        LogDirectory directory = loader.directory();
        if (directory.isOffline()) {
            return;
        }
        try {
            if (loader.checkpointsAreStale()) {
                checkpoints.all(directory);
            } else {
                checkpoints.recoveryPoints(directory);
            }
        } catch (IOException failure) {
            directory.failed("writing its checkpoints", failure);
        }
    }

    List<LogDirectory> all() {
        return List.copyOf(directories);
    }

    List<LogDirectory> live() {
        return directories.stream().filter(directory -> !directory.isOffline()).toList();
    }

    /** Null when none has this absolute path. */
    LogDirectory at(String path) {
        return directories.stream()
                .filter(directory ->
                        directory.path().toAbsolutePath().toString().equals(path))
                .findFirst()
                .orElse(null);
    }

    /** The one with the fewest logs, of those that work. */
    LogDirectory emptiest() throws IOException {
        return live().stream()
                .min(Comparator.comparingInt(LogDirectory::logCount))
                .orElseThrow(() -> new IOException("No log directory is left"));
    }

    /** A clean stop: everything durable and in its final form, and the marker that says so. */
    void close(Function<LogDirectory, List<PartitionLog>> logsIn) {
        ExecutorService closers = pools.pool("closing", CLOSING_THREADS);
        for (DirectoryLoader loader : loaders) {
            close(loader, logsIn.apply(loader.directory()), closers);
        }
        closers.shutdown();
    }

    private void close(DirectoryLoader loader, List<PartitionLog> logs, ExecutorService closers) {
        LogDirectory directory = loader.directory();
        if (directory.isOffline()) {
            loader.abandonLock();
            return;
        }
        try {
            closeAll(logs, closers);
            checkpoints.recoveryPoints(directory);
            checkpoints.highWatermarks(directory);
            checkpoints.logStartOffsets(directory);
            CleanShutdownMarker.write(resources.disk(), directory.path());
            loader.unlock();
        } catch (IOException failure) {
            LOG.error("{} could not be closed cleanly; the next start recovers it", directory, failure);
            loader.abandonLock();
        }
    }

    private void closeAll(List<PartitionLog> logs, ExecutorService closers) throws IOException {
        List<Future<?>> closing = new ArrayList<>();
        for (PartitionLog log : logs) {
            closing.add(closers.submit(() -> {
                log.close(clock.nowMs());
                return null;
            }));
        }
        for (Future<?> one : closing) {
            try {
                one.get();
            } catch (ExecutionException failure) {
                throw failure.getCause() instanceof IOException io ? io : new IOException(failure.getCause());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", interrupted);
            }
        }
    }

    @Override
    public String toString() {
        return directories.toString();
    }
}
