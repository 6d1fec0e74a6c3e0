package io.barnabas.requests.group;

import io.barnabas.cluster.consumers.ConsumerOffsets;
import io.barnabas.cluster.store.Answer;
import io.barnabas.cluster.store.AnswerCode;
import io.barnabas.group.CommittedOffset;
import io.barnabas.group.FetchAnswer;
import io.barnabas.group.FetchAnswer.FetchedOffset;
import io.barnabas.runtime.Stages;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The offsets that version 0 of OffsetCommit and OffsetFetch means: those in ZooKeeper, without coordinator, members or
 * metadata. Any broker answers. Any thread.
 */
final class OldOffsets {
    private final ConsumerOffsets offsets;
    private final TopicNames topics;
    private final int maxMetadataChars;

    OldOffsets(ConsumerOffsets offsets, TopicNames topics, int maxMetadataChars) {
        this.offsets = offsets;
        this.topics = topics;
        this.maxMetadataChars = maxMetadataChars;
    }

    CompletionStage<Map<TopicPartition, ErrorCode>> commit(
            String groupId, Map<TopicPartition, CommittedOffset> committed) {
        List<TopicPartition> partitions = new ArrayList<>(committed.keySet());
        List<CompletionStage<ErrorCode>> written = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            written.add(commit(groupId, partition, committed.get(partition)));
        }
        return Stages.all(written).thenApply(codes -> together(partitions, codes));
    }

    CompletionStage<FetchAnswer> fetch(String groupId, List<TopicPartition> partitions) {
        List<CompletionStage<FetchedOffset>> read = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            read.add(fetch(groupId, partition));
        }
        return Stages.all(read).thenApply(found -> new FetchAnswer(ErrorCode.NONE, together(partitions, found)));
    }

    private CompletionStage<ErrorCode> commit(String groupId, TopicPartition partition, CommittedOffset offset) {
        if (!ConsumerOffsets.isGroup(groupId)) {
            return CompletableFuture.completedStage(ErrorCode.INVALID_GROUP_ID);
        }
        if (offset.metadata().length() > maxMetadataChars) {
            return CompletableFuture.completedStage(ErrorCode.OFFSET_METADATA_TOO_LARGE);
        }
        return offsets.commit(groupId, partition, offset.offset()).thenApply(OldOffsets::errorOf);
    }

    private CompletionStage<FetchedOffset> fetch(String groupId, TopicPartition partition) {
        ErrorCode unknown = topics.check(partition);
        if (unknown != ErrorCode.NONE || !ConsumerOffsets.isGroup(groupId)) {
            return CompletableFuture.completedStage(FetchedOffset.none(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
        }
        return offsets.committed(groupId, partition).thenApply(OldOffsets::fetched);
    }

    /** No offset at all is told as an unknown partition. */
    private static FetchedOffset fetched(Answer<Long> found) {
        return found.isOk()
                ? new FetchedOffset(found.value(), CommittedOffset.NO_EPOCH, "", ErrorCode.NONE)
                : FetchedOffset.none(errorOf(found.code()));
    }

    private static ErrorCode errorOf(AnswerCode code) {
        return switch (code) {
            case OK -> ErrorCode.NONE;
            case NO_NODE -> ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
            case NODE_EXISTS, BAD_VERSION, NOT_EMPTY, UNKNOWN, SESSION_LOST, REFUSED -> ErrorCode.UNKNOWN_SERVER_ERROR;
        };
    }

    private static <T> Map<TopicPartition, T> together(List<TopicPartition> partitions, List<T> values) {
        Map<TopicPartition, T> all = new HashMap<>();
        for (int i = 0; i < partitions.size(); i++) {
            all.put(partitions.get(i), values.get(i));
        }
        return all;
    }
}
