package io.barnabas.broker.cli;

import io.barnabas.runtime.Clock;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.message.CreateTopicsRequest;
import io.barnabas.wire.message.CreateTopicsRequest.CreatableTopic;
import io.barnabas.wire.message.CreateTopicsRequest.CreatableTopicConfig;
import io.barnabas.wire.message.DeleteTopicsRequest;
import io.barnabas.wire.message.FetchRequest;
import io.barnabas.wire.message.FetchRequest.FetchPartition;
import io.barnabas.wire.message.FetchRequest.FetchTopic;
import io.barnabas.wire.message.FetchResponse;
import io.barnabas.wire.message.FindCoordinatorRequest;
import io.barnabas.wire.message.InitProducerIdRequest;
import io.barnabas.wire.message.InitProducerIdResponse;
import io.barnabas.wire.message.ListOffsetsRequest;
import io.barnabas.wire.message.ListOffsetsRequest.ListOffsetsPartition;
import io.barnabas.wire.message.ListOffsetsRequest.ListOffsetsTopic;
import io.barnabas.wire.message.MetadataRequest;
import io.barnabas.wire.message.MetadataRequest.MetadataRequestTopic;
import io.barnabas.wire.message.OffsetCommitRequest;
import io.barnabas.wire.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.barnabas.wire.message.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.barnabas.wire.message.ProduceRequest;
import io.barnabas.wire.message.ProduceRequest.PartitionProduceData;
import io.barnabas.wire.message.ProduceRequest.TopicProduceData;
import io.barnabas.wire.message.ProduceResponse;
import io.barnabas.wire.record.RecordBatchBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * What a broker is asked for while Java learns which classes and methods its archive should hold: topics, records in and
 * out, offsets of a group. The answers do not matter; one that is refused is asked for again. Runs on the main thread.
 */
public final class Rehearsal {
    private static final int REFUSED = 1;
    private static final int TIMEOUT_MS = 10_000;
    private static final long LENGTH_MS = 2_000;
    private static final int TOPICS = 200;
    private static final int RECORD_BYTES = 1_024;
    private static final int RECORDS_OF_A_LARGE_BATCH = 60;
    private static final int PRODUCE_VERSION = 9;
    private static final int FETCH_VERSION = 12;
    private static final int METADATA_VERSION = 12;
    private static final String GROUP = "rehearsal";

    private final ToolConnection broker;
    private final Clock clock;
    private long producerId = -1;
    private int sequence;
    private long fetchedTo;
    private int written;
    private int fetched;

    private Rehearsal(ToolConnection broker, Clock clock) {
        this.broker = broker;
        this.clock = clock;
    }

    /** @param arguments host and port of a broker that has no data */
    public static int execute(String[] arguments) {
        return execute(arguments, Clock.system(), System.out, System.err);
    }

    static int execute(String[] arguments, Clock clock, PrintStream out, PrintStream err) {
        InetSocketAddress address = arguments.length == 1 ? ToolConnection.address(arguments[0]) : null;
        if (address == null) {
            err.println("USAGE: java [options] io.barnabas.broker.RehearsalMain host:port");
            return REFUSED;
        }
        try (ToolConnection broker = new ToolConnection(address.getHostString(), address.getPort(), TIMEOUT_MS)) {
            Rehearsal rehearsal = new Rehearsal(broker, clock);
            rehearsal.play();
            out.println("Rehearsed: batches written: " + rehearsal.written + " fetched: " + rehearsal.fetched);
            return 0;
        } catch (IOException failure) {
            err.println("No rehearsal: " + failure.getMessage());
            return REFUSED;
        }
    }

    private void play() throws IOException {
        List<String> topics = new ArrayList<>();
        for (int i = 0; i < TOPICS; i++) {
            topics.add("rehearsal-" + i);
            create(topics.get(i));
            metadata(topics.get(i));
            latestOffset(topics.get(i));
        }
        long endMs = clock.nowMs() + LENGTH_MS;
        for (int turn = 0; clock.nowMs() < endMs; turn++) {
            produce(topics.get(0), 1, false);
            produce(topics.get(1), RECORDS_OF_A_LARGE_BATCH, true);
            fetch(topics.get(1));
            if (turn % 10 == 0) {
                lookAround(topics.get(1));
            }
        }
        broker.ask(new DeleteTopicsRequest().timeoutMs(TIMEOUT_MS).topicNames(topics), 5);
    }

