package io.barnabas.requests.admin;

import io.barnabas.cluster.topics.TopicOutcome;
import java.util.concurrent.CompletionStage;

/** Makes topics that begin with the records of others. Any thread asks. */
@FunctionalInterface
public interface TopicCloning {

    /** Answers when all partitions have a leader; a wish that makes no sense has been refused before. */
    CompletionStage<TopicOutcome> clone(CloneWish wish, int timeoutMs, boolean validateOnly);
}
