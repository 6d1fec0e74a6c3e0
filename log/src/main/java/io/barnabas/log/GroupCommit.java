package io.barnabas.log;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Makes what is appended to one log durable in groups: whoever asks while an fsync is under way is served by the next
 * one, together with all others who ask meanwhile. No delay is added, so a lone producer waits for one fsync, and many
 * share one. Any thread may ask; at most one fsync of a log is queued or under way.
 */
final class GroupCommit {
    private enum Phase {
        IDLE,
        QUEUED,
        RUNNING,
        RUNNING_AND_WANTED
    }

    private final Executor executor;
    private final Runnable fsync;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.IDLE);

    /** @param fsync makes durable all that is in the log when it begins */
    GroupCommit(Executor executor, Runnable fsync) {
        this.executor = executor;
        this.fsync = fsync;
    }

    void request() {
        Phase before = phase.getAndUpdate(GroupCommit::wanted);
        if (before == Phase.IDLE) {
            executor.execute(this::run);
        }
    }

    private static Phase wanted(Phase now) {
        switch (now) {
            case IDLE:
            case QUEUED:
                return Phase.QUEUED;
            case RUNNING:
            case RUNNING_AND_WANTED:
                return Phase.RUNNING_AND_WANTED;
        }
        throw new AssertionError(now);
    }

    /** Goes to the end of the queue between two rounds, so that a busy log does not keep others waiting. */
    private void run() {
        phase.set(Phase.RUNNING);
        try {
            fsync.run();
        } finally {
            if (!phase.compareAndSet(Phase.RUNNING, Phase.IDLE)) {
                phase.set(Phase.QUEUED);
                executor.execute(this::run);
            }
        }
    }
}
