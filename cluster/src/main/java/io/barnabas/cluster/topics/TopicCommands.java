package io.barnabas.cluster.topics;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.cluster.MetadataImage;
import io.barnabas.cluster.PartitionImage;
import io.barnabas.cluster.TopicImage;
import io.barnabas.cluster.store.AnswerCode;
import io.barnabas.cluster.store.ClusterStore;
import io.barnabas.cluster.store.StoreSession;
import io.barnabas.cluster.znodes.ReplicaAssignment;
import io.barnabas.cluster.znodes.TopicZnode;
import io.barnabas.cluster.znodes.Znodes;
import io.barnabas.config.BrokerConfig;
import io.barnabas.runtime.Stages;
import io.barnabas.runtime.Timers;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.Uuid;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Makes, widens and deletes topics: checks, writes to ZooKeeper as any broker may, and waits until metadata shows that
 * the controller has acted. Any thread may call; every topic gets its own outcome. Stages fail only when ZooKeeper
 * cannot be used.
 */
public final class TopicCommands {
    /** A widening loses the race for the topic's node this often before it gives up. */
    private static final int ATTEMPTS = 10;
    /** On top of the time that a caller gives the controller: for ZooKeeper itself. */
    private static final long STORE_SLACK_MS = 10_000;

    private final ClusterStore store;
    private final MetadataCache metadata;
    private final Supplier<BrokerConfig> config;
    private final Timers timers;
    private final RandomGenerator random;
    private final MetadataWaits waits;
    private final Map<String, CompletionStage<TopicOutcome>> automatic = new ConcurrentHashMap<>();

    public TopicCommands(
            ClusterStore store,
            MetadataCache metadata,
            Supplier<BrokerConfig> config,
            Timers timers,
            RandomGenerator random) {
        this.store = store;
        this.metadata = metadata;
        this.config = config;
        this.timers = timers;
        this.random = random;
        this.waits = new MetadataWaits(metadata, timers);
    }

    /** Waits until all partitions have a leader; when the time is up before, the topics are made all the same. */
    public CompletionStage<List<TopicOutcome>> create(List<NewTopic> topics, int timeoutMs, boolean validateOnly) {
        CompletionStage<List<TopicOutcome>> made = existing(
                        topics.stream().map(NewTopic::name).toList())
                .thenCompose(existing -> Stages.all(topics, topic -> create(topic, existing, validateOnly)))
                .thenCompose(outcomes -> validateOnly ? completed(outcomes) : awaitLeaders(outcomes, timeoutMs));
        return within(
                made, timeoutMs + STORE_SLACK_MS, () -> timedOut(topics.stream().map(NewTopic::name)));
    }

    /** Waits until the topics are gone, here and from ZooKeeper. */
    public CompletionStage<List<TopicOutcome>> delete(List<String> topics, int timeoutMs) {
        TopicWrites writes = new TopicWrites(store.session());
        CompletionStage<List<TopicOutcome>> gone = Stages.all(
                topics,
                topic -> writes.markForDeletion(topic)
                        .thenCompose(error -> error == ErrorCode.NONE
                                ? awaitDeletion(topic, writes, timeoutMs)
                                : completed(TopicOutcome.refused(topic, error, null))));
        return within(gone, timeoutMs + STORE_SLACK_MS, () -> timedOut(topics.stream()));
    }

    /** Waits until all partitions have a leader. */
    public CompletionStage<List<TopicOutcome>> addPartitions(
            List<MorePartitions> wishes, int timeoutMs, boolean validateOnly) {
        CompletionStage<List<TopicOutcome>> made = Stages.all(
                        wishes, wish -> addPartitions(wish, validateOnly, ATTEMPTS))
                .thenCompose(outcomes -> validateOnly ? completed(outcomes) : awaitLeaders(outcomes, timeoutMs));
        return within(
                made, timeoutMs + STORE_SLACK_MS, () -> timedOut(wishes.stream().map(MorePartitions::topic)));
    }

    /**
     * Makes a topic at its first use and waits until its partitions have leaders. Requests for one topic at a time are
     * one; when the time is up before, the outcome is REQUEST_TIMED_OUT and the topic comes later.
     */
    public CompletionStage<TopicOutcome> createAtFirstUse(NewTopic topic, int timeoutMs) {
        CompletionStage<TopicOutcome> led = merged(topic)
                .thenCompose(made -> made.isDone()
                        ? waits.until(image -> hasLeaders(image, made), timeoutMs)
                                .thenApply(seen -> seen ? made : made.timedOut())
                        : completed(made));
        return within(led, timeoutMs, () -> TopicOutcome.done(topic.name()).timedOut());
    }

