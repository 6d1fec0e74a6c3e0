package io.barnabas.cluster.controller;

import io.barnabas.cluster.store.Answer;
import io.barnabas.cluster.store.AnswerCode;
import io.barnabas.cluster.store.NodeData;
import io.barnabas.cluster.store.NodeStat;
import io.barnabas.cluster.store.StoreException;
import io.barnabas.cluster.znodes.ReplicaAssignment;
import io.barnabas.cluster.znodes.TopicZnode;
import io.barnabas.cluster.znodes.Znodes;
import io.barnabas.runtime.Stages;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Topics as brokers and tools write them under /brokers/topics: new ones, and partitions added. A topic's id is
 * remembered; tools that know nothing of ids drop it when they write, and it is put back at once (else the next
 * controller would invent another one, and the brokers would refuse their own files).
 */
final class TopicEvents {
    private static final Logger LOG = LoggerFactory.getLogger(TopicEvents.class);

    private final Reign reign;
    private final ClusterState state;
    private final Roles roles;

    TopicEvents(Reign reign, Roles roles) {
        this.reign = reign;
        this.state = reign.state;
        this.roles = roles;
    }

    /** Reads all topics and their states, at the beginning of a reign. */
    CompletionStage<Void> loadAll() {
        return names().thenCompose(names -> load(names.stream().sorted().toList()))
                .thenCompose(loaded -> {
                    List<TopicPartition> partitions = state.partitions();
                    return Stages.all(partitions, reign.leaderships::reread).thenApply(read -> null);
                });
    }

    /** The children of /brokers/topics have changed. */
    CompletionStage<Void> listChanged() {
        return names().thenCompose(names -> {
            Set<String> gone = new HashSet<>(state.topics().keySet());
            List<String> added = new ArrayList<>();
            for (String name : names) {
                if (!gone.remove(name)) {
                    added.add(name);
                }
            }
            added.sort(null);
            gone.forEach(state::removeTopic);
            return load(added)
                    .thenCompose(loaded -> roles.begin(loaded.stream()
                            .flatMap(name -> state.partitionsOf(name).stream())
                            .toList()));
        });
    }

    private CompletionStage<List<String>> names() {
        return reign.session
                .children(Znodes.TOPICS, event -> reign.events.submit("topics changed", this::listChanged))
                .thenApply(children -> children.orThrow("children of " + Znodes.TOPICS));
    }

    /** Reads the topics, makes sure that they have an id, and takes them into the state. Answers with those found. */
    private CompletionStage<List<String>> load(Collection<String> names) {
        return Stages.all(
                        names,
                        name -> read(name)
                                .thenCompose(found -> found.isEmpty()
                                        ? CompletableFuture.completedFuture(Optional.<String>empty())
                                        : withId(name, found.get()).thenApply(topic -> {
                                            state.putTopic(topic);
                                            return Optional.of(name);
                                        })))
                .thenApply(loaded -> loaded.stream().flatMap(Optional::stream).toList());
    }

    private record Found(TopicZnode topic, int version) {}

    /** Reads the topic and watches it; empty when it is gone or is no topic. */
    private CompletionStage<Optional<Found>> read(String name) {
        return reign.session
                .get(
                        Znodes.topic(name),
                        event -> reign.events.submit("topic " + name + " changed", () -> changed(name)))
                .thenApply(answer -> found(name, answer));
    }

    private Optional<Found> found(String name, Answer<NodeData> answer) {
        if (answer.is(AnswerCode.NO_NODE)) {
            return Optional.empty();
        }
        NodeData node = answer.orThrow("read " + Znodes.topic(name));
        Optional<TopicZnode> topic = TopicZnode.parse(node.bytes());
        if (topic.isEmpty()) {
            LOG.warn("{} describes no topic: {}", Znodes.topic(name), node.text());
        }
        return topic.map(parsed -> new Found(parsed, node.stat().version()));
    }

    private CompletionStage<ClusterState.Topic> withId(String name, Found found) {
        if (!found.topic().topicId().isZero()) {
            return CompletableFuture.completedFuture(topic(name, found.topic()));
        }
        Uuid id = rememberedId(name);
        LOG.info("Topic {} has no id in ZooKeeper, writing {}", name, id);
        TopicZnode complete = found.topic().withTopicId(id);
        return reign.writes
                .setData(Znodes.topic(name), complete.bytes(), found.version())
                .thenCompose(answer -> afterIdWritten(name, complete, answer));
    }

    private CompletionStage<ClusterState.Topic> afterIdWritten(
            String name, TopicZnode complete, Answer<NodeStat> answer) {
        return switch (answer.code()) {
            case OK, NO_NODE -> CompletableFuture.completedFuture(topic(name, complete));
            case BAD_VERSION, UNKNOWN ->
                reign.session.get(Znodes.topic(name)).thenCompose(again -> {
                    Optional<Found> found = found(name, again);
                    return found.isEmpty()
                            ? CompletableFuture.completedFuture(topic(name, complete))
                            : withId(name, found.get());
                });
            default -> throw new StoreException("write the id of topic " + name, answer.code());
        };
    }

    private Uuid rememberedId(String name) {
        Uuid known = state.topicId(name);
        if (!known.isZero()) {
            return known;
        }
        Uuid recalled = reign.settings.recalledTopicId().apply(name);
        return recalled.isZero() ? Uuid.random(reign.settings.random()) : recalled;
    }

    private static ClusterState.Topic topic(String name, TopicZnode znode) {
        return new ClusterState.Topic(name, znode.topicId(), new TreeMap<>(znode.partitions()));
    }

    /** The data of a topic have changed: by us, by a broker, or by an old tool. */
    private CompletionStage<Void> changed(String name) {
        return read(name).thenCompose(found -> {
            ClusterState.Topic known = state.topics().get(name);
            if (found.isEmpty() || known == null) {
                return Stages.done();
            }
            return withId(name, found.get()).thenCompose(now -> merge(known, now));
        });
    }

    private CompletionStage<Void> merge(ClusterState.Topic known, ClusterState.Topic now) {
        List<TopicPartition> added = new ArrayList<>();
        TreeMap<Integer, ReplicaAssignment> merged = new TreeMap<>(known.assignments());
        now.assignments().forEach((partition, assignment) -> {
            if (merged.putIfAbsent(partition, assignment) == null) {
                added.add(new TopicPartition(known.name(), partition));
            }
        });
        if (added.isEmpty()) {
            return Stages.done();
        } else if (state.isDeleting(known.name())) {
            // Nothing is added to a topic that goes; the node says so, too.
            return reign.writes
                    .setData(Znodes.topic(known.name()), new TopicZnode(known.id(), known.assignments()).bytes(), -1)
                    .thenApply(restored -> null);
        }
        LOG.info("New partitions {}", added);
        state.putTopic(new ClusterState.Topic(known.name(), known.id(), merged));
        return roles.begin(added);
    }
}
