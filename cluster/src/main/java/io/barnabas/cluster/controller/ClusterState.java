package io.barnabas.cluster.controller;

import io.barnabas.cluster.LiveBroker;
import io.barnabas.cluster.znodes.ReplicaAssignment;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * What the controller knows: brokers, topics, who leads. Mirrors ZooKeeper; only the controller writes what it mirrors
 * of partitions. Confined to the controller's mailbox; lives for one reign.
 */
final class ClusterState {
    private final SortedMap<Integer, LiveBroker> brokers = new TreeMap<>();
    private final Set<Integer> stopping = new TreeSet<>();
    private final SortedMap<String, Topic> topics = new TreeMap<>();
    private final Map<Uuid, String> topicNames = new HashMap<>();
    private final Map<TopicPartition, Leadership> leaderships = new HashMap<>();
    private final Set<Replica> onFailedDirectories = new HashSet<>();
    private final Set<String> deleting = new TreeSet<>();

    /** @param assignments by partition */
    record Topic(String name, Uuid id, SortedMap<Integer, ReplicaAssignment> assignments) {}

    // --- brokers

    SortedMap<Integer, LiveBroker> brokers() {
        return brokers;
    }

    /** Registered, and not about to stop. */
    boolean isLive(int brokerId) {
        return brokers.containsKey(brokerId) && !stopping.contains(brokerId);
    }

    Set<Integer> stopping() {
        return stopping;
    }

    void addBroker(LiveBroker broker) {
        brokers.put(broker.id(), broker);
        forgetFailuresOf(broker.id());
    }

    void removeBroker(int brokerId) {
        brokers.remove(brokerId);
        stopping.remove(brokerId);
        forgetFailuresOf(brokerId);
    }

    private void forgetFailuresOf(int brokerId) {
        onFailedDirectories.removeIf(replica -> replica.brokerId() == brokerId);
    }

    // --- topics

    SortedMap<String, Topic> topics() {
        return Collections.unmodifiableSortedMap(topics);
    }

    void putTopic(Topic topic) {
        Topic before = topics.put(topic.name(), topic);
        if (before != null) {
            topicNames.remove(before.id());
        }
        topicNames.put(topic.id(), topic.name());
    }

    void removeTopic(String name) {
        Topic removed = topics.remove(name);
        deleting.remove(name);
        if (removed != null) {
            topicNames.remove(removed.id());
            removed.assignments()
                    .keySet()
                    .forEach(partition -> leaderships.remove(new TopicPartition(name, partition)));
            onFailedDirectories.removeIf(replica -> replica.partition().topic().equals(name));
        }
    }

    Uuid topicId(String name) {
        Topic topic = topics.get(name);
        return topic == null ? Uuid.ZERO : topic.id();
    }

    /** Null when no topic has that id. */
    Topic topicById(Uuid id) {
        String name = topicNames.get(id);
        return name == null ? null : topics.get(name);
    }

    /** Marked for deletion: nobody is to be told of it any more. */
    boolean isDeleting(String topic) {
        return deleting.contains(topic);
    }

    Set<String> deleting() {
        return deleting;
    }

    // --- partitions

    /** Null when the partition is not known. */
    ReplicaAssignment assignment(TopicPartition partition) {
        Topic topic = topics.get(partition.topic());
        return topic == null ? null : topic.assignments().get(partition.partition());
    }

    List<Integer> replicas(TopicPartition partition) {
        ReplicaAssignment assignment = assignment(partition);
        return assignment == null ? List.of() : assignment.replicas();
    }

    /** Null when the partition has no state yet. */
    Leadership leadership(TopicPartition partition) {
        return leaderships.get(partition);
    }

    void putLeadership(TopicPartition partition, Leadership leadership) {
        leaderships.put(partition, leadership);
    }

    List<TopicPartition> partitions() {
        List<TopicPartition> all = new ArrayList<>();
        topics.keySet().forEach(topic -> all.addAll(partitionsOf(topic)));
        return all;
    }

    List<TopicPartition> partitionsOf(String topic) {
        Topic known = topics.get(topic);
        return known == null
                ? List.of()
                : known.assignments().keySet().stream()
                        .map(partition -> new TopicPartition(topic, partition))
                        .toList();
    }

    /** Those that wait for a leader, because they are new or because theirs is gone; deleted topics apart. */
    List<TopicPartition> partitionsWithoutLiveLeader() {
        return partitions().stream()
                .filter(partition -> !isDeleting(partition.topic()))
                .filter(partition -> {
                    Leadership leadership = leaderships.get(partition);
                    return leadership == null || !isOnline(new Replica(partition, leadership.leader()));
                })
                .toList();
    }

    List<TopicPartition> partitionsWithState() {
        return partitions().stream().filter(leaderships::containsKey).toList();
    }

    // --- replicas

    List<Replica> replicasOn(int brokerId) {
        return partitions().stream()
                .filter(partition -> replicas(partition).contains(brokerId))
                .map(partition -> new Replica(partition, brokerId))
                .toList();
    }

    List<Replica> replicasOf(Collection<TopicPartition> partitions) {
        List<Replica> all = new ArrayList<>();
        partitions.forEach(partition -> replicas(partition).forEach(broker -> all.add(new Replica(partition, broker))));
        return all;
    }

    /** On a broker that is live and whose directory of this replica has not failed. */
    boolean isOnline(Replica replica) {
        return isLive(replica.brokerId()) && !onFailedDirectories.contains(replica);
    }

    /** As {@link #isOnline}; a broker that is about to stop still counts. */
    boolean isReachable(Replica replica) {
        return brokers.containsKey(replica.brokerId()) && !onFailedDirectories.contains(replica);
    }

    IntPredicate onlineFor(TopicPartition partition) {
        return broker -> isOnline(new Replica(partition, broker));
    }

    IntPredicate reachableFor(TopicPartition partition) {
        return broker -> isReachable(new Replica(partition, broker));
    }

    List<Integer> onlineReplicas(TopicPartition partition) {
        return replicas(partition).stream().filter(onlineFor(partition)::test).toList();
    }

    /** True when that is news. */
    boolean directoryFailed(Replica replica) {
        return onFailedDirectories.add(replica);
    }

    void directoryWorks(Replica replica) {
        onFailedDirectories.remove(replica);
    }
}
