package io.barnabas.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Many things at once, or one after the other. */
public final class Stages {
    private Stages() {}

    public static CompletionStage<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    /** Ends with the last of them; the results are in their order. */
    public static <T> CompletionStage<List<T>> all(List<? extends CompletionStage<T>> begun) {
        List<CompletableFuture<T>> futures = new ArrayList<>(begun.size());
        begun.forEach(stage -> futures.add(stage.toCompletableFuture()));
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
                .thenApply(
                        ended -> futures.stream().map(CompletableFuture::join).toList());
    }

    /** Begins with all, and ends with the last; the results are in the order of the items. */
    public static <A, B> CompletionStage<List<B>> all(Collection<A> items, Function<A, CompletionStage<B>> each) {
        return all(items.stream().map(each).toList());
    }

    /** One after the other. */
    public static <A> CompletionStage<Void> inOrder(Collection<A> items, Function<A, CompletionStage<Void>> each) {
        CompletionStage<Void> chain = done();
        for (A item : items) {
            chain = chain.thenCompose(before -> each.apply(item));
        }
        return chain;
    }

    public static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
