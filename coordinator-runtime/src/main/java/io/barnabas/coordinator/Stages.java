package io.barnabas.coordinator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Puts the answers of several shards or commands together. */
public final class Stages {
    private Stages() {}

    /** All of them, in their order. */
    public static <T> CompletionStage<List<T>> all(List<? extends CompletionStage<T>> stages) {
        CompletionStage<List<T>> collected = CompletableFuture.completedStage(new ArrayList<>());
        for (CompletionStage<T> stage : stages) {
            collected = collected.thenCombine(stage, (list, part) -> {
                list.add(part);
                return list;
            });
        }
        return collected;
    }
}
