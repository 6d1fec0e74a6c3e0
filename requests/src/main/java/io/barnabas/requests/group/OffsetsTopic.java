package io.barnabas.requests.group;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.cluster.TopicImage;
import io.barnabas.config.BrokerConfig;
import io.barnabas.config.BrokerKeys;
import io.barnabas.group.GroupCoordinator;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * The topic that groups live in: how many partitions it has, and how it is made at first use. Any thread.
 */
public final class OffsetsTopic implements IntSupplier {
    private final MetadataCache metadata;
    private final BrokerConfig config;
    private final InternalTopicCreation creation;

    public OffsetsTopic(MetadataCache metadata, BrokerConfig config, InternalTopicCreation creation) {
        this.metadata = metadata;
        this.config = config;
        this.creation = creation;
    }

    /** As it is, or else as it will be made. */
    @Override
    public int getAsInt() {
        TopicImage topic = metadata.current().topic(GroupCoordinator.TOPIC);
        return topic == null || topic.partitions().isEmpty()
                ? config.get(BrokerKeys.OFFSETS_TOPIC_NUM_PARTITIONS)
                : topic.partitions().lastKey() + 1;
    }

    /** Has the topic made; returns at once. */
    void create() {
        creation.create(new InternalTopicCreation.InternalTopic(
                GroupCoordinator.TOPIC,
                config.get(BrokerKeys.OFFSETS_TOPIC_NUM_PARTITIONS),
                config.isSet(BrokerKeys.OFFSETS_TOPIC_REPLICATION_FACTOR)
                        ? config.get(BrokerKeys.OFFSETS_TOPIC_REPLICATION_FACTOR)
                        : InternalTopicCreation.UNSET,
                Map.of(
                        "cleanup.policy",
                        "compact",
                        "segment.bytes",
                        Integer.toString(config.get(BrokerKeys.OFFSETS_TOPIC_SEGMENT_BYTES)),
                        "compression.type",
                        "producer")));
    }
}
