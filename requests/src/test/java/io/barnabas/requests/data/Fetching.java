package io.barnabas.requests.data;

import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.FetchRequest;
import io.barnabas.wire.message.FetchRequest.FetchPartition;
import io.barnabas.wire.message.FetchRequest.FetchTopic;
import io.barnabas.wire.message.FetchRequest.ForgottenTopic;
import io.barnabas.wire.message.FetchResponse;
import io.barnabas.wire.message.FetchResponse.FetchableTopicResponse;
import io.barnabas.wire.message.FetchResponse.PartitionData;
import io.barnabas.wire.record.RecordIterator;
import io.barnabas.wire.record.RecordView;
import io.barnabas.wire.record.Records;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Builds Fetch requests, sends them on a connection of its own and reads the answers. */
final class Fetching {
    static final int NO_EPOCH = -1;

    private final DataFixture broker;
    private final FetchHandler handler;
    private final int version;

    Fetching(DataFixture broker, FetchHandler handler, int version) {
        this.broker = broker;
        this.handler = handler;
        this.version = version;
    }

    static FetchRequest request() {
        return new FetchRequest().maxWaitMs(500).minBytes(1).maxBytes(50 << 20);
    }

    static FetchPartition from(int partition, long offset) {
        return new FetchPartition().partition(partition).fetchOffset(offset).partitionMaxBytes(1 << 20);
    }

    FetchTopic topic(String name, FetchPartition... partitions) {
        boolean byId = version >= 13;
        return new FetchTopic()
                .topic(byId ? "" : name)
                .topicId(byId ? DataFixture.topicId(name) : Uuid.ZERO)
                .partitions(new ArrayList<>(List.of(partitions)));
    }

    ForgottenTopic forgotten(String name, int... partitions) {
        boolean byId = version >= 13;
        return new ForgottenTopic()
                .topic(byId ? "" : name)
                .topicId(byId ? DataFixture.topicId(name) : Uuid.ZERO)
                .partitions(partitions);
    }

    CompletableFuture<FetchResponse> send(FetchRequest request) {
        return handler.handle(broker.context(ApiKey.FETCH, version), request).toCompletableFuture();
    }

    /** The answer, which must be there at once. */
    FetchResponse answer(FetchRequest request) {
        return now(send(request));
    }

    static FetchResponse now(CompletableFuture<FetchResponse> response) {
        if (!response.isDone()) {
            throw new AssertionError("no answer yet");
        }
        return response.join();
    }

    /** The partitions that an answer names, as {@code partition: what}, and lets go of the records. */
    static List<String> text(FetchResponse response) {
        List<String> lines = new ArrayList<>();
        for (FetchableTopicResponse topic : response.responses()) {
            for (PartitionData partition : topic.partitions()) {
                lines.add(partition.partitionIndex() + ": " + text(partition));
            }
        }
        return lines;
    }

    private static String text(PartitionData partition) {
        ErrorCode error = ErrorCode.of(partition.errorCode());
        return error == ErrorCode.NONE ? String.join(",", values(partition)) : error.toString();
    }

    static PartitionData first(FetchResponse response) {
        return response.responses().get(0).partitions().get(0);
    }

    /** The values of all whole batches. */
    static List<String> values(PartitionData partition) {
        try {
            byte[] bytes = Bytes.of(partition.records());
            List<String> values = new ArrayList<>();
            try (RecordIterator records =
                    new RecordIterator(Unpooled.wrappedBuffer(bytes), Records.NO_BOUND, ByteBufAllocator.DEFAULT)) {
                for (RecordView record = records.next(); record != null; record = records.next()) {
                    values.add(new String(bytesOf(record), StandardCharsets.UTF_8));
                }
            }
            return values;
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } finally {
            partition.records().release();
        }
    }

    private static byte[] bytesOf(RecordView record) {
        ByteBuffer value = record.value();
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        return bytes;
    }
}
