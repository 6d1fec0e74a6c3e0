package io.barnabas.requests.group;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.cluster.TopicImage;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;

/** Topics of requests that name them by name or, in newer versions, by id. Any thread; asks the newest metadata. */
final class TopicNames {
    private final MetadataCache metadata;

    TopicNames(MetadataCache metadata) {
        this.metadata = metadata;
    }

    /** The topic's name if the request did not say it; null when no topic has that id. */
    String nameOf(String name, Uuid id) {
        if (id.isZero()) {
            return name;
        }
        TopicImage topic = metadata.current().topic(id);
        return topic == null ? null : topic.name();
    }

    /** {@link Uuid#ZERO} when there is no such topic, or it has no id. */
    Uuid idOf(String name) {
        return metadata.current().topicId(name);
    }

    /** NONE when there is such a partition. */
    ErrorCode check(TopicPartition partition) {
        return metadata.current().partition(partition) == null ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : ErrorCode.NONE;
    }
}
