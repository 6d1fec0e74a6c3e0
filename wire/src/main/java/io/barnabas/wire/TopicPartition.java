package io.barnabas.wire;

/** Names a partition of a topic. */
public record TopicPartition(String topic, int partition) implements Comparable<TopicPartition> {

    @Override
    public int compareTo(TopicPartition other) {
        int byTopic = topic.compareTo(other.topic);
        return byTopic != 0 ? byTopic : Integer.compare(partition, other.partition);
    }

    /** As Kafka names it, and its directory: {@code topic-partition}. */
    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
