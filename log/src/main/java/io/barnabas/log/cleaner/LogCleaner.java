package io.barnabas.log.cleaner;

import io.barnabas.log.file.IoThrottle;
import io.barnabas.runtime.Clock;
import io.barnabas.runtime.FaultHandler;
import io.barnabas.runtime.Timers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compacts the logs whose topics want it, the dirtiest first, on a few threads of its own. A timer starts a round for
 * each thread that is idle; a round ends when nothing is left to do, and looks for segments that retention wants gone.
 * A log that cannot be compacted is left alone until the next start. The memory for keys is there only during a round.
 */
public final class LogCleaner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogCleaner.class);
    private static final long CLOSE_WAIT_MS = 30_000;

    private final Supplier<List<CleanableLog>> logs;
    private final Clock clock;
    private final Timers timers;
    private final IntFunction<ExecutorService> pools;
    private final FaultHandler faults;
    private final CountDownLatch closing = new CountDownLatch(1);

    /** Guarded by this, as all that follows. */
    private CleanerSettings settings;

    private volatile IoThrottle throttle;
    private ExecutorService pool;
    private Timers.Timer timer;
    private int rounds;
    private final Set<CleanableLog> inProgress = new HashSet<>();
    private final Set<CleanableLog> uncleanable = new HashSet<>();

    /** A log and what can be done with it, nobody else being at it. */
    private record Chosen(CleanableLog log, CleanableRange range) {}

    /** @param pools makes so many threads */
    public LogCleaner(
            CleanerSettings settings,
            Supplier<List<CleanableLog>> logs,
            Clock clock,
            Timers timers,
            IntFunction<ExecutorService> pools,
            FaultHandler faults) {
        this.settings = settings;
        this.throttle = new IoThrottle(settings.maxBytesPerSecond());
        this.logs = logs;
        this.clock = clock;
        this.timers = timers;
        this.pools = pools;
        this.faults = faults;
    }

    public synchronized void start() {
        if (!settings.enabled() || settings.threads() == 0) {
            return;
        }
        pool = pools.apply(settings.threads());
        // Even where there is no pause, the timer thread must not be kept busy.
        long pauseMs = Math.max(1, settings.backoffMs());
        timer = timers.repeat(pauseMs, pauseMs, this::startRounds);
    }

    /** What is under way goes on as it began, at the new rate. */
    public synchronized void reconfigure(CleanerSettings next) {
        if (next.equals(settings)) {
            return;
        }
        boolean running = timer != null;
        stopTimer();
        settings = next;
        throttle = new IoThrottle(next.maxBytesPerSecond());
        if (pool != null) {
            pool.shutdown();
            pool = null;
        }
        if (running && !isClosed()) {
            start();
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** Waits for what is under way to end at the next batch. */
    @Override
    public void close() {
        ExecutorService last;
        synchronized (this) {
            stopTimer();
            closing.countDown();
            last = pool;
        }
        if (last == null) {
            return;
        }
        last.shutdown();
        try {
            if (!last.awaitTermination(CLOSE_WAIT_MS, TimeUnit.MILLISECONDS)) {
                LOG.warn("Compaction did not end within {} ms", CLOSE_WAIT_MS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }

    private synchronized void startRounds() {
        if (isClosed()
                || pool == null
                || logs.get().stream().noneMatch(log -> log.config().compact())) {
            return;
        }
        CleanerSettings now = settings;
        for (int idle = now.threads() - rounds; idle > 0; idle--) {
            rounds++;
            pool.execute(() -> round(now));
        }
    }

    private void round(CleanerSettings now) {
        try {
            boolean cleaned = true;
            while (cleaned && !isClosed()) {
                cleaned = cleanDirtiest(now);
                deleteOldSegments();
            }
        } catch (Throwable fault) {
            faults.fault("compaction", fault);
        } finally {
            synchronized (this) {
                rounds--;
            }
        }
    }

    /** False when there was nothing to do, or it could not be done. */
    private boolean cleanDirtiest(CleanerSettings now) {
        Chosen chosen = choose();
        if (chosen == null) {
            return false;
        }
        try {
            return clean(chosen, now);
        } finally {
            synchronized (this) {
                inProgress.remove(chosen.log);
            }
        }
    }

    private synchronized Chosen choose() {
        List<CleanableLog> all = logs.get();
        uncleanable.retainAll(all);
        long nowMs = clock.nowMs();
        Chosen dirtiest = null;
        for (CleanableLog log : all) {
            if (!log.config().compact() || isBusy(log)) {
                continue;
            }
            CleanableRange range = rangeOf(log, nowMs);
            if (range != null
                    && range.isDue(log.config().minCleanableDirtyRatio())
                    && (dirtiest == null || range.dirtyRatio() > dirtiest.range.dirtyRatio())) {
                dirtiest = new Chosen(log, range);
            }
        }
        if (dirtiest != null) {
            inProgress.add(dirtiest.log);
        }
        return dirtiest;
    }

    private boolean isBusy(CleanableLog log) {
        return inProgress.contains(log) || uncleanable.contains(log) || log.isUnusable();
    }

    /** Null when it cannot be told. */
    private static CleanableRange rangeOf(CleanableLog log, long nowMs) {
        try {
            return log.cleanableRange(nowMs);
        } catch (IOException failure) {
            log.failed("looking what to compact", failure);
            return null;
        }
    }

    private boolean clean(Chosen chosen, CleanerSettings now) {
        CleanableLog log = chosen.log;
        CleanableRange range = chosen.range;
        try {
            long keys = range.firstUncleanableOffset() - range.firstDirtyOffset();
            long bytes = Math.min(now.mapBytes(), OffsetMap.bytesFor(keys, now.loadFactor()));
            OffsetMap map = new OffsetMap(bytes, now.loadFactor());
            log.compactionBegins();
            CompactionCounts counts = LogCompactor.compact(log, map, now.bufferBytes(), this::pace, clock.nowMs());
            if (counts != null) {
                log.compactionEnded();
                report(log, range, counts);
            }
            return true;
        } catch (IOException failure) {
            log.failed("compacting", failure);
        } catch (UncompactableException damaged) {
            markUncleanable(log, damaged.getMessage());
        } catch (RuntimeException fault) {
            faults.fault("compaction of " + log, fault);
            markUncleanable(log, fault.toString());
        }
        return false;
    }

    private static void report(CleanableLog log, CleanableRange range, CompactionCounts counts) {
        LOG.info(
                "Cleaned log {} (dirty section = [{}, {}]): {}",
                log,
                range.firstDirtyOffset(),
                log.compactedUpTo(),
                counts);
        if (counts.invalidRecords() > 0) {
            LOG.warn("Found {} records without key in {} during compaction; they went", counts.invalidRecords(), log);
        }
    }

    private void markUncleanable(CleanableLog log, String why) {
        LOG.warn("{} is not compacted any more until the next start: {}", log, why);
        synchronized (this) {
            uncleanable.add(log);
        }
    }

    /** Waits where the rate asks for it. */
    private boolean pace(long bytes) {
        long pauseMs = throttle.pauseMs(bytes, clock.monotonicNs());
        try {
            return pauseMs > 0 ? !closing.await(pauseMs, TimeUnit.MILLISECONDS) : !isClosed();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void deleteOldSegments() {
        long nowMs = clock.nowMs();
        for (CleanableLog log : takeDeletable()) {
            try {
                log.deleteOldSegments(nowMs);
            } finally {
                synchronized (this) {
                    inProgress.remove(log);
                }
            }
        }
    }

    private synchronized List<CleanableLog> takeDeletable() {
        List<CleanableLog> deletable = new ArrayList<>();
        for (CleanableLog log : logs.get()) {
            if (log.config().compact() && !isBusy(log)) {
                deletable.add(log);
            }
        }
        inProgress.addAll(deletable);
        return deletable;
    }
}
