package io.barnabas.requests;

import io.barnabas.requests.Refusals.Refusal;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.message.DeleteRecordsRequest;
import io.barnabas.wire.message.DeleteRecordsResponse;
import io.barnabas.wire.message.FetchRequest;
import io.barnabas.wire.message.FetchResponse;
import io.barnabas.wire.message.ListOffsetsRequest;
import io.barnabas.wire.message.ListOffsetsResponse;
import io.barnabas.wire.message.OffsetForLeaderEpochRequest;
import io.barnabas.wire.message.OffsetForLeaderEpochResponse;
import io.barnabas.wire.message.ProduceRequest;
import io.barnabas.wire.message.ProduceResponse;
import java.util.List;
import java.util.function.Function;

/** Refusals of the APIs about records: each partition that was asked for gets the error. */
final class RecordRefusals {
    private static final int FETCH_NAMES_ERROR_ONCE_FROM = 7;

    private RecordRefusals() {}

    static ApiMessage answer(ApiMessage request, Refusal refusal) {
        return switch (request.apiKey()) {
            case PRODUCE -> produce((ProduceRequest) request, refusal);
            case FETCH -> fetch((FetchRequest) request, refusal);
            case LIST_OFFSETS -> listOffsets((ListOffsetsRequest) request, refusal);
            case DELETE_RECORDS -> deleteRecords((DeleteRecordsRequest) request, refusal);
            case OFFSET_FOR_LEADER_EPOCH -> offsetForLeaderEpoch((OffsetForLeaderEpochRequest) request, refusal);
            default -> null;
        };
    }

    /** Null for {@code acks=0}, whose client reads no answer: only a closed connection tells it. */
    private static ProduceResponse produce(ProduceRequest request, Refusal refusal) {
        if (request.acks() == 0) {
            return null;
        }
        return new ProduceResponse()
                .responses(each(
                        request.topicData(),
                        topic -> new ProduceResponse.TopicProduceResponse()
                                .name(topic.name())
                                .topicId(topic.topicId())
                                .partitionResponses(each(
                                        topic.partitionData(),
                                        partition -> new ProduceResponse.PartitionProduceResponse()
                                                .index(partition.index())
                                                .errorCode(refusal.error())
                                                .errorMessage(refusal.detail())
                                                .baseOffset(-1)))));
    }

    private static FetchResponse fetch(FetchRequest request, Refusal refusal) {
        if (refusal.version() >= FETCH_NAMES_ERROR_ONCE_FROM) {
            return new FetchResponse().errorCode(refusal.error());
        }
        return new FetchResponse()
                .responses(each(
                        request.topics(),
                        topic -> new FetchResponse.FetchableTopicResponse()
                                .topic(topic.topic())
                                .partitions(each(
                                        topic.partitions(),
                                        partition -> new FetchResponse.PartitionData()
                                                .partitionIndex(partition.partition())
                                                .errorCode(refusal.error())
                                                .highWatermark(-1)
                                                .records(RecordsRef.empty())))));
    }

    private static ListOffsetsResponse listOffsets(ListOffsetsRequest request, Refusal refusal) {
        return new ListOffsetsResponse()
                .topics(each(
                        request.topics(),
                        topic -> new ListOffsetsResponse.ListOffsetsTopicResponse()
                                .name(topic.name())
                                .partitions(each(
                                        topic.partitions(),
                                        partition -> new ListOffsetsResponse.ListOffsetsPartitionResponse()
                                                .partitionIndex(partition.partitionIndex())
                                                .errorCode(refusal.error())))));
    }

    private static DeleteRecordsResponse deleteRecords(DeleteRecordsRequest request, Refusal refusal) {
        return new DeleteRecordsResponse()
                .topics(each(
                        request.topics(),
                        topic -> new DeleteRecordsResponse.DeleteRecordsTopicResult()
                                .name(topic.name())
                                .partitions(each(
                                        topic.partitions(),
                                        partition -> new DeleteRecordsResponse.DeleteRecordsPartitionResult()
                                                .partitionIndex(partition.partitionIndex())
                                                .lowWatermark(-1)
                                                .errorCode(refusal.error())))));
    }

    private static OffsetForLeaderEpochResponse offsetForLeaderEpoch(
            OffsetForLeaderEpochRequest request, Refusal refusal) {
        return new OffsetForLeaderEpochResponse()
                .topics(each(
                        request.topics(),
                        topic -> new OffsetForLeaderEpochResponse.OffsetForLeaderTopicResult()
                                .topic(topic.topic())
                                .partitions(each(
                                        topic.partitions(),
                                        partition -> new OffsetForLeaderEpochResponse.EpochEndOffset()
                                                .partition(partition.partition())
                                                .errorCode(refusal.error())))));
    }

    static <A, B> List<B> each(List<A> asked, Function<A, B> refused) {
        return asked == null ? List.of() : asked.stream().map(refused).toList();
    }
}
