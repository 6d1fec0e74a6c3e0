package io.barnabas.requests.txn;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.cluster.PartitionImage;
import io.barnabas.runtime.Clock;
import io.barnabas.runtime.Timers;
import io.barnabas.txn.MarkerSender;
import io.barnabas.txn.Markers;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Has markers written in all partitions of ended transactions, and tries again where that fails. Partitions that this
 * broker leads are written to at once; those of other brokers wait until they are led here. Any thread.
 */
public final class PartitionMarkers implements MarkerSender {
    private static final long RETRY_MS = 100;

    /** So long a partition must be missing before it counts as deleted; right after a start metadata is incomplete. */
    private static final long GONE_AFTER_MS = 30_000;

    private final MarkerWriter writer;
    private final MetadataCache metadata;
    private final int localId;
    private final Timers timers;
    private final Executor work;
    private final Clock clock;
    private final Map<Integer, Set<Sending>> underWay = new ConcurrentHashMap<>();

    /** @param work for what is tried again */
    public PartitionMarkers(
            MarkerWriter writer, MetadataCache metadata, int localId, Timers timers, Executor work, Clock clock) {
        this.writer = writer;
        this.metadata = metadata;
        this.localId = localId;
        this.timers = timers;
        this.work = work;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Boolean> send(int coordinatorPartition, Markers markers) {
        Sending sending = new Sending(coordinatorPartition, markers);
        underWay.compute(coordinatorPartition, (partition, all) -> {
            Set<Sending> more = all == null ? ConcurrentHashMap.newKeySet() : all;
            more.add(sending);
            return more;
        });
        sending.start();
        return sending.done;
    }

    @Override
    public void forget(int coordinatorPartition) {
        Set<Sending> forgotten = underWay.remove(coordinatorPartition);
        if (forgotten != null) {
            forgotten.forEach(sending -> sending.forgotten = true);
        }
    }

    /** The markers of one transaction on their way. */
    private final class Sending {
        private final int coordinatorPartition;
        private final MarkerWriter.Ending ending;
        private final Set<TopicPartition> left = ConcurrentHashMap.newKeySet();
        private final Map<TopicPartition, Long> missingSinceNs = new ConcurrentHashMap<>();
        private final CompletableFuture<Boolean> done = new CompletableFuture<>();
        private volatile boolean forgotten;

        private Sending(int coordinatorPartition, Markers markers) {
            this.coordinatorPartition = coordinatorPartition;
            this.ending = new MarkerWriter.Ending(
                    markers.producerId(), markers.epoch(), markers.committed(), markers.coordinatorEpoch());
            left.addAll(markers.partitions());
        }

        private void start() {
            for (TopicPartition partition : List.copyOf(left)) {
                attempt(partition);
            }
            endIfAllAreDone();
        }

        private void attempt(TopicPartition name) {
            if (forgotten || done.isDone()) {
                return;
            }
            PartitionImage partition = metadata.current().partition(name);
            if (partition == null) {
                waitForOrGiveUp(name);
            } else if (partition.leader() == localId) {
                missingSinceNs.remove(name);
                writer.write(name, ending).thenAccept(error -> answered(name, error));
            } else {
                retry(name);
            }
        }

        private void waitForOrGiveUp(TopicPartition name) {
            long nowNs = clock.monotonicNs();
            long sinceNs = missingSinceNs.computeIfAbsent(name, unknown -> nowNs);
            if (nowNs - sinceNs >= TimeUnit.MILLISECONDS.toNanos(GONE_AFTER_MS)) {
                finished(name);
            } else {
                retry(name);
            }
        }

        private void answered(TopicPartition name, ErrorCode error) {
            switch (error) {
                case NONE, UNSUPPORTED_FOR_MESSAGE_FORMAT, UNSUPPORTED_VERSION -> finished(name);
                case INVALID_PRODUCER_EPOCH, TRANSACTION_COORDINATOR_FENCED -> end(false);
                default -> retry(name);
            }
        }

        private void retry(TopicPartition name) {
            timers.schedule(RETRY_MS, () -> work.execute(() -> attempt(name)));
        }

        private void finished(TopicPartition name) {
            left.remove(name);
            endIfAllAreDone();
        }

        private void endIfAllAreDone() {
            if (left.isEmpty()) {
                end(true);
            }
        }

        private void end(boolean written) {
            underWay.computeIfPresent(coordinatorPartition, (partition, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
            done.complete(written);
        }
    }
}
