package io.barnabas.cluster.topics;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.cluster.MetadataImage;
import io.barnabas.runtime.Timers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Requests that wait until metadata shows what they asked for. Any thread. One waiter a request, bounded by its timeout. */
final class MetadataWaits {
    private final MetadataCache metadata;
    private final Timers timers;
    private final List<Waiter> waiters = new CopyOnWriteArrayList<>();

    private record Waiter(Predicate<MetadataImage> wanted, CompletableFuture<Boolean> seen) {}

    MetadataWaits(MetadataCache metadata, Timers timers) {
        this.metadata = metadata;
        this.timers = timers;
        metadata.listen(this::changed);
    }

    /** True once metadata is as wanted, false when the time is up before. */
    CompletionStage<Boolean> until(Predicate<MetadataImage> wanted, long timeoutMs) {
        Waiter waiter = new Waiter(wanted, new CompletableFuture<>());
        waiters.add(waiter);
        // After it is in the list: a change in between would be missed otherwise.
        changed(metadata.current());
        Timers.Timer deadline = timers.schedule(timeoutMs, () -> waiter.seen().complete(false));
        waiter.seen().whenComplete((seen, failure) -> {
            deadline.cancel();
            waiters.remove(waiter);
        });
        return waiter.seen();
    }

    private void changed(MetadataImage image) {
        for (Waiter waiter : waiters) {
            if (waiter.wanted().test(image)) {
                waiter.seen().complete(true);
            }
        }
    }
}
