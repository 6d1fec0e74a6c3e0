package io.barnabas.cluster.controller;

import io.barnabas.cluster.BrokerLink;
import io.barnabas.runtime.Timers;
import java.util.ArrayDeque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests to one broker, in order, one under way at a time. One that fails is sent again until the broker is
 * gone. Confined to the controller's mailbox; holds what the controller's events have decided and the broker has not
 * yet confirmed.
 */
final class BrokerChannel {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerChannel.class);
    private static final long RETRY_MS = 100;

    private final int brokerId;
    private final BrokerLink link;
    private final Executor mailbox;
    private final Timers timers;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean closed;
    private boolean failing;

    BrokerChannel(int brokerId, BrokerLink link, Executor mailbox, Timers timers) {
        this.brokerId = brokerId;
        this.link = link;
        this.mailbox = mailbox;
        this.timers = timers;
    }

    BrokerLink link() {
        return link;
    }

    /** @param onAnswer runs on the mailbox; not after the channel was closed */
    <T> void send(Supplier<CompletionStage<T>> request, Consumer<T> onAnswer) {
        waiting.add(() -> attempt(request, onAnswer));
        next();
    }

    void close() {
        closed = true;
        waiting.clear();
        link.close();
    }

    private void next() {
        if (!busy && !closed && !waiting.isEmpty()) {
            busy = true;
            waiting.poll().run();
        }
    }

    private <T> void attempt(Supplier<CompletionStage<T>> request, Consumer<T> onAnswer) {
        if (closed) {
            return;
        }
        request.get()
                .whenComplete((answer, failure) -> mailbox.execute(() -> {
                    if (closed) {
                        return;
                    }
                    if (failure != null) {
                        logOnce(failure);
                        timers.schedule(RETRY_MS, () -> mailbox.execute(() -> attempt(request, onAnswer)));
                        return;
                    }
                    failing = false;
                    busy = false;
                    onAnswer.accept(answer);
                    next();
                }));
    }

    private void logOnce(Throwable failure) {
        if (!failing) {
            failing = true;
            LOG.warn("Controller cannot reach broker {}, trying again: {}", brokerId, failure.toString());
        }
    }
}