    private CompletionStage<TopicOutcome> merged(NewTopic topic) {
        CompletableFuture<TopicOutcome> mine = new CompletableFuture<>();
        CompletionStage<TopicOutcome> underWay = automatic.putIfAbsent(topic.name(), mine);
        if (underWay != null) {
            return underWay;
        }
        existing(List.of(topic.name()))
                .thenCompose(existing -> create(topic, existing, false))
                .whenComplete((outcome, failure) -> {
                    automatic.remove(topic.name());
                    if (failure == null) {
                        mine.complete(outcome);
                    } else {
                        mine.completeExceptionally(failure);
                    }
                });
        return mine;
    }

    // --- creating

    private CompletionStage<NewTopicRules.Existing> existing(List<String> names) {
        StoreSession session = store.session();
        return topicsThatMatter(session, names)
                .thenCombine(
                        session.children(Znodes.DELETE_TOPICS),
                        (topics, marked) -> new NewTopicRules.Existing(
                                topics, Set.copyOf(marked.orThrow("children of " + Znodes.DELETE_TOPICS))));
    }

    /** All there are, where names have to be compared; else that of the same name, for there may be very many. */
    private static CompletionStage<Set<String>> topicsThatMatter(StoreSession session, List<String> names) {
        boolean alone = names.size() == 1 && TopicName.problem(names.get(0)).isEmpty();
        if (!alone || TopicName.mayCollide(names.get(0))) {
            return session.children(Znodes.TOPICS)
                    .thenApply(topics -> Set.copyOf(topics.orThrow("children of " + Znodes.TOPICS)));
        }
        return session.exists(Znodes.topic(names.get(0))).thenApply(seen -> {
            if (seen.is(AnswerCode.NO_NODE)) {
                return Set.of();
            }
            seen.orThrow("look for " + Znodes.topic(names.get(0)));
            return Set.copyOf(names);
        });
    }

    private CompletionStage<TopicOutcome> create(
            NewTopic topic, NewTopicRules.Existing existing, boolean validateOnly) {
        Plan plan = new NewTopicRules(metadata.current(), config.get(), random).plan(topic, existing);
        return plan.fold(
                placed -> validateOnly
                        ? completed(planned(topic.name(), Uuid.ZERO, placed.replicas()))
                        : create(topic, placed.replicas()),
                refused -> completed(TopicOutcome.refused(topic.name(), refused.error(), refused.message())));
    }

    private CompletionStage<TopicOutcome> create(NewTopic topic, SortedMap<Integer, List<Integer>> replicas) {
        TopicZnode znode = new TopicZnode(Uuid.random(random), assignments(replicas));
        return new TopicWrites(store.session())
                .create(topic.name(), topic.configs(), znode)
                .thenApply(error -> error == ErrorCode.NONE
                        ? planned(topic.name(), znode.topicId(), replicas)
                        : TopicOutcome.refused(topic.name(), error, "Topic '" + topic.name() + "' already exists."));
    }

    private static TopicOutcome planned(String name, Uuid id, SortedMap<Integer, List<Integer>> replicas) {
        return new TopicOutcome(
                name, ErrorCode.NONE, null, id, replicas.size(), replicas.get(0).size());
    }

    private static SortedMap<Integer, ReplicaAssignment> assignments(Map<Integer, List<Integer>> replicas) {
        SortedMap<Integer, ReplicaAssignment> assignments = new TreeMap<>();
        replicas.forEach((partition, list) -> assignments.put(partition, ReplicaAssignment.of(list)));
        return assignments;
    }

    /** Answers with the outcome when all partitions of a topic have a leader, or when the time is up. */
    public CompletionStage<TopicOutcome> awaitLeaders(TopicOutcome made, int timeoutMs) {
        return awaitLeaders(List.of(made), timeoutMs).thenApply(outcomes -> outcomes.get(0));
    }

    private CompletionStage<List<TopicOutcome>> awaitLeaders(List<TopicOutcome> outcomes, int timeoutMs) {
        List<TopicOutcome> made = outcomes.stream().filter(TopicOutcome::isDone).toList();
        if (made.isEmpty()) {
            return completed(outcomes);
        } else if (timeoutMs <= 0) {
            return completed(timedOutUnless(outcomes, outcome -> false));
        }
        return waits.until(image -> made.stream().allMatch(outcome -> hasLeaders(image, outcome)), timeoutMs)
                .thenApply(seen -> timedOutUnless(outcomes, outcome -> hasLeaders(metadata.current(), outcome)));
    }

