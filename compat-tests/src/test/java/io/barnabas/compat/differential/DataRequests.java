package io.barnabas.compat.differential;

import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.DeleteRecordsRequest;
import io.barnabas.wire.message.DeleteRecordsRequest.DeleteRecordsPartition;
import io.barnabas.wire.message.DeleteRecordsRequest.DeleteRecordsTopic;
import io.barnabas.wire.message.FetchRequest;
import io.barnabas.wire.message.FetchRequest.FetchPartition;
import io.barnabas.wire.message.FetchRequest.FetchTopic;
import io.barnabas.wire.message.ListOffsetsRequest;
import io.barnabas.wire.message.ListOffsetsRequest.ListOffsetsPartition;
import io.barnabas.wire.message.ListOffsetsRequest.ListOffsetsTopic;
import io.barnabas.wire.message.OffsetForLeaderEpochRequest;
import io.barnabas.wire.message.OffsetForLeaderEpochRequest.OffsetForLeaderPartition;
import io.barnabas.wire.message.OffsetForLeaderEpochRequest.OffsetForLeaderTopic;
import io.barnabas.wire.message.ProduceRequest;
import io.barnabas.wire.message.ProduceRequest.PartitionProduceData;
import io.barnabas.wire.message.ProduceRequest.TopicProduceData;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Requests about records as scenarios need them; most are about one partition. */
final class DataRequests {
    private static final int WHOLE = 1_000_000;

    private DataRequests() {}

    static ProduceRequest produce(String topic, int partition, ByteBuf records) {
        return new ProduceRequest()
                .acks((short) -1)
                .timeoutMs(5_000)
                .topicData(list(new TopicProduceData()
                        .name(topic)
                        .partitionData(
                                list(new PartitionProduceData().index(partition).records(RecordSets.ref(records))))));
    }

    /** Names the topic as the version does; waits for nothing. */
    static FetchRequest fetch(String topic, Uuid id, FetchPartition... partitions) {
        return new FetchRequest()
                .maxBytes(WHOLE)
                .minBytes(0)
                .topics(list(new FetchTopic().topic(topic).topicId(id).partitions(list(partitions))));
    }

    static FetchPartition from(int partition, long offset) {
        return new FetchPartition().partition(partition).fetchOffset(offset).partitionMaxBytes(WHOLE);
    }

    static ListOffsetsRequest listOffsets(String topic, int partition, long... timestamps) {
        return new ListOffsetsRequest()
                .topics(list(new ListOffsetsTopic()
                        .name(topic)
                        .partitions(new ArrayList<>(Arrays.stream(timestamps)
                                .mapToObj(time -> new ListOffsetsPartition()
                                        .partitionIndex(partition)
                                        .timestamp(time)
                                        .maxNumOffsets(10))
                                .toList()))));
    }

    static DeleteRecordsRequest deleteRecords(String topic, int partition, long offset) {
        return new DeleteRecordsRequest()
                .timeoutMs(5_000)
                .topics(list(new DeleteRecordsTopic()
                        .name(topic)
                        .partitions(list(new DeleteRecordsPartition()
                                .partitionIndex(partition)
                                .offset(offset)))));
    }

    static OffsetForLeaderEpochRequest endOf(String topic, int partition, int currentEpoch, int epoch) {
        return new OffsetForLeaderEpochRequest()
                .topics(list(new OffsetForLeaderTopic()
                        .topic(topic)
                        .partitions(list(new OffsetForLeaderPartition()
                                .partition(partition)
                                .currentLeaderEpoch(currentEpoch)
                                .leaderEpoch(epoch)))));
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    static <T> List<T> list(T... elements) {
        return new ArrayList<>(Arrays.asList(elements));
    }
}
