package io.barnabas.txn;

import io.barnabas.runtime.Clock;
import io.barnabas.runtime.Timers;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.AllocateProducerIdsResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out producer ids, each one once. Takes them from blocks, of which the next is asked for when a tenth of the
 * current one is left; who comes while there is none waits a little. Any thread may call; guarded by its monitor, and
 * nobody is answered under it.
 */
public final class ProducerIds {
    private static final Logger LOG = LoggerFactory.getLogger(ProducerIds.class);
    private static final long BACKOFF_MS = 50;
    private static final long PATIENCE_MS = 5000;

    private final ProducerIdBlocks blocks;
    private final Clock clock;
    private final Timers timers;
    private final ArrayDeque<CompletableFuture<ProducerIdAnswer>> waiting = new ArrayDeque<>();
    private IdBlock current = IdBlock.empty();
    private IdBlock prefetched;
    private boolean asking;
    private boolean backingOff;
    private long backoffEndNs;

    public ProducerIds(ProducerIdBlocks blocks, Clock clock, Timers timers) {
        this.blocks = blocks;
        this.clock = clock;
        this.timers = timers;
    }

    /** The next id; refused when no block can be had for a while. */
    public CompletionStage<ProducerIdAnswer> next() {
        CompletableFuture<ProducerIdAnswer> answer;
        boolean ask;
        synchronized (this) {
            answer = takeOrWait();
            ask = isBlockNeeded() && mayAsk();
            asking |= ask;
        }
        if (ask) {
            ask();
        }
        return answer;
    }

    private CompletableFuture<ProducerIdAnswer> takeOrWait() {
        switchIfUsedUp();
        if (!current.isUsedUp()) {
            return CompletableFuture.completedFuture(ProducerIdAnswer.of(current.take()));
        }
        if (!asking && !mayAsk()) {
            return CompletableFuture.completedFuture(ProducerIdAnswer.later());
        }
        CompletableFuture<ProducerIdAnswer> answer = new CompletableFuture<>();
        waiting.add(answer);
        return answer;
    }

    private void switchIfUsedUp() {
        if (current.isUsedUp() && prefetched != null) {
            current = prefetched;
            prefetched = null;
        }
    }

    private boolean isBlockNeeded() {
        return prefetched == null && current.runsLow();
    }

    private boolean mayAsk() {
        return !asking && !(backingOff && clock.monotonicNs() - backoffEndNs < 0);
    }

    private void ask() {
        Timers.Timer patience = timers.schedule(PATIENCE_MS, () -> answer(this::giveUpWaiting));
        CompletionStage<AllocateProducerIdsResponse> response;
        try {
            response = blocks.allocate();
        } catch (RuntimeException failure) {
            response = CompletableFuture.failedStage(failure);
        }
        response.whenComplete((block, failure) -> {
            patience.cancel();
            answer(() -> failure == null ? received(block) : failed(failure.toString()));
        });
    }

    private List<Runnable> received(AllocateProducerIdsResponse response) {
        if (response.errorCode() != ErrorCode.NONE.code()) {
            return failed(ErrorCode.of(response.errorCode()).name());
        }
        long first = response.producerIdStart();
        int size = response.producerIdLen();
        if (first < current.end() || size <= 0 || first > Long.MAX_VALUE - size) {
            return failed(
                    "a block of " + size + " ids from " + first + ", while the last one ended at " + current.end());
        }
        LOG.debug("Got producer ids {} to {}", first, first + size - 1);
        asking = false;
        backingOff = false;
        prefetched = new IdBlock(first, size);
        List<Runnable> answers = new ArrayList<>();
        for (switchIfUsedUp(); !waiting.isEmpty() && !current.isUsedUp(); switchIfUsedUp()) {
            CompletableFuture<ProducerIdAnswer> waiter = waiting.poll();
            ProducerIdAnswer id = ProducerIdAnswer.of(current.take());
            answers.add(() -> waiter.complete(id));
        }
        answers.addAll(giveUpWaiting());
        return answers;
    }

    private List<Runnable> failed(String why) {
        LOG.warn("Could not get producer ids: {}", why);
        asking = false;
        backingOff = true;
        backoffEndNs = clock.monotonicNs() + TimeUnit.MILLISECONDS.toNanos(BACKOFF_MS);
        return giveUpWaiting();
    }

    private List<Runnable> giveUpWaiting() {
        List<Runnable> answers = new ArrayList<>();
        for (CompletableFuture<ProducerIdAnswer> waiter : waiting) {
            answers.add(() -> waiter.complete(ProducerIdAnswer.later()));
        }
        waiting.clear();
        return answers;
    }

    private void answer(Decision decision) {
        List<Runnable> answers;
        synchronized (this) {
            answers = decision.decide();
        }
        answers.forEach(Runnable::run);
    }

    /** Made under the monitor; what it says is done after it. */
    private interface Decision {
        List<Runnable> decide();
    }
}
