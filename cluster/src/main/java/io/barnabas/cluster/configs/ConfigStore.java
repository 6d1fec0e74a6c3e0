package io.barnabas.cluster.configs;

import io.barnabas.cluster.store.AnswerCode;
import io.barnabas.cluster.store.ClusterStore;
import io.barnabas.cluster.store.NodeData;
import io.barnabas.cluster.store.SessionListener;
import io.barnabas.cluster.store.StoreException;
import io.barnabas.cluster.store.StoreSession;
import io.barnabas.cluster.znodes.ConfigChangeZnode;
import io.barnabas.cluster.znodes.ConfigZnode;
import io.barnabas.cluster.znodes.Znodes;
import io.barnabas.config.BrokerConfig;
import io.barnabas.config.TopicConfig;
import io.barnabas.runtime.Clock;
import io.barnabas.runtime.FaultHandler;
import io.barnabas.wire.message.LeaderAndIsrRequest;
import io.barnabas.wire.message.LeaderAndIsrRequest.LeaderAndIsrPartitionState;
import io.barnabas.wire.message.LeaderAndIsrRequest.LeaderAndIsrTopicState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of this broker and of all topics, as they count now: the file, and over it what ZooKeeper says. Follows
 * /config/changes. Any thread reads snapshots; they are replaced on the mailbox, and listeners hear of it there.
 */