    private static boolean hasLeaders(MetadataImage image, TopicOutcome outcome) {
        TopicImage topic = image.topic(outcome.topic());
        return topic != null
                && topic.partitions().size() >= outcome.partitions()
                && topic.partitions().values().stream()
                        .mapToInt(PartitionImage::leader)
                        .noneMatch(id -> id < 0);
    }

    private static List<TopicOutcome> timedOutUnless(List<TopicOutcome> outcomes, Predicate<TopicOutcome> ready) {
        return outcomes.stream()
                .map(outcome -> !outcome.isDone() || ready.test(outcome) ? outcome : outcome.timedOut())
                .toList();
    }

    // --- deleting

    private CompletionStage<TopicOutcome> awaitDeletion(String topic, TopicWrites writes, int timeoutMs) {
        if (timeoutMs <= 0) {
            return completed(TopicOutcome.done(topic).timedOut());
        }
        CompletionStage<TopicOutcome> gone = waits.until(image -> !image.hasTopic(topic), timeoutMs)
                .thenCompose(seen -> seen
                        ? writes.untilMarkIsGone(topic).thenApply(cleared -> TopicOutcome.done(topic))
                        : completed(TopicOutcome.done(topic).timedOut()));
        return within(gone, timeoutMs, () -> TopicOutcome.done(topic).timedOut());
    }

    /** Reads wait for a ZooKeeper that cannot be reached; whoever asked is answered all the same. */
    private <T> CompletionStage<T> within(CompletionStage<T> stage, long timeoutMs, Supplier<T> otherwise) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        Timers.Timer deadline = timers.schedule(Math.max(0, timeoutMs), () -> outcome.complete(otherwise.get()));
        stage.whenComplete((value, failure) -> {
            deadline.cancel();
            if (failure == null) {
                outcome.complete(value);
            } else {
                outcome.completeExceptionally(failure);
            }
        });
        return outcome;
    }

    private static List<TopicOutcome> timedOut(Stream<String> topics) {
        return topics.map(topic -> TopicOutcome.done(topic).timedOut()).toList();
    }

    // --- widening

    private CompletionStage<TopicOutcome> addPartitions(MorePartitions wish, boolean validateOnly, int attempts) {
        TopicWrites writes = new TopicWrites(store.session());
        return writes.isMarkedForDeletion(wish.topic()).thenCompose(marked -> {
            if (marked) {
                return completed(TopicOutcome.refused(
                        wish.topic(), ErrorCode.INVALID_TOPIC_EXCEPTION, "The topic is queued for deletion."));
            }
            return writes.read(wish.topic())
                    .thenCompose(found -> found.isEmpty()
                            ? completed(TopicOutcome.refused(
                                    wish.topic(),
                                    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                                    "The topic '" + wish.topic() + "' does not exist."))
                            : widen(wish, found.get(), validateOnly, attempts));
        });
    }

    private CompletionStage<TopicOutcome> widen(
            MorePartitions wish, TopicWrites.Found found, boolean validateOnly, int attempts) {
        Plan plan = new MorePartitionsRules(LiveBrokers.of(metadata.current())).plan(wish, found.topic());
        return plan.fold(
                placed -> {
                    SortedMap<Integer, ReplicaAssignment> wider =
                            new TreeMap<>(found.topic().partitions());
                    wider.putAll(assignments(placed.replicas()));
                    TopicOutcome outcome = new TopicOutcome(
                            wish.topic(), ErrorCode.NONE, null, found.topic().topicId(), wider.size(), -1);
                    return validateOnly ? completed(outcome) : write(wish, found, wider, outcome, attempts);
                },
                refused -> completed(TopicOutcome.refused(wish.topic(), refused.error(), refused.message())));
    }

    private CompletionStage<TopicOutcome> write(
            MorePartitions wish,
            TopicWrites.Found found,
            SortedMap<Integer, ReplicaAssignment> wider,
            TopicOutcome outcome,
            int attempts) {
        TopicWrites writes = new TopicWrites(store.session());
        TopicZnode wanted = new TopicZnode(found.topic().topicId(), wider);
        return writes.replace(wish.topic(), wanted, found.version()).thenCompose(written -> {
            if (written) {
                return completed(outcome);
            }
            // Perhaps it was written and only the answer got lost.
            return writes.read(wish.topic()).thenCompose(now -> {
                boolean there =
                        now.isPresent() && now.get().topic().partitions().equals(wider);
                if (there) {
                    return completed(outcome);
                } else if (attempts <= 1) {
                    return completed(TopicOutcome.refused(
                            wish.topic(), ErrorCode.UNKNOWN_SERVER_ERROR, "The topic is being changed by others."));
                }
                return addPartitions(wish, false, attempts - 1);
            });
        });
    }

    // --- many

    private static <T> CompletionStage<T> completed(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
