package io.barnabas.requests.group;

import io.barnabas.group.FetchAnswer.FetchedOffset;
import io.barnabas.requests.RequestContext;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.barnabas.wire.message.OffsetFetchResponse.OffsetFetchResponsePartitions;
import io.barnabas.wire.message.OffsetFetchResponse.OffsetFetchResponseTopics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The topics of one group in an OffsetFetch: what is asked of the group, and the answer made of it. */
final class FetchedTopics {
    private static final int IDS_FROM = 10;

    private final boolean byId;
    private final TopicNames topics;
    private final Predicate<String> mayDescribe;
    private final List<TopicPartition> asked = new ArrayList<>();
    private final List<OffsetFetchResponseTopics> answer = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();

    FetchedTopics(RequestContext context, TopicNames topics, Predicate<String> mayDescribe) {
        this.byId = context.apiVersion() >= IDS_FROM;
        this.topics = topics;
        this.mayDescribe = mayDescribe;
    }

    void ask(OffsetFetchRequestTopics topic) {
        String name = byId ? topics.nameOf("", topic.topicId()) : topic.name();
        ErrorCode error = check(name);
        List<OffsetFetchResponsePartitions> partitions = new ArrayList<>();
        for (int number : topic.partitionIndexes()) {
            OffsetFetchResponsePartitions entry = new OffsetFetchResponsePartitions().partitionIndex(number);
            partitions.add(fill(entry, FetchedOffset.none(error)));
            if (error == ErrorCode.NONE) {
                TopicPartition partition = new TopicPartition(name, number);
                asked.add(partition);
                slots.add(new Slot(partition, entry));
            }
        }
        if (byId || !partitions.isEmpty()) {
            answer.add(new OffsetFetchResponseTopics()
                    .name(topic.name())
                    .topicId(topic.topicId())
                    .partitions(partitions));
        }
    }

    /** What the group is to be asked for. */
    List<TopicPartition> asked() {
        return asked;
    }

    /** The topics as they were asked for. */
    List<OffsetFetchResponseTopics> complete(Map<TopicPartition, FetchedOffset> offsets) {
        slots.forEach(slot -> fill(slot.entry, offsets.get(slot.partition)));
        return answer;
    }

    /** All topics that the caller may know of; without an id a topic cannot be named where ids are. */
    List<OffsetFetchResponseTopics> all(Map<TopicPartition, FetchedOffset> offsets) {
        Map<String, List<OffsetFetchResponsePartitions>> byTopic = new LinkedHashMap<>();
        offsets.forEach((partition, offset) -> {
            if (mayDescribe.test(partition.topic())) {
                byTopic.computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
                        .add(fill(new OffsetFetchResponsePartitions().partitionIndex(partition.partition()), offset));
            }
        });
        List<OffsetFetchResponseTopics> all = new ArrayList<>();
        byTopic.forEach((name, partitions) -> {
            Uuid id = byId ? topics.idOf(name) : Uuid.ZERO;
            if (!byId || !id.isZero()) {
                all.add(new OffsetFetchResponseTopics().name(name).topicId(id).partitions(partitions));
            }
        });
        return all;
    }

    private ErrorCode check(String name) {
        if (name == null || byId && name.isEmpty()) {
            return ErrorCode.UNKNOWN_TOPIC_ID;
        }
        return mayDescribe.test(name) ? ErrorCode.NONE : ErrorCode.TOPIC_AUTHORIZATION_FAILED;
    }

    private static OffsetFetchResponsePartitions fill(OffsetFetchResponsePartitions entry, FetchedOffset offset) {
        return entry.committedOffset(offset.offset())
                .committedLeaderEpoch(offset.leaderEpoch())
                .metadata(offset.metadata())
                .errorCode(offset.error().code());
    }

    private record Slot(TopicPartition partition, OffsetFetchResponsePartitions entry) {}
}
