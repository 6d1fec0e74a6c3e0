package io.barnabas.cluster.controller;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Many things at once, or one after the other. */
final class Stages {
    private Stages() {}

    static CompletionStage<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    /** Begins with all, and ends with the last; the results are in the order of the items. */
    static <A, B> CompletionStage<List<B>> all(Collection<A> items, Function<A, CompletionStage<B>> each) {
        List<CompletableFuture<B>> begun = new ArrayList<>(items.size());
        items.forEach(item -> begun.add(each.apply(item).toCompletableFuture()));
        return CompletableFuture.allOf(begun.toArray(CompletableFuture[]::new))
                .thenApply(ended -> begun.stream().map(CompletableFuture::join).toList());
    }

    /** One after the other. */
    static <A> CompletionStage<Void> inOrder(Collection<A> items, Function<A, CompletionStage<Void>> each) {
        CompletionStage<Void> chain = done();
        for (A item : items) {
            chain = chain.thenCompose(before -> each.apply(item));
        }
        return chain;
    }

    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
