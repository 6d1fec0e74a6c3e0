package io.barnabas.replication;

import io.barnabas.wire.Uuid;
import java.util.Arrays;

/**
 * The replicas of one topic that this broker holds. Immutable; a change brings a new one.
 */
public final class TopicReplicas {
    private final String topic;
    private final Uuid topicId;
    private final Partition[] byIndex;

    private TopicReplicas(String topic, Uuid topicId, Partition[] byIndex) {
        this.topic = topic;
        this.topicId = topicId;
        this.byIndex = byIndex;
    }

    static TopicReplicas none(String topic) {
        return new TopicReplicas(topic, Uuid.ZERO, new Partition[0]);
    }

    public String topic() {
        return topic;
    }

    /** {@link Uuid#ZERO} when the topic has none. */
    public Uuid topicId() {
        return topicId;
    }

    /** Null when this broker has no replica of it. */
    public Partition partition(int index) {
        return index >= 0 && index < byIndex.length ? byIndex[index] : null;
    }

    TopicReplicas with(Partition partition) {
        int index = partition.name().partition();
        Partition[] more = Arrays.copyOf(byIndex, Math.max(byIndex.length, index + 1));
        more[index] = partition;
        return new TopicReplicas(topic, partition.topicId().isZero() ? topicId : partition.topicId(), more);
    }

    TopicReplicas without(int index) {
        Partition[] fewer = byIndex.clone();
        fewer[index] = null;
        return new TopicReplicas(topic, topicId, fewer);
    }

    boolean isEmpty() {
        for (Partition partition : byIndex) {
            if (partition != null) {
                return false;
            }
        }
        return true;
    }

    /** Those that exist, by index. */
    Partition[] present() {
        return Arrays.stream(byIndex).filter(partition -> partition != null).toArray(Partition[]::new);
    }
}
