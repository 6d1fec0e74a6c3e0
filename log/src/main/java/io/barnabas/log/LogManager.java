package io.barnabas.log;

import io.barnabas.log.cleaner.CleanableLog;
import io.barnabas.log.cleaner.CleanerSettings;
import io.barnabas.log.cleaner.LogCleaner;
import io.barnabas.log.directory.DirectoryLockedException;
import io.barnabas.log.directory.PartitionMetadata;
import io.barnabas.log.segment.SegmentResources;
import io.barnabas.runtime.Clock;
import io.barnabas.runtime.Disk;
import io.barnabas.runtime.FaultHandler;
import io.barnabas.runtime.ThreadPools;
import io.barnabas.runtime.Timers;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All logs of a broker, in its log directories. {@link #start} opens them, {@link #close} leaves them as a clean stop
 * does; in between {@link LogUpkeep} looks after them. Any thread may call; creating and deleting wait for the disk.
 */
public final class LogManager implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogManager.class);

    /** Somebody may name partitions that never come. */
    private static final int MOST_WISHES = 100_000;

    /** Hears that a directory failed; runs on the disk pool. The last one gone, a broker has nothing left to do. */
    @FunctionalInterface
    public interface FailureListener {
        void directoryFailed(LogDirectory directory, List<TopicPartition> partitions, boolean lastOne);
    }

    /** Of the file system that a log directory lies on; a size beyond what a long can hold counts as the largest one. */
    public record Space(long totalBytes, long usableBytes) {}

    private final LogManagerSettings settings;
    private final Disk disk;
    private final Clock clock;
    private final FailureListener failureListener;
    private final LogResources resources;
    private final LogCheckpoints checkpoints = new LogCheckpoints(this::logsIn);
    private final LogDirectories directories;
    private final Map<TopicPartition, PartitionLog> logs = new ConcurrentHashMap<>();

    /** Guarded by this. */
    private final DeletedLogs deleted;

    private final LogUpkeep upkeep;
    private final LogCleaner cleaner;
    private final FutureLogs futures;

    /** Where partitions shall be made that are not here yet, if somebody said so. */
    private final Map<TopicPartition, LogDirectory> preferred = new ConcurrentHashMap<>();

    /** All that waits for the disk shares one pool. */
    public LogManager(
            LogManagerSettings settings,
            Disk disk,
            Clock clock,
            Timers timers,
            ThreadPools pools,
            ExecutorService diskIo,
            RandomGenerator random,
            FaultHandler faults,
            FailureListener failureListener) {
        this(settings, disk, clock, timers, pools, diskIo, diskIo, random, faults, failureListener);
    }

    /** @param fsyncs makes durable what producers wait for, so that it does not wait behind other work of the disk */
    public LogManager(
            LogManagerSettings settings,
            Disk disk,
            Clock clock,
            Timers timers,
            ThreadPools pools,
            ExecutorService diskIo,
            Executor fsyncs,
            RandomGenerator random,
            FaultHandler faults,
            FailureListener failureListener) {
        this.settings = settings;
        this.disk = disk;
        this.clock = clock;
        this.failureListener = failureListener;
        this.resources = new LogResources(
                disk,
                new SegmentResources(
                        disk, random, settings.maxOpenFiles(), settings.indexCacheBytes(), settings.pageCacheBytes()),
                diskIo,
                fsyncs,
                timers,
                random,
                faults,
                new DirtyLogs());
        this.directories = new LogDirectories(settings, resources, clock, pools, checkpoints, this::directoryFailed);
        this.deleted = new DeletedLogs(resources, checkpoints, directories::live);
        this.upkeep = new LogUpkeep(settings, clock, timers, faults, resources, checkpoints, this);
        this.futures = new FutureLogs(
                this, resources, checkpoints, clock, settings.moveThreads(), settings.moveMaxBytesPerSecond());
        this.cleaner = new LogCleaner(
                settings.cleaner(),
                this::cleanableLogs,
                clock,
                timers,
                threads -> pools.pool("log-cleaner", threads),
                faults);
    }

    /**
     * Locks the directories and opens the logs in them, recovering where the last stop was no clean one.
     *
     * @param configs the configuration of a topic, by name
     * @throws DirectoryLockedException when another process has one of them
     * @throws IOException when a directory's content makes no sense, or no directory is left
     */
    public void start(Function<String, LogConfig> configs) throws IOException {
        directories.open(configs, new Found());
        LOG.info("Opened {} logs in {}", logs.size(), directories);
        upkeep.start();
        cleaner.start();
    }

    /** The broker's configuration changed. */
    public void reconfigure(CleanerSettings next) {
        cleaner.reconfigure(next);
    }

    /** Takes up what a start finds. Confined to the thread that starts. */
    private final class Found implements LogDirectories.Visitor {
        @Override
        public void log(PartitionLog log) throws IOException {
            PartitionLog other = put(log);
            if (other != null) {
                keepOne(log, other);
            }
        }

        @Override
        public void moving(DirectoryLoader.Moving moving, LogDirectory home) {
            reopen(moving, home);
        }

        @Override
        public void leftToDelete(Path directory) {
            deleted.deleteLater(directory, LogConfig.defaults().fileDeleteDelayMs());
        }
    }

    /** A crash ended a move between its last two steps, or else somebody copied a directory. */
    private void keepOne(PartitionLog one, PartitionLog other) throws IOException {
        PartitionLog kept = TwinLogs.complete(one, other);
        if (kept == null) {
            throw new IOException("Two directories hold " + one + ": " + other.path() + " and " + one.path()
                    + "; remove one of them");
        }
        PartitionLog left = kept == one ? other : one;
        LOG.warn("Going on with {}: it holds all that is in {}, which goes", kept.path(), left.path());
        logs.put(kept.topicPartition(), kept);
        kept.moveLogStartOffset(left.logStartOffset());
        kept.updateHighWatermark(Math.max(kept.highWatermark(), left.highWatermark()));
        discard(left);
    }

    /** The log from which it came may be in a directory that failed, or be deleted; then nobody touches what is here. */
    private void reopen(DirectoryLoader.Moving moving, LogDirectory home) {
        PartitionLog current = logs.get(moving.partition());
        if (current == null) {
            LOG.warn("Leaving {} alone: it was to replace a log that is not here", moving.path());
            return;
        }
        try {
            futures.reopen(current, home, moving.path(), moving.hints());
        } catch (IOException failure) {
            home.failed("opening " + moving.path(), failure);
        }
    }

    /** Replicas on their way between directories. */
    public FutureLogs futures() {
        return futures;
    }

    /** Null when no log directory has this absolute path. */
    public LogDirectory directoryAt(String path) {
        return directories.at(path);
    }

    /** The partition, which is not here yet, shall be made there. */
    public void prefer(TopicPartition partition, LogDirectory directory) {
        if (preferred.size() < MOST_WISHES) {
            preferred.put(partition, directory);
        }
    }

    /** Null when there is none. */
    public PartitionLog logFor(TopicPartition topicPartition) {
        return logs.get(topicPartition);
    }

    public Collection<PartitionLog> logs() {
        return logs.values();
    }

    public List<LogDirectory> directories() {
        return directories.all();
    }

    public List<LogDirectory> liveDirectories() {
        return directories.live();
    }

    /** Asks the disk. */
    public Space space(LogDirectory directory) throws IOException {
        return new Space(
                notNegative(disk.totalBytes(directory.path())), notNegative(disk.usableBytes(directory.path())));
    }

    private static long notNegative(long bytes) {
        return bytes < 0 ? Long.MAX_VALUE : bytes;
    }

    private List<CleanableLog> cleanableLogs() {
        return logs.values().stream()
                .<CleanableLog>map(PartitionLog::compaction)
                .toList();
    }

    private PartitionLog put(PartitionLog log) {
        log.directory().logCame();
        return logs.put(log.topicPartition(), log);
    }

    /** Those on their way into it too. */
    List<PartitionLog> logsIn(LogDirectory directory) {
        List<PartitionLog> all = new ArrayList<>(currentLogsIn(directory));
        all.addAll(futures.in(directory));
        return all;
    }

    private List<PartitionLog> currentLogsIn(LogDirectory directory) {
        return logs.values().stream()
                .filter(log -> log.directory() == directory)
                .toList();
    }

    /** The partition's log, made where somebody wished or in the directory with the fewest when there is none yet. */
    public synchronized PartitionLog create(TopicPartition topicPartition, Uuid topicId, LogConfig config)
            throws IOException {
        PartitionLog known = logs.get(topicPartition);
        if (known != null) {
            return known;
        }
        LogDirectory wish = preferred.remove(topicPartition);
        LogDirectory home = wish == null || wish.isOffline() ? directories.emptiest() : wish;
        Path path = home.path().resolve(topicPartition.toString());
        try {
            deleted.makeRoomFor(topicPartition, home);
            disk.createDirectories(path);
            if (!topicId.isZero()) {
                PartitionMetadata.write(disk, path, topicId);
            }
            PartitionLog made = LogRecovery.open(
                    topicPartition, config, resources, home, path, LogRecovery.Hints.none(clock.nowMs()));
            put(made);
            home.highWatermarkMoved();
            LOG.info("Created log for partition {} in {}", topicPartition, path);
            return made;
        } catch (IOException failure) {
            home.failed("creating " + topicPartition, failure);
            throw failure;
        }
    }

    /**
     * Makes a log for {@code target} of the records of another one that lie before {@code end}, in the same directory.
     *
     * @throws IOException with nothing left behind, when that is not possible
     */
    public PartitionLog fork(TopicPartition source, TopicPartition target, Uuid topicId, long end, LogConfig config)
            throws IOException {
        PartitionLog log = logs.get(source);
        if (log == null) {
            throw new IOException(source + " has no log here");
        }
        LogDirectory home = log.directory();
        // A start deletes it, should a crash leave it.
        Path building = deleted.directoryIn(home, target);
        try {
            disk.createDirectories(building);
            return takeOver(building, target, log.forkInto(building, topicId, end, clock.nowMs()), config, home);
        } catch (IOException | RuntimeException failure) {
            disk.deleteRecursively(building);
            throw failure;
        }
    }

    private synchronized PartitionLog takeOver(
            Path directory, TopicPartition name, LogFork.Result fork, LogConfig config, LogDirectory home)
            throws IOException {
        Path path = home.path().resolve(name.toString());
        if (logs.containsKey(name) || disk.exists(path)) {
            throw new IOException(name + " is there already");
        }
        deleted.makeRoomFor(name, home);
        disk.rename(directory, path);
        PartitionLog made;
        try {
            made = open(path, name, fork, config, home);
        } catch (IOException | RuntimeException failure) {
            disk.deleteRecursively(path);
            throw failure;
        }
        put(made);
        home.highWatermarkMoved();
        home.recoveryPointMoved();
        home.logStartOffsetMoved();
        if (made.isCompacted()) {
            checkpoints.cleanerOffsets(home);
        }
        made.becomeDurableSoon();
        LOG.info("Forked log for partition {} in {}", name, path);
        return made;
    }

    private PartitionLog open(Path path, TopicPartition name, LogFork.Result fork, LogConfig config, LogDirectory home)
            throws IOException {
        // The end is not known to be whole, nor who its producers are; so much is looked at, and no more.
        LogRecovery.Hints hints = new LogRecovery.Hints(
                false,
                Long.MAX_VALUE,
                fork.logStartOffset(),
                Long.MAX_VALUE,
                settings.producerExpirationMs(),
                clock.nowMs());
        PartitionLog made = LogRecovery.open(name, config, resources, home, path, hints);
        made.compaction().resumeAt(fork.compactedUpTo());
        return made;
    }

    /** Takes the partition's log away at once, and its files after a while. Does nothing when there is none. */
    public synchronized void delete(TopicPartition topicPartition) throws IOException {
        futures.delete(topicPartition);
        PartitionLog log = logs.remove(topicPartition);
        if (log != null) {
            discard(log);
        }
    }

    /** The new log counts from here on. */
    void exchange(PartitionLog old, PartitionLog now) {
        logs.put(old.topicPartition(), now);
    }

    /** Takes the files of a log away, after a while, that is not one of {@link #logs} any more. */
    synchronized void discard(PartitionLog log) throws IOException {
        deleted.take(log);
    }

    private void directoryFailed(LogDirectory directory) {
        futures.directoryFailed(directory);
        List<PartitionLog> lost = currentLogsIn(directory);
        lost.forEach(PartitionLog::abandon);
        failureListener.directoryFailed(
                directory,
                lost.stream().map(PartitionLog::topicPartition).toList(),
                liveDirectories().isEmpty());
    }

    /** A clean stop: everything durable and in its final form, and the marker that says so. */
    @Override
    public void close() {
        upkeep.close();
        cleaner.close();
        futures.stopAll();
        directories.close(this::logsIn);
    }
}
