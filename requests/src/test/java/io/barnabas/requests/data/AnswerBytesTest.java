package io.barnabas.requests.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.requests.Authorizer;
import io.barnabas.requests.Metrics;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.message.DeleteRecordsRequest;
import io.barnabas.wire.message.FetchResponse;
import io.barnabas.wire.message.ListOffsetsRequest;
import io.barnabas.wire.message.ListOffsetsResponse;
import io.barnabas.wire.message.OffsetForLeaderEpochRequest;
import io.barnabas.wire.message.ProduceResponse;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DeleteRecordsResponseData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers byte by byte, in every version: as Kafka's own classes write them, and by hand where those know no such version. */
class AnswerBytesTest {
    private static final String TOPIC = "orders";

    /** Topic {@code orders}, one partition, number 0: how versions before the compact formats begin. */
    private static final String ONE_TOPIC = "00000001" + "0006" + "6f7264657273" + "00000001";

    private static final String ONE_PARTITION = ONE_TOPIC + "00000000";

    @TempDir
    Path directory;

    private DataFixture broker;

    @BeforeEach
    void start() throws IOException {
        broker = new DataFixture(directory);
        broker.role(TOPIC, 0, 1, 2, new int[] {1}, new int[] {1});
    }

    @AfterEach
    void stop() {
        broker.close();
        assertThat(broker.faults.faults()).isEmpty();
    }

    @Test
    void produceInEveryVersionOfKafkasClasses() throws IOException {
        for (int version = 3; version <= 13; version++) {
            long offset = logEnd();
            ProduceResponse answer =
                    new Producing(broker, TOPIC, 0).version(version).answer(Batches.of("a"));
            assertThat(Bytes.of(answer, version))
                    .as("v%s", version)
                    .isEqualTo(Bytes.of(kafkas(version, offset), version));
        }
    }

    private static ProduceResponseData kafkas(int version, long offset) {
        ProduceResponseData.TopicProduceResponse topic = new ProduceResponseData.TopicProduceResponse()
                .setPartitionResponses(List.of(new ProduceResponseData.PartitionProduceResponse()
                        .setIndex(0)
                        .setBaseOffset(offset)
                        .setLogAppendTimeMs(-1)
                        .setLogStartOffset(0)));
        if (version >= 13) {
            topic.setTopicId(kafkasId());
        } else {
            topic.setName(TOPIC);
        }
        ProduceResponseData.TopicProduceResponseCollection topics =
                new ProduceResponseData.TopicProduceResponseCollection();
        topics.add(topic);
        return new ProduceResponseData().setResponses(topics);
    }

    @Test
    void produceInTheVersionsThatKafkaHasDropped() throws IOException {
        assertThat(produced(0)).isEqualTo(ONE_PARTITION + "0000" + "0000000000000000");
        assertThat(produced(1)).isEqualTo(ONE_PARTITION + "0000" + "0000000000000001" + "00000000");
        assertThat(produced(2))
                .isEqualTo(ONE_PARTITION + "0000" + "0000000000000002" + "ffffffffffffffff" + "00000000");
    }

    private String produced(int version) throws IOException {
        return Bytes.of(new Producing(broker, TOPIC, 0).version(version).answer(LegacyMessage.set(1, "a")), version);
    }

    @Test
    void fetchInEveryVersion() throws IOException {
        RecordsRef sent = Batches.of("a");
        String stored = stampedWith(sent, 0, 2);
        new Producing(broker, TOPIC, 0).item(sent);
        for (int version = 4; version <= 18; version++) {
            Fetching reader = new Fetching(broker, broker.fetchHandler(), version);
            FetchResponse answer =
                    reader.answer(Fetching.request().topics(List.of(reader.topic(TOPIC, Fetching.from(0, 0)))));
            assertThat(Bytes.of(answer, version))
                    .as("v%s", version)
                    .isEqualTo(Bytes.of(kafkas(version, records(stored)), version));
        }
    }

