package io.barnabas.compat.differential;

import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.OffsetCommitRequest;
import io.barnabas.wire.message.OffsetFetchRequest;
import io.barnabas.wire.message.ProduceRequest;
import java.util.HashMap;
import java.util.Map;

/** The ids of the topics that a scenario made, for versions which name topics by id: scenarios name them. One thread. */
final class TopicIds {
    /** For topics that nobody made. */
    private static final Uuid NOBODY = new Uuid(5, 6);

    private final Map<String, Uuid> ids = new HashMap<>();

    void add(String topic, Uuid id) {
        ids.put(topic, id);
    }

    /** Fills in ids that are missing. */
    void fill(ApiMessage request) {
        if (request instanceof ProduceRequest produce) {
            produce.topicData().stream()
                    .filter(topic -> topic.topicId().isZero())
                    .forEach(topic -> topic.topicId(of(topic.name())));
        } else if (request instanceof OffsetCommitRequest commit) {
            commit.topics().stream()
                    .filter(topic -> topic.topicId().isZero())
                    .forEach(topic -> topic.topicId(of(topic.name())));
        } else if (request instanceof OffsetFetchRequest fetch) {
            fetch.groups().stream()
                    .filter(group -> group.topics() != null)
                    .flatMap(group -> group.topics().stream())
                    .filter(topic -> topic.topicId().isZero())
                    .forEach(topic -> topic.topicId(of(topic.name())));
        }
    }

    private Uuid of(String topic) {
        return ids.getOrDefault(topic, NOBODY);
    }
}