public final class ConfigStore {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigStore.class);
    /** Notes about changes that everybody has had the time to read. */
    private static final long NOTES_KEPT_MS = 15 * 60 * 1000;

    private final int brokerId;
    private final ClusterStore store;
    private final Clock clock;
    private final Executor mailbox;
    private final FaultHandler faults;
    private final List<ConfigListener> listeners = new CopyOnWriteArrayList<>();
    private volatile ConfigSnapshot current;
    private long lastNote = -1;
    private boolean scanning;
    private boolean scanAgain;

    /** @param file what the configuration file says, with this broker's id */
    public ConfigStore(
            int brokerId, BrokerConfig file, ClusterStore store, Clock clock, Executor mailbox, FaultHandler faults) {
        this.brokerId = brokerId;
        this.store = store;
        this.clock = clock;
        this.mailbox = mailbox;
        this.faults = faults;
        this.current = new ConfigSnapshot(file, Map.of());
    }

    /** Reads everything, and follows changes from then on. */
    public CompletionStage<Void> start() {
        CompletableFuture<Void> started = new CompletableFuture<>();
        store.listen(new SessionListener() {
            @Override
            public void established(StoreSession session) {
                StoreSession bound = session.on(mailbox);
                mailbox.execute(() -> loadAll(bound).whenComplete((done, failure) -> {
                    if (failure == null) {
                        scan(bound);
                        started.complete(null);
                    } else if (!bound.isLost()) {
                        faults.fault("reading settings", failure);
                        started.completeExceptionally(failure);
                    }
                }));
            }
        });
        return started;
    }

    public void listen(ConfigListener listener) {
        listeners.add(listener);
    }

    /** As it counts now. Any thread. */
    public BrokerConfig broker() {
        return current.broker();
    }

    /** As it counts now; a topic of which nothing is known follows the broker. Any thread. */
    public TopicConfig topic(String name) {
        return current.topic(name);
    }

    /** Newest settings straight from ZooKeeper. */
    public CompletionStage<Map<String, String>> read(String entity) {
        return ConfigEntities.read(store.session(), entity);
    }

    /** Replaces all settings of an entity; every broker, this one too, acts on it a moment later. */
    public CompletionStage<Void> change(String entity, Map<String, String> settings) {
        return ConfigEntities.change(store.session(), entity, settings);
    }

    /**
     * Ends when the settings of all topics in the request are known here. Whoever takes roles waits for it, so that no
     * log is made with settings that its topic does not have: the creation of a topic is announced to nobody.
     */
    public CompletionStage<Void> prepareFor(LeaderAndIsrRequest request) {
        Set<String> unread = new LinkedHashSet<>();
        for (LeaderAndIsrTopicState topic : request.topicStates()) {
            topic.partitionStates().forEach(partition -> note(topic.topicName(), partition, unread));
        }
        request.ungroupedPartitionStates().forEach(partition -> note(partition.topicName(), partition, unread));
        if (unread.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> ready = new CompletableFuture<>();
        mailbox.execute(() -> refreshTopics(store.session().on(mailbox), unread).whenComplete((done, failure) -> {
            if (failure == null) {
                ready.complete(null);
            } else {
                ready.completeExceptionally(failure);
            }
        }));
        return ready;
    }

    private void note(String topic, LeaderAndIsrPartitionState partition, Set<String> unread) {
        if (partition.isNew() || !current.knows(topic)) {
            unread.add(topic);
        }
    }

    // --- reading

    private CompletionStage<Void> loadAll(StoreSession session) {
        return refreshBroker(session)
                .thenCompose(done -> session.children("/config/topics"))
                .thenCompose(names -> refreshTopics(session, names.orThrow("children of /config/topics")))
                .thenApply(done -> null);
    }

    private CompletionStage<Void> refreshBroker(StoreSession session) {
        return ConfigEntities.read(session, ConfigEntities.DEFAULT_BROKER)
                .thenCombine(ConfigEntities.read(session, ConfigEntities.broker(brokerId)), this::brokerRead);
    }

    private Void brokerRead(Map<String, String> ofCluster, Map<String, String> ofThisBroker) {
        BrokerConfig before = current.broker();
        if (ofCluster.equals(before.dynamicDefaultValues()) && ofThisBroker.equals(before.dynamicBrokerValues())) {
            return null;
        }
        BrokerConfig now = before.withDynamic(ofCluster, ofThisBroker);
        current = current.over(now);
        LOG.info(
                "Settings of broker {} now: {} and, for all brokers, {}",
                brokerId,
                ofThisBroker.keySet(),
                ofCluster.keySet());
        listeners.forEach(listener -> listener.brokerChanged(before, now));
        current.topics().forEach(topic -> tellTopic(topic));
        return null;
    }

    private CompletionStage<Void> refreshTopics(StoreSession session, Collection<String> topics) {
        List<CompletableFuture<Void>> read = new ArrayList<>();
        topics.forEach(topic -> read.add(refreshTopic(session, topic).toCompletableFuture()));
        return CompletableFuture.allOf(read.toArray(CompletableFuture[]::new));
    }

    private CompletionStage<Void> refreshTopic(StoreSession session, String topic) {
        return session.get(Znodes.topicConfig(topic)).thenAccept(read -> {
            if (read.is(AnswerCode.NO_NODE)) {
                current = current.withoutTopic(topic);
                return;
            }
            NodeData node = read.orThrow("read the settings of topic " + topic);
            Map<String, String> overrides = ConfigZnode.parse(node.bytes());
            boolean isNews =
                    !current.knows(topic) || !current.topic(topic).overrides().equals(overrides);
            if (isNews) {
                current = current.withTopic(topic, overrides);
                tellTopic(topic);
            }
        });
    }

    private void tellTopic(String topic) {
        TopicConfig config = current.topic(topic);
        listeners.forEach(listener -> listener.topicChanged(topic, config));
    }

    // --- following

    /** One scan at a time; a change meanwhile leads to another one. */
    private void scan(StoreSession session) {
        if (scanning) {
            scanAgain = true;
            return;
        }
        scanning = true;
        session.children(Znodes.CONFIG_CHANGES, event -> scan(session))
                .thenCompose(names -> readNotes(session, names.orThrow("children of " + Znodes.CONFIG_CHANGES)))
                .whenComplete((done, failure) -> {
                    scanning = false;
                    if (failure != null && !isLost(session, failure)) {
                        faults.fault("following changes of settings", failure);
                    }
                    if (scanAgain) {
                        scanAgain = false;
                        scan(session);
                    }
                });
    }

    private CompletionStage<Void> readNotes(StoreSession session, List<String> names) {
        List<String> sorted = names.stream()
                .filter(name -> name.startsWith(Znodes.CONFIG_CHANGE_PREFIX))
                .sorted()
                .toList();
        CompletionStage<Void> chain = CompletableFuture.completedFuture(null);
        for (String name : sorted) {
            chain = chain.thenCompose(before -> readNote(session, name));
        }
        return chain;
    }

    private CompletionStage<Void> readNote(StoreSession session, String name) {
        String path = Znodes.CONFIG_CHANGES + "/" + name;
        return session.get(path).thenCompose(read -> {
            if (read.is(AnswerCode.NO_NODE)) {
                return CompletableFuture.completedFuture(null);
            }
            NodeData note = read.orThrow("read " + path);
            if (clock.nowMs() - note.stat().ctimeMs() > NOTES_KEPT_MS) {
                session.delete(path, -1);
            }
            long number = number(name);
            if (number <= lastNote) {
                return CompletableFuture.completedFuture(null);
            }
            lastNote = number;
            return ConfigChangeZnode.entity(note.bytes())
                    .map(entity -> refresh(session, entity))
                    .orElseGet(() -> CompletableFuture.completedFuture(null));
        });
    }

    private CompletionStage<Void> refresh(StoreSession session, String entity) {
        if (entity.startsWith("topics/")) {
            return refreshTopic(session, entity.substring("topics/".length()));
        } else if (entity.equals(ConfigEntities.DEFAULT_BROKER) || entity.equals(ConfigEntities.broker(brokerId))) {
            return refreshBroker(session);
        }
        return CompletableFuture.completedFuture(null);
    }

    private static long number(String name) {
        try {
            return Long.parseLong(name.substring(Znodes.CONFIG_CHANGE_PREFIX.length()));
        } catch (NumberFormatException other) {
            return -1;
        }
    }

    private static boolean isLost(StoreSession session, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return session.isLost() || cause instanceof StoreException store && store.code() == AnswerCode.SESSION_LOST;
    }
}