    private static FetchResponseData kafkas(int version, MemoryRecords records) {
        FetchResponseData.FetchableTopicResponse topic = new FetchResponseData.FetchableTopicResponse()
                .setPartitions(List.of(new FetchResponseData.PartitionData()
                        .setPartitionIndex(0)
                        .setHighWatermark(1)
                        .setLastStableOffset(1)
                        .setLogStartOffset(0)
                        .setAbortedTransactions(null)
                        .setRecords(records)));
        if (version >= 13) {
            topic.setTopicId(kafkasId());
        } else {
            topic.setTopic(TOPIC);
        }
        return new FetchResponseData().setResponses(List.of(topic));
    }

    @Test
    void fetchErrorsBringEmptyRecords() throws IOException {
        for (int version = 4; version <= 12; version++) {
            Fetching reader = new Fetching(broker, broker.fetchHandler(), version);
            FetchResponse answer =
                    reader.answer(Fetching.request().topics(List.of(reader.topic("nowhere", Fetching.from(0, 0)))));
            FetchResponseData expected = new FetchResponseData()
                    .setResponses(List.of(new FetchResponseData.FetchableTopicResponse()
                            .setTopic("nowhere")
                            .setPartitions(List.of(new FetchResponseData.PartitionData()
                                    .setPartitionIndex(0)
                                    .setErrorCode((short) 3)
                                    .setHighWatermark(-1)
                                    .setLastStableOffset(-1)
                                    .setLogStartOffset(-1)
                                    .setAbortedTransactions(List.of())
                                    .setRecords(MemoryRecords.EMPTY)))));
            assertThat(Bytes.of(answer, version)).as("v%s", version).isEqualTo(Bytes.of(expected, version));
        }
    }

    @Test
    void listOffsetsInEveryVersion() throws IOException {
        new Producing(broker, TOPIC, 0).item(Batches.of("a"));
        for (int version = 1; version <= 11; version++) {
            ListOffsetsResponseData expected = new ListOffsetsResponseData()
                    .setTopics(List.of(new ListOffsetsResponseData.ListOffsetsTopicResponse()
                            .setName(TOPIC)
                            .setPartitions(List.of(new ListOffsetsResponseData.ListOffsetsPartitionResponse()
                                    .setPartitionIndex(0)
                                    .setTimestamp(-1)
                                    .setOffset(1)
                                    .setLeaderEpoch(version >= 4 ? 2 : -1)))));
            assertThat(Bytes.of(latest(version), version)).as("v%s", version).isEqualTo(Bytes.of(expected, version));
        }
        assertThat(Bytes.of(latest(0), 0))
                .isEqualTo(ONE_PARTITION + "0000" + "00000002" + "0000000000000001" + "0000000000000000");
    }

    private ListOffsetsResponse latest(int version) {
        PartitionLookup lookup = broker.lookup();
        ListOffsetsHandler handler = new ListOffsetsHandler(
                new OffsetQuery(lookup),
                new OldStyleOffsetQuery(lookup, broker.time),
                Authorizer.allowAll(),
                Metrics.none(),
                Runnable::run);
        ListOffsetsRequest request = new ListOffsetsRequest()
                .replicaId(-1)
                .topics(List.of(new ListOffsetsRequest.ListOffsetsTopic()
                        .name(TOPIC)
                        .partitions(List.of(new ListOffsetsRequest.ListOffsetsPartition()
                                .timestamp(-1)
                                .maxNumOffsets(10)))));
        return handler.handle(broker.context(ApiKey.LIST_OFFSETS, version), request)
                .toCompletableFuture()
                .join();
    }

