package io.barnabas.log;

import io.barnabas.log.directory.PartitionDirectory;
import io.barnabas.log.directory.PartitionMetadata;
import io.barnabas.log.file.Fsync;
import io.barnabas.log.file.IoThrottle;
import io.barnabas.runtime.Clock;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that grow beside the current ones of their partitions, in other log directories, until they replace them. They
 * live in directories named {@code -future}, share the lock of the current log, and take no part in retention or
 * compaction. Any thread may look; changes come from one thread at a time.
 *
 * <p>What a crash leaves: before the new directory has its plain name the current log counts, and the move goes on; after
 * it, until the old directory is renamed, both do, and {@link TwinLogs} tells which one has all.
 */
public final class FutureLogs {
    private static final Logger LOG = LoggerFactory.getLogger(FutureLogs.class);

    private final LogManager manager;
    private final LogResources resources;
    private final LogCheckpoints checkpoints;
    private final Clock clock;
    private final Executor executor;
    private final Map<TopicPartition, PartitionLog> futures = new ConcurrentHashMap<>();
    private final Map<TopicPartition, LogMove> moves = new ConcurrentHashMap<>();
    private volatile IoThrottle throttle;

    FutureLogs(
            LogManager manager,
            LogResources resources,
            LogCheckpoints checkpoints,
            Clock clock,
            int threads,
            long maxBytesPerSecond) {
        this.manager = manager;
        this.resources = resources;
        this.checkpoints = checkpoints;
        this.clock = clock;
        this.executor = new LimitedExecutor(resources.diskIo(), threads);
        limit(maxBytesPerSecond);
    }

    /** For all moves together, from now on. */
    public void limit(long maxBytesPerSecond) {
        throttle = new IoThrottle(maxBytesPerSecond == Long.MAX_VALUE ? Double.MAX_VALUE : maxBytesPerSecond);
    }

    /** Null when the partition is not on its way to another directory. */
    public PartitionLog of(TopicPartition partition) {
        return futures.get(partition);
    }

    List<PartitionLog> in(LogDirectory directory) {
        return futures.values().stream()
                .filter(log -> log.directory() == directory)
                .toList();
    }

    /** Takes up what an earlier life began. */
    void reopen(PartitionLog current, LogDirectory home, Path path, LogRecovery.Hints hints) throws IOException {
        PartitionLog future = LogRecovery.open(
                current.topicPartition(), current.config(), resources, home, path, hints, current.lock());
        home.logCame();
        boolean isOfAnotherTopic =
                !current.topicId().isZero() && !future.topicId().equals(current.topicId());
        PartitionLog other = isOfAnotherTopic || current.directory() == home
                ? future
                : futures.putIfAbsent(current.topicPartition(), future);
        if (other != null) {
            manager.discard(future);
        }
    }

    /** Makes an empty log in another directory, where there is none yet. */
    public void create(PartitionLog current, LogDirectory home) throws IOException {
        TopicPartition partition = current.topicPartition();
        Path path = home.path().resolve(PartitionDirectory.futureName(partition, Uuid.random(resources.random())));
        try {
            // Its checkpoints may still speak of a former stay here, or of another topic of the name.
            checkpoints.all(home);
            resources.disk().createDirectories(path);
            if (!current.topicId().isZero()) {
                PartitionMetadata.write(resources.disk(), path, current.topicId());
            }
            PartitionLog future = LogRecovery.open(
                    partition,
                    current.config(),
                    resources,
                    home,
                    path,
                    LogRecovery.Hints.none(clock.nowMs()),
                    current.lock());
            futures.put(partition, future);
            home.logCame();
            LOG.info("Moving partition {} from {} to {}", partition, current.directory(), path);
        } catch (IOException failure) {
            home.failed("creating " + path, failure);
            throw failure;
        }
    }

    /**
     * Begins to copy, unless it has begun.
     *
     * @param almostDone called on the disk pool whenever {@link #replace} may succeed
     */
    public void begin(PartitionLog current, Runnable almostDone) {
        TopicPartition partition = current.topicPartition();
        PartitionLog future = futures.get(partition);
        if (future == null || moves.containsKey(partition)) {
            return;
        }
        LogMove move = new LogMove(
                new LogCopy(current, future),
                resources,
                executor,
                bytes -> throttle.pauseMs(bytes, clock.monotonicNs()),
                clock::nowMs,
                almostDone);
        moves.put(partition, move);
        move.goOn();
    }

    /**
     * The partition's lock is held: copies what is left and puts the new log in the place of the old one. Null when too
     * much is left, or nothing is on its way; then the copying goes on. {@link #settle} must follow, without the lock.
     */
    public PartitionLog replace(TopicPartition partition) throws IOException {
        LogMove move = moves.get(partition);
        if (move == null) {
            return null;
        } else if (!move.finish()) {
            move.goOn();
            return null;
        }
        PartitionLog future = move.to();
        future.renameTo(future.directory().path().resolve(partition.toString()));
        manager.exchange(move.from(), future);
        futures.remove(partition);
        moves.remove(partition);
        move.end();
        move.from().abandon();
        return future;
    }

    /** Makes the exchange durable, and only then takes the old directory away. Waits for the disk. */
    public void settle(PartitionLog old, PartitionLog now) throws IOException {
        now.flush();
        now.persistLeaderEpochs();
        Fsync.directory(resources.disk(), now.directory().path());
        checkpoints.all(now.directory());
        manager.discard(old);
        LOG.info("Partition {} has moved from {} to {}", now, old.directory(), now.directory());
    }

    /** Ends the move, if there is one, and takes its files away. */
    public void delete(TopicPartition partition) throws IOException {
        stop(partition);
        PartitionLog future = futures.remove(partition);
        if (future != null) {
            manager.discard(future);
        }
    }

    /** Ends the copying; the next start takes it up. */
    public void stop(TopicPartition partition) {
        LogMove move = moves.remove(partition);
        if (move != null) {
            move.end();
        }
    }

    void stopAll() {
        List.copyOf(moves.keySet()).forEach(this::stop);
    }

    void directoryFailed(LogDirectory directory) {
        for (PartitionLog lost : in(directory)) {
            stop(lost.topicPartition());
            futures.remove(lost.topicPartition());
            lost.abandon();
        }
    }
}
