package io.barnabas.requests.metadata;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.cluster.topics.NewTopic;
import io.barnabas.cluster.topics.TopicCommands;
import io.barnabas.cluster.topics.TopicOutcome;
import io.barnabas.config.BrokerConfig;
import io.barnabas.requests.group.InternalTopicCreation;
import io.barnabas.wire.ErrorCode;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Topics that come into being because somebody uses them. Any thread; never blocks. */
public final class FirstUse implements InternalTopicCreation {
    private static final Logger LOG = LoggerFactory.getLogger(FirstUse.class);
    /** A client that waits this long rather than come again sees no error at all in most cases. */
    private static final int PATIENCE_MS = 1_000;

    private final TopicCommands commands;
    private final MetadataCache metadata;
    private final Supplier<BrokerConfig> config;

    /** @param config as it counts now */
    public FirstUse(TopicCommands commands, MetadataCache metadata, Supplier<BrokerConfig> config) {
        this.commands = commands;
        this.metadata = metadata;
        this.config = config;
    }

    /**
     * Makes the topic and waits a moment for its leaders. Answers with what is to be said of it as long as metadata
     * does not show it: LEADER_NOT_AVAILABLE, which makes clients come again, or why it cannot be made.
     */
    CompletionStage<ErrorCode> make(String topic) {
        return make(InternalTopics.atFirstUse(topic, config.get(), liveBrokers()));
    }

    @Override
    public void create(InternalTopic topic) {
        int factor = topic.replicationFactor() == UNSET
                ? InternalTopics.unsetFactor(liveBrokers())
                : topic.replicationFactor();
        make(new NewTopic(topic.name(), topic.partitions(), factor, Map.of(), topic.configs()));
    }

    /** As {@link #create(InternalTopic)}, the way its settings say. */
    public void create(String internalTopic) {
        make(internalTopic);
    }

    private CompletionStage<ErrorCode> make(NewTopic topic) {
        return commands.createAtFirstUse(topic, PATIENCE_MS).handle((outcome, failure) -> {
            if (failure != null) {
                LOG.warn("Topic {} could not be made at its first use: {}", topic.name(), failure.toString());
                return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
            }
            return errorOf(outcome);
        });
    }

    private static ErrorCode errorOf(TopicOutcome outcome) {
        return switch (outcome.error()) {
            case NONE, TOPIC_ALREADY_EXISTS, REQUEST_TIMED_OUT -> ErrorCode.LEADER_NOT_AVAILABLE;
            default -> {
                LOG.info("Topic {} cannot be made at its first use: {}", outcome.topic(), outcome.message());
                yield outcome.error();
            }
        };
    }

    private int liveBrokers() {
        return metadata.current().brokers().size();
    }
}