    @Test
    void offsetForLeaderEpochInEveryVersion() throws IOException {
        new Producing(broker, TOPIC, 0).item(Batches.of("a"));
        OffsetForLeaderEpochHandler handler =
                new OffsetForLeaderEpochHandler(broker.lookup(), Authorizer.allowAll(), Metrics.none());
        OffsetForLeaderEpochRequest request = new OffsetForLeaderEpochRequest()
                .topics(List.of(new OffsetForLeaderEpochRequest.OffsetForLeaderTopic()
                        .topic(TOPIC)
                        .partitions(
                                List.of(new OffsetForLeaderEpochRequest.OffsetForLeaderPartition().leaderEpoch(2)))));
        OffsetForLeaderEpochResponseData.OffsetForLeaderTopicResultCollection topics =
                new OffsetForLeaderEpochResponseData.OffsetForLeaderTopicResultCollection();
        topics.add(new OffsetForLeaderEpochResponseData.OffsetForLeaderTopicResult()
                .setTopic(TOPIC)
                .setPartitions(List.of(new OffsetForLeaderEpochResponseData.EpochEndOffset()
                        .setPartition(0)
                        .setLeaderEpoch(2)
                        .setEndOffset(1))));
        for (int version = 2; version <= 4; version++) {
            var context = broker.context(ApiKey.OFFSET_FOR_LEADER_EPOCH, version);
            assertThat(Bytes.of(handler.handle(context, request), version))
                    .as("v%s", version)
                    .isEqualTo(Bytes.of(new OffsetForLeaderEpochResponseData().setTopics(topics), version));
        }
        var oldest = handler.handle(broker.context(ApiKey.OFFSET_FOR_LEADER_EPOCH, 0), request);
        assertThat(Bytes.of(oldest, 0)).isEqualTo(ONE_TOPIC + "0000" + "00000000" + "0000000000000001");
        assertThat(Bytes.of(oldest, 1)).isEqualTo(ONE_TOPIC + "0000" + "00000000" + "00000002" + "0000000000000001");
    }

    @Test
    void deleteRecordsInEveryVersion() throws IOException {
        new Producing(broker, TOPIC, 0).item(Batches.of("a"));
        DeleteRecordsHandler handler =
                new DeleteRecordsHandler(broker.lookup(), Authorizer.allowAll(), Metrics.none(), broker.time);
        DeleteRecordsRequest request = new DeleteRecordsRequest()
                .topics(List.of(new DeleteRecordsRequest.DeleteRecordsTopic()
                        .name(TOPIC)
                        .partitions(List.of(new DeleteRecordsRequest.DeleteRecordsPartition().offset(1)))));
        DeleteRecordsResponseData.DeleteRecordsPartitionResultCollection partitions =
                new DeleteRecordsResponseData.DeleteRecordsPartitionResultCollection();
        partitions.add(new DeleteRecordsResponseData.DeleteRecordsPartitionResult().setLowWatermark(1));
        DeleteRecordsResponseData.DeleteRecordsTopicResultCollection topics =
                new DeleteRecordsResponseData.DeleteRecordsTopicResultCollection();
        topics.add(new DeleteRecordsResponseData.DeleteRecordsTopicResult()
                .setName(TOPIC)
                .setPartitions(partitions));
        for (int version = 0; version <= 2; version++) {
            var answer = handler.handle(broker.context(ApiKey.DELETE_RECORDS, version), request);
            assertThat(Bytes.of(answer.toCompletableFuture().join(), version))
                    .as("v%s", version)
                    .isEqualTo(Bytes.of(new DeleteRecordsResponseData().setTopics(topics), version));
        }
    }

    private long logEnd() {
        return broker.replicas.topic(TOPIC).partition(0).log().logEndOffset();
    }

    /** The batch as the log must hold it. */
    private static String stampedWith(RecordsRef sent, long baseOffset, int leaderEpoch) {
        ByteBuf copy = ((RecordsRef.Buffer) sent).bytes().copy();
        BatchHeader.stamp(copy, 0, baseOffset, leaderEpoch);
        return ByteBufUtil.hexDump(copy);
    }

    private static MemoryRecords records(String hex) {
        return MemoryRecords.readableRecords(ByteBuffer.wrap(ByteBufUtil.decodeHexDump(hex)));
    }

    private static Uuid kafkasId() {
        io.barnabas.wire.Uuid id = DataFixture.topicId(TOPIC);
        return new Uuid(id.mostSignificantBits(), id.leastSignificantBits());
    }
}
