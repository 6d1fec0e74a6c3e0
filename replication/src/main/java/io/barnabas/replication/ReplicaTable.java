package io.barnabas.replication;

import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The partitions that this broker holds a replica of, found by topic name or id and then by index, without making an
 * object. Any thread reads; only the role mailbox changes it.
 */
final class ReplicaTable {
    private final Map<String, TopicReplicas> byName = new ConcurrentHashMap<>();
    private final Map<Uuid, TopicReplicas> byId = new ConcurrentHashMap<>();

    TopicReplicas topic(String name) {
        return byName.get(name);
    }

    TopicReplicas topic(Uuid id) {
        return byId.get(id);
    }

    Partition find(TopicPartition name) {
        TopicReplicas topic = byName.get(name.topic());
        return topic == null ? null : topic.partition(name.partition());
    }

    void put(Partition partition) {
        String topic = partition.name().topic();
        TopicReplicas before = byName.getOrDefault(topic, TopicReplicas.none(topic));
        if (before.partition(partition.name().partition()) == partition
                && before.topicId().equals(partition.topicId())) {
            return;
        }
        TopicReplicas after = before.with(partition);
        if (!before.topicId().equals(after.topicId())) {
            byId.remove(before.topicId());
        }
        publish(after);
    }

    void remove(Partition partition) {
        TopicReplicas before = byName.get(partition.name().topic());
        TopicReplicas after = before.without(partition.name().partition());
        if (!after.isEmpty()) {
            publish(after);
            return;
        }
        byName.remove(before.topic());
        byId.remove(before.topicId());
    }

    List<Partition> all() {
        List<Partition> all = new ArrayList<>();
        byName.values().forEach(topic -> all.addAll(List.of(topic.present())));
        return all;
    }

    private void publish(TopicReplicas topic) {
        if (!topic.topicId().isZero()) {
            byId.put(topic.topicId(), topic);
        }
        byName.put(topic.topic(), topic);
    }
}
