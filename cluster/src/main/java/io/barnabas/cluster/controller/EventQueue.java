package io.barnabas.cluster.controller;

import io.barnabas.runtime.Stages;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The controller's events, one after the other: the next one begins when all that the one before set going has ended.
 * No thread waits meanwhile. Any thread may submit; everything runs on the mailbox. After {@link #end} nothing begins
 * any more. Holds one event for each watch and each request that its senders have under way.
 */
final class EventQueue {
    private final Executor mailbox;
    private final FailureListener failures;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean ended;

    /** Hears, on the mailbox, of an event that failed. */
    interface FailureListener {
        void failed(String event, Throwable cause);
    }

    EventQueue(Executor mailbox, FailureListener failures) {
        this.mailbox = mailbox;
        this.failures = failures;
    }

    /** The stage fails with {@link ControllerMovedException} when the queue ends before or during the event. */
    <T> CompletionStage<T> submit(String name, Supplier<CompletionStage<T>> event) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        mailbox.execute(() -> {
            waiting.add(() -> begin(name, event, outcome));
            next();
        });
        return outcome;
    }

    /** On the mailbox. */
    void end() {
        ended = true;
        busy = false;
        next();
    }

    private void next() {
        while (!busy && !waiting.isEmpty()) {
            waiting.poll().run();
        }
    }

    private <T> void begin(String name, Supplier<CompletionStage<T>> event, CompletableFuture<T> outcome) {
        if (ended) {
            outcome.completeExceptionally(new ControllerMovedException("resigned"));
            return;
        }
        busy = true;
        started(event).whenComplete((value, failure) -> {
            if (ended) {
                outcome.completeExceptionally(new ControllerMovedException("resigned"));
                return;
            }
            busy = false;
            if (failure == null) {
                outcome.complete(value);
            } else {
                failures.failed(name, Stages.cause(failure));
                outcome.completeExceptionally(Stages.cause(failure));
            }
            next();
        });
    }

    private static <T> CompletionStage<T> started(Supplier<CompletionStage<T>> event) {
        try {
            return event.get();
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }
}
