package io.barnabas.coordinator;

import io.barnabas.runtime.SerialMailbox;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition's place in a coordinator: absent, loading, or active. Public doors may be used from any thread; the
 * fields are confined to the mailbox, but for {@code attempt}, which the loader watches.
 */
final class Shard<S extends StateMachine<R>, R> {
    private static final Logger LOG = LoggerFactory.getLogger(Shard.class);
    private static final int NO_EPOCH = -1;
    private static final long FIRST_RETRY_MS = 100;
    private static final long LAST_RETRY_MS = 10_000;

    private final ShardEnvironment<S, R> environment;
    private final TopicPartition partition;
    private final SerialMailbox mailbox;
    private int leaderEpoch = NO_EPOCH;
    private boolean leading;
    private ActiveShard<S, R> active;
    private int failures;

    /** Since the load began; the reader may have passed the place where they are. */
    private final List<Marker> markersWhileLoading = new ArrayList<>();

    private volatile long attempt;

    Shard(ShardEnvironment<S, R> environment, TopicPartition partition) {
        this.environment = environment;
        this.partition = partition;
        this.mailbox = new SerialMailbox(partition.toString(), environment.mailboxes(), environment.faults());
    }

    /**
     * Loads, unless this epoch or a newer one is being led already. After a resignation any epoch is welcome: roles come
     * in order, and a partition that was deleted and made again begins with epoch 0.
     */
    void elected(int epoch) {
        mailbox.execute(() -> {
            if (leading && epoch <= leaderEpoch) {
                return;
            }
            drop(ErrorCode.NOT_COORDINATOR);
            leaderEpoch = epoch;
            leading = true;
            failures = 0;
            load();
        });
    }

    /** @param epoch of the new leader; empty when the partition is gone */
    void resigned(OptionalInt epoch) {
        mailbox.execute(() -> {
            if (epoch.isPresent() && epoch.getAsInt() < leaderEpoch) {
                return;
            }
            drop(ErrorCode.NOT_COORDINATOR);
            leaderEpoch = epoch.orElse(NO_EPOCH);
            leading = false;
            markersWhileLoading.clear();
        });
    }

    void close() {
        mailbox.execute(() -> {
            drop(ErrorCode.COORDINATOR_NOT_AVAILABLE);
            leading = false;
        });
    }

    <A> void submit(Command<S, R, A> command, Waiter<A> waiter) {
        mailbox.execute(() -> {
            if (active == null) {
                waiter.refuse(leading ? ErrorCode.COORDINATOR_LOAD_IN_PROGRESS : ErrorCode.NOT_COORDINATOR);
                return;
            }
            try {
                active.run(command, waiter);
            } catch (Throwable fault) {
                waiter.refuse(ErrorCode.UNKNOWN_SERVER_ERROR);
                failed(fault);
            }
        });
    }

    void marker(long producerId, boolean committed, long endOffset) {
        mailbox.execute(() -> {
            if (active == null && leading) {
                markersWhileLoading.add(new Marker(producerId, committed, endOffset));
            } else {
                whileActive(() -> active.applyMarker(producerId, committed, endOffset));
            }
        });
    }

    private record Marker(long producerId, boolean committed, long endOffset) {}

    private void load() {
        long mine = ++attempt;
        markersWhileLoading.clear();
        int epoch = leaderEpoch;
        ShardLoader<S, R> loader = new ShardLoader<>(environment, partition, epoch, () -> attempt != mine);
        environment.loaders().execute(() -> {
            ShardLoader.Result<S> result = loader.load();
            mailbox.execute(() -> {
                if (attempt == mine) {
                    finishLoad(result);
                }
            });
        });
    }

    private void finishLoad(ShardLoader.Result<S> result) {
        if (result.fault() != null) {
            environment.faults().fault("loading " + partition, result.fault());
            retryLater();
            return;
        }
        if (result.error() != ErrorCode.NONE) {
            LOG.warn("Could not load {} in epoch {}: {}; trying again", partition, leaderEpoch, result.error());
            retryLater();
            return;
        }
        active = new ActiveShard<>(
                environment, partition, leaderEpoch, result.machine(), result.endOffset(), this::post, this::lost);
        logLoaded(result);
        whileActive(() -> {
            markersWhileLoading.forEach(
                    marker -> active.applyMarker(marker.producerId, marker.committed, marker.endOffset));
            active.start();
            failures = 0;
        });
    }

    /** A line for what came back; the partitions of a new topic are empty, and many. */
    private void logLoaded(ShardLoader.Result<S> result) {
        String line = "Finished loading {} in {} milliseconds for epoch {}: {} records";
        if (result.records() > 0) {
            LOG.info(line, partition, result.tookMs(), leaderEpoch, result.records());
        } else {
            LOG.debug(line, partition, result.tookMs(), leaderEpoch, 0);
        }
    }

    private void retryLater() {
        long delayMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS << Math.min(failures++, 10));
        long mine = attempt;
        environment
                .timers()
                .schedule(
                        delayMs,
                        () -> mailbox.execute(() -> {
                            if (attempt == mine && leading) {
                                load();
                            }
                        }));
    }

    private void post(Runnable task) {
        mailbox.execute(() -> whileActive(task));
    }

    private void whileActive(Runnable task) {
        if (active == null) {
            return;
        }
        try {
            task.run();
        } catch (Throwable fault) {
            failed(fault);
        }
    }

    /** The log knows a newer leader, or soon will; what the log has is read again in case it stays us. */
    private void lost(ErrorCode error) {
        LOG.info("{} does not take records of epoch {} any more: {}", partition, leaderEpoch, error);
        drop(ErrorCode.NOT_COORDINATOR);
        retryLater();
    }

    private void failed(Throwable fault) {
        environment.faults().fault("coordinator of " + partition, fault);
        drop(ErrorCode.NOT_COORDINATOR);
        retryLater();
    }

    private void drop(ErrorCode error) {
        attempt++;
        if (active != null) {
            active.close(error);
            active = null;
        }
    }
}
