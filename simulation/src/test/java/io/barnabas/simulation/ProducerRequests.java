package io.barnabas.simulation;

import io.barnabas.simulation.Connection.Lateness;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.message.AddOffsetsToTxnRequest;
import io.barnabas.wire.message.AddPartitionsToTxnRequest;
import io.barnabas.wire.message.AddPartitionsToTxnRequest.AddPartitionsToTxnTopic;
import io.barnabas.wire.message.EndTxnRequest;
import io.barnabas.wire.message.InitProducerIdRequest;
import io.barnabas.wire.message.OffsetFetchRequest;
import io.barnabas.wire.message.OffsetFetchRequest.OffsetFetchRequestTopic;
import io.barnabas.wire.message.ProduceRequest;
import io.barnabas.wire.message.ProduceRequest.PartitionProduceData;
import io.barnabas.wire.message.ProduceRequest.TopicProduceData;
import io.barnabas.wire.message.TxnOffsetCommitRequest;
import io.barnabas.wire.message.TxnOffsetCommitRequest.TxnOffsetCommitRequestPartition;
import io.barnabas.wire.message.TxnOffsetCommitRequest.TxnOffsetCommitRequestTopic;
import io.barnabas.wire.record.RecordBatchBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The requests of a producer, in the versions of the protocol that it speaks. */
final class ProducerRequests {
    static final int TIMEOUT_MS = 5_000;
    static final String GROUP = "group";
    private static final short ALL = -1;

    /** The protocols of transactions. */
    enum Protocol {
        /** Up to 3.x: partitions are added first, and an epoch holds for many transactions. */
        FIRST,
        /** From 4.0 on: writing adds partitions, and each transaction has an epoch of its own. */
        SECOND
    }

    /** A request, and whether the protocol bears it long after its time. */
    record Request(int version, ApiMessage message, Lateness lateness) {}

    private final String id;
    private final Protocol protocol;
    private long producerId = -1;
    private short epoch = -1;

    ProducerRequests(String id, Protocol protocol) {
        this.id = id;
        this.protocol = protocol;
    }

    void producer(long asProducer, short inEpoch) {
        producerId = asProducer;
        epoch = inEpoch;
    }

    boolean addsPartitions() {
        return protocol == Protocol.FIRST;
    }

    /** In the first protocol nothing but the order of a connection tells one transaction from the next. */
    private Lateness ifTransactionsAreToldApart() {
        return protocol == Protocol.FIRST ? Lateness.NEVER : Lateness.POSSIBLE;
    }

    Request init() {
        return new Request(
                protocol == Protocol.FIRST ? 4 : 5,
                new InitProducerIdRequest()
                        .transactionalId(id)
                        .transactionTimeoutMs(TIMEOUT_MS)
                        .producerId(producerId)
                        .producerEpoch(epoch),
                Lateness.POSSIBLE);
    }

    static Request offset(int input) {
        return new Request(
                7,
                new OffsetFetchRequest()
                        .groupId(GROUP)
                        .requireStable(true)
                        .topics(List.of(new OffsetFetchRequestTopic()
                                .name(SimulatedController.INPUT)
                                .partitionIndexes(new int[] {input}))),
                Lateness.NEVER);
    }

    Request addPartitions(Collection<Integer> outputs) {
        return new Request(
                3,
                new AddPartitionsToTxnRequest()
                        .v3AndBelowTransactionalId(id)
                        .v3AndBelowProducerId(producerId)
                        .v3AndBelowProducerEpoch(epoch)
                        .v3AndBelowTopics(List.of(new AddPartitionsToTxnTopic()
                                .name(SimulatedController.OUTPUT)
                                .partitions(outputs.stream()
                                        .mapToInt(Integer::intValue)
                                        .toArray()))),
                ifTransactionsAreToldApart());
    }

    Request produce(int output, int sequence, List<String> values, long nowMs) {
        return new Request(
                protocol == Protocol.FIRST ? 9 : 12,
                new ProduceRequest()
                        .transactionalId(id)
                        .acks(ALL)
                        .timeoutMs(TIMEOUT_MS)
                        .topicData(new ArrayList<>(List.of(new TopicProduceData()
                                .name(SimulatedController.OUTPUT)
                                .partitionData(new ArrayList<>(List.of(new PartitionProduceData()
                                        .index(output)
                                        .records(new RecordsRef.Buffer(batch(sequence, values, nowMs))))))))),
                Lateness.POSSIBLE);
    }

    private ByteBuf batch(int sequence, List<String> values, long nowMs) {
        RecordBatchBuilder batch = new RecordBatchBuilder(UnpooledByteBufAllocator.DEFAULT)
                .producer(producerId, epoch, sequence)
                .transactional();
        values.forEach(value -> batch.append(nowMs, null, value.getBytes(StandardCharsets.UTF_8)));
        ByteBuf direct = batch.build();
        ByteBuf copy = Unpooled.copiedBuffer(direct);
        direct.release();
        return copy;
    }

    Request addOffsets() {
        return new Request(
                3,
                new AddOffsetsToTxnRequest()
                        .transactionalId(id)
                        .producerId(producerId)
                        .producerEpoch(epoch)
                        .groupId(GROUP),
                ifTransactionsAreToldApart());
    }

    Request commitOffset(int input, long offset) {
        return new Request(
                protocol == Protocol.FIRST ? 3 : 5,
                new TxnOffsetCommitRequest()
                        .transactionalId(id)
                        .groupId(GROUP)
                        .producerId(producerId)
                        .producerEpoch(epoch)
                        .topics(List.of(new TxnOffsetCommitRequestTopic()
                                .name(SimulatedController.INPUT)
                                .partitions(List.of(new TxnOffsetCommitRequestPartition()
                                        .partitionIndex(input)
                                        .committedOffset(offset))))),
                ifTransactionsAreToldApart());
    }

    Request end(boolean committed) {
        return new Request(
                protocol == Protocol.FIRST ? 3 : 5,
                new EndTxnRequest()
                        .transactionalId(id)
                        .producerId(producerId)
                        .producerEpoch(epoch)
                        .committed(committed),
                ifTransactionsAreToldApart());
    }
}
