package io.barnabas.requests.data;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.cluster.MetadataImage;
import io.barnabas.cluster.PartitionImage;
import io.barnabas.cluster.TopicImage;
import io.barnabas.replication.Partition;
import io.barnabas.replication.Replicas;
import io.barnabas.replication.TopicReplicas;
import io.barnabas.wire.ErrorCode;

/** Finds the partitions that requests name, and says why where there is none. Any thread may call; takes no lock. */
final class PartitionLookup {
    private final Replicas replicas;
    private final MetadataCache metadata;

    PartitionLookup(Replicas replicas, MetadataCache metadata) {
        this.replicas = replicas;
        this.metadata = metadata;
    }

    /** Null when this broker has no replica of it. */
    Partition find(PartitionRef name) {
        TopicReplicas topic = name.isByName() ? replicas.topic(name.topic()) : replicas.topic(name.topicId());
        return topic == null ? null : topic.partition(name.partition());
    }

    /** The topic's name; null when nobody knows a topic of that id. */
    String topicOf(PartitionRef name) {
        if (name.isByName()) {
            return name.topic();
        }
        TopicReplicas here = replicas.topic(name.topicId());
        if (here != null) {
            return here.topic();
        }
        TopicImage topic = metadata.current().topic(name.topicId());
        return topic == null ? null : topic.name();
    }

    /** What to answer for a partition that {@link #find} does not find. */
    ErrorCode whyAbsent(PartitionRef name) {
        TopicImage topic = imageOf(name, metadata.current());
        if (topic == null) {
            return name.isByName() ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : ErrorCode.UNKNOWN_TOPIC_ID;
        }
        return topic.partition(name.partition()) == null
                ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                : ErrorCode.NOT_LEADER_OR_FOLLOWER;
    }

    /** What the controller last told about it; null when nothing. */
    PartitionImage imageOf(PartitionRef name) {
        TopicImage topic = imageOf(name, metadata.current());
        return topic == null ? null : topic.partition(name.partition());
    }

    private static TopicImage imageOf(PartitionRef name, MetadataImage image) {
        return name.isByName() ? image.topic(name.topic()) : image.topic(name.topicId());
    }
}
