package io.barnabas.broker;

import io.barnabas.cluster.adoption.AdoptedTopic;
import io.barnabas.cluster.adoption.AdoptionWrites;
import io.barnabas.cluster.configs.ConfigEntities;
import io.barnabas.cluster.store.ClusterStore;
import io.barnabas.cluster.topics.NewTopic;
import io.barnabas.cluster.topics.TopicCommands;
import io.barnabas.cluster.topics.TopicOutcome;
import io.barnabas.cluster.znodes.ReplicaAssignment;
import io.barnabas.cluster.znodes.TopicZnode;
import io.barnabas.requests.admin.CloneWish;
import io.barnabas.requests.admin.TopicCloning;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.Uuid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;

/**
 * Clones topics: checks the wish as that of any new topic, forks the logs of the source, which this broker leads, and
 * writes the clone into ZooKeeper with its leaders, so that the controller takes it as it is. Any thread asks; the logs
 * are forked where the disk may be waited for.
 */
final class TopicClones implements TopicCloning {
    private final ClusterStore store;
    private final TopicCommands topics;
    private final LogForks forks;
    private final ExecutorService diskIo;
    private final RandomGenerator random;

    /** What ZooKeeper tells of a source. */
    private record Source(TopicZnode topic, Map<String, String> configs) {}

    TopicClones(
            ClusterStore store, TopicCommands topics, LogForks forks, ExecutorService diskIo, RandomGenerator random) {
        this.store = store;
        this.topics = topics;
        this.forks = forks;
        this.diskIo = diskIo;
        this.random = random;
    }

    @Override
    public CompletionStage<TopicOutcome> clone(CloneWish wish, int timeoutMs, boolean validateOnly) {
        return source(wish.source()).thenCompose(found -> {
            if (found.isEmpty()) {
                return completed(TopicOutcome.refused(
                        wish.target(),
                        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                        "The topic '" + wish.source() + "' does not exist."));
            }
            Source source = found.get();
            return topics.create(List.of(asNewTopic(wish, source)), timeoutMs, true)
                    .thenCompose(checked -> checked.get(0).isDone() && !validateOnly
                            ? make(wish, source, timeoutMs)
                            : completed(checked.get(0)));
        });
    }

    private CompletionStage<Optional<Source>> source(String name) {
        AdoptionWrites reads = new AdoptionWrites(store.session());
        return reads.read(name)
                .thenCombine(
                        ConfigEntities.read(store.session(), ConfigEntities.topic(name)),
                        (topic, configs) -> topic.map(found -> new Source(found, configs)));
    }

    private static NewTopic asNewTopic(CloneWish wish, Source source) {
        Map<Integer, List<Integer>> assignments = new TreeMap<>();
        source.topic().partitions().forEach((index, assignment) -> assignments.put(index, assignment.replicas()));
        return new NewTopic(
                wish.target(), NewTopic.BROKERS_DEFAULT, NewTopic.BROKERS_DEFAULT, assignments, configs(wish, source));
    }

    private static Map<String, String> configs(CloneWish wish, Source source) {
        Map<String, String> configs = new TreeMap<>(source.configs());
        configs.putAll(wish.configs());
        return configs;
    }

    private CompletionStage<TopicOutcome> make(CloneWish wish, Source source, int timeoutMs) {
        Uuid id = Uuid.random(random);
        Map<String, String> configs = configs(wish, source);
        return CompletableFuture.supplyAsync(
                        () -> forks.make(wish, id, source.topic().partitions().keySet(), configs), diskIo)
                .thenCompose(made -> made.fold(
                        leaders -> write(wish, id, source, leaders, configs, timeoutMs),
                        refused -> completed(TopicOutcome.refused(wish.target(), refused.error(), refused.message()))));
    }

    private CompletionStage<TopicOutcome> write(
            CloneWish wish, Uuid id, Source source, LogForks.Made made, Map<String, String> configs, int timeoutMs) {
        SortedMap<Integer, AdoptedTopic.Partition> partitions = new TreeMap<>();
        made.leaderEpochs().forEach((index, epoch) -> {
            ReplicaAssignment assignment = source.topic().partitions().get(index);
            partitions.put(
                    index,
                    new AdoptedTopic.Partition(
                            assignment.replicas(), List.of(made.brokerId()), made.brokerId(), epoch));
        });
        TopicOutcome done = new TopicOutcome(
                wish.target(),
                ErrorCode.NONE,
                null,
                id,
                partitions.size(),
                partitions.get(0).replicas().size());
        return new AdoptionWrites(store.session())
                .write(new AdoptedTopic(wish.target(), id, partitions, configs))
                .handle((written, failure) -> {
                    if (failure == null && written) {
                        return topics.awaitLeaders(done, timeoutMs);
                    }
                    diskIo.execute(() ->
                            forks.discard(wish.target(), made.leaderEpochs().keySet()));
                    return failure == null
                            ? completed(TopicOutcome.refused(
                                    wish.target(),
                                    ErrorCode.TOPIC_ALREADY_EXISTS,
                                    "Topic '" + wish.target() + "' already exists."))
                            : CompletableFuture.<TopicOutcome>failedFuture(failure);
                })
                .thenCompose(outcome -> outcome);
    }

    private static CompletionStage<TopicOutcome> completed(TopicOutcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }
}
