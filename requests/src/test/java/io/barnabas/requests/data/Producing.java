package io.barnabas.requests.data;

import io.barnabas.requests.ClientConnection;
import io.barnabas.requests.PipelinedHandler.Outcome;
import io.barnabas.requests.RequestContext;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.ProduceRequest;
import io.barnabas.wire.message.ProduceRequest.PartitionProduceData;
import io.barnabas.wire.message.ProduceRequest.TopicProduceData;
import io.barnabas.wire.message.ProduceResponse;
import io.barnabas.wire.message.ProduceResponse.PartitionProduceResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A producer of one topic and partition on a connection of its own. */
final class Producing {
    private final DataFixture broker;
    private final ProduceHandler handler;
    private final String topic;
    private final int partition;
    private int version = 11;
    private int acks = -1;
    private String clientId = "test-client";
    private String transactionalId;
    /** Null for one of its own for each request. */
    private ClientConnection connection;

    Producing(DataFixture broker, String topic, int partition) {
        this.broker = broker;
        this.handler = broker.produceHandler();
        this.topic = topic;
        this.partition = partition;
    }

    Producing version(int changed) {
        version = changed;
        return this;
    }

    Producing acks(int changed) {
        acks = changed;
        return this;
    }

    Producing clientId(String changed) {
        clientId = changed;
        return this;
    }

    Producing transactionalId(String changed) {
        transactionalId = changed;
        return this;
    }

    Outcome<ProduceResponse> send(RecordsRef records) {
        TopicProduceData data = new TopicProduceData()
                .name(version >= 13 ? "" : topic)
                .topicId(version >= 13 ? DataFixture.topicId(topic) : Uuid.ZERO)
                .partitionData(
                        List.of(new PartitionProduceData().index(partition).records(records)));
        ProduceRequest request = new ProduceRequest()
                .acks((short) acks)
                .timeoutMs(30_000)
                .transactionalId(transactionalId)
                .topicData(List.of(data));
        return handler.handle(context(), request);
    }

    /** All requests to come are of one connection. */
    Producing on(ClientConnection one) {
        connection = one;
        return this;
    }

    private RequestContext context() {
        RequestContext alone = broker.context(ApiKey.PRODUCE, version, clientId);
        return connection == null
                ? alone
                : new RequestContext(connection, ApiKey.PRODUCE, (short) version, 7, clientId);
    }

    /** The answer, which must be there at once. */
    ProduceResponse answer(RecordsRef records) {
        CompletableFuture<ProduceResponse> response = send(records).response().toCompletableFuture();
        if (!response.isDone()) {
            throw new AssertionError("no answer yet");
        }
        return response.join();
    }

    /** The one partition's part of the answer. */
    PartitionProduceResponse item(RecordsRef records) {
        return itemOf(answer(records));
    }

    static PartitionProduceResponse itemOf(ProduceResponse response) {
        return response.responses().get(0).partitionResponses().get(0);
    }
}
