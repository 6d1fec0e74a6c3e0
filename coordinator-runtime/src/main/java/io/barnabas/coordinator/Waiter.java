package io.barnabas.coordinator;

import io.barnabas.wire.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Somebody who waits for the answer to a command. State machines keep it as a token and name it in a
 * {@link Effect.Reply}; only the runtime completes it, at most once, on the shard's mailbox.
 *
 * @param <A> what it waits for
 */
public final class Waiter<A> {
    private final CompletableFuture<A> future = new CompletableFuture<>();
    private final Function<ErrorCode, A> refusal;

    /** @param refusal how an error of the whole command looks as an answer */
    public Waiter(Function<ErrorCode, A> refusal) {
        this.refusal = refusal;
    }

    public CompletionStage<A> answer() {
        return future.minimalCompletionStage();
    }

    void complete(A answer) {
        future.complete(answer);
    }

    void refuse(ErrorCode error) {
        future.complete(refusal.apply(error));
    }
}