    private void create(String topic) throws IOException {
        CreatableTopicConfig setting =
                new CreatableTopicConfig().name("retention.ms").value("3600000");
        CreatableTopic wanted = new CreatableTopic()
                .name(topic)
                .numPartitions(1)
                .replicationFactor((short) 1)
                .configs(List.of(setting));
        broker.ask(new CreateTopicsRequest().timeoutMs(TIMEOUT_MS).topics(List.of(wanted)), 7);
    }

    private void produce(String topic, int records, boolean isIdempotent) throws IOException {
        if (isIdempotent && producerId < 0) {
            InitProducerIdResponse answer = (InitProducerIdResponse)
                    broker.ask(new InitProducerIdRequest().transactionalId(null).transactionTimeoutMs(TIMEOUT_MS), 4);
            if (answer.errorCode() != ErrorCode.NONE.code()) {
                return;
            }
            producerId = answer.producerId();
        }
        ByteBuf batch = batch(records, isIdempotent);
        PartitionProduceData data = new PartitionProduceData().index(0).records(new RecordsRef.Buffer(batch));
        ProduceResponse answer = (ProduceResponse) broker.ask(
                new ProduceRequest()
                        .acks((short) -1)
                        .timeoutMs(TIMEOUT_MS)
                        .topicData(List.of(new TopicProduceData().name(topic).partitionData(List.of(data)))),
                PRODUCE_VERSION);
        boolean done = answer.responses().get(0).partitionResponses().get(0).errorCode() == ErrorCode.NONE.code();
        if (done) {
            written++;
            sequence += isIdempotent ? records : 0;
        }
    }

    private ByteBuf batch(int records, boolean isIdempotent) {
        try (RecordBatchBuilder builder = new RecordBatchBuilder(UnpooledByteBufAllocator.DEFAULT)) {
            if (isIdempotent) {
                builder.producer(producerId, (short) 0, sequence);
            }
            for (int i = 0; i < records; i++) {
                builder.append(clock.nowMs(), null, new byte[RECORD_BYTES]);
            }
            return builder.build();
        }
    }

    private void fetch(String topic) throws IOException {
        FetchPartition wanted =
                new FetchPartition().partition(0).fetchOffset(fetchedTo).partitionMaxBytes(1 << 20);
        FetchResponse answer = (FetchResponse) broker.ask(
                new FetchRequest()
                        .maxBytes(1 << 20)
                        .minBytes(1)
                        .maxWaitMs(1)
                        .sessionEpoch(-1)
                        .topics(List.of(new FetchTopic().topic(topic).partitions(List.of(wanted)))),
                FETCH_VERSION);
        RecordsRef records = answer.responses().get(0).partitions().get(0).records();
        if (records != null && records.sizeInBytes() > 0) {
            fetched++;
            fetchedTo += RECORDS_OF_A_LARGE_BATCH;
        }
    }

    private void metadata(String topic) throws IOException {
        broker.ask(new MetadataRequest().topics(List.of(new MetadataRequestTopic().name(topic))), METADATA_VERSION);
    }

    private void latestOffset(String topic) throws IOException {
        ListOffsetsPartition latest =
                new ListOffsetsPartition().partitionIndex(0).timestamp(-1);
        broker.ask(
                new ListOffsetsRequest()
                        .replicaId(-1)
                        .topics(List.of(new ListOffsetsTopic().name(topic).partitions(List.of(latest)))),
                7);
    }

    private void lookAround(String topic) throws IOException {
        metadata(topic);
        latestOffset(topic);
        broker.ask(new FindCoordinatorRequest().key(GROUP), 3);
        OffsetCommitRequestPartition offset =
                new OffsetCommitRequestPartition().partitionIndex(0).committedOffset(fetchedTo);
        broker.ask(
                new OffsetCommitRequest()
                        .groupId(GROUP)
                        .generationIdOrMemberEpoch(-1)
                        .memberId("")
                        .topics(List.of(
                                new OffsetCommitRequestTopic().name(topic).partitions(List.of(offset)))),
                8);
    }
}
