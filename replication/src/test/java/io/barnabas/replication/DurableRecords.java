package io.barnabas.replication;

import io.barnabas.testkit.FaultyDisk;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Knows how much of each {@code .log} file would survive a power cut: what was written before its last fsync began. Any
 * thread may call.
 */
final class DurableRecords implements FaultyDisk.Watcher {
    private final Map<Path, Long> written = new ConcurrentHashMap<>();
    private final Map<Path, Long> beingFlushed = new ConcurrentHashMap<>();
    private final Map<Path, Long> durable = new ConcurrentHashMap<>();
    private final AtomicInteger flushes = new AtomicInteger();
    private final ThreadLocal<Place> last = new ThreadLocal<>();

    /** Where a batch ends. */
    record Place(Path file, long end) {}

    @Override
    public void written(Path file, long position, int bytes) {
        if (isLog(file)) {
            written.merge(file, position + bytes, Math::max);
            last.set(new Place(file, position + bytes));
        }
    }

    @Override
    public void fsyncBegins(Path file) {
        if (isLog(file)) {
            beingFlushed.put(file, written.getOrDefault(file, 0L));
        }
    }

    @Override
    public void fsyncEnded(Path file) {
        if (isLog(file)) {
            durable.merge(file, beingFlushed.get(file), Math::max);
            flushes.incrementAndGet();
        }
    }

    /** Of what this thread wrote last. */
    Place lastWritten() {
        return last.get();
    }

    boolean survives(Place place) {
        return durable.getOrDefault(place.file(), 0L) >= place.end();
    }

    int flushes() {
        return flushes.get();
    }

    private static boolean isLog(Path file) {
        return file.toString().endsWith(".log");
    }
}
