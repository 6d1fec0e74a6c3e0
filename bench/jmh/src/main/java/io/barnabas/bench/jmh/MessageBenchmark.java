package io.barnabas.bench.jmh;

import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.ByteReader;
import io.barnabas.wire.EncodedFrame;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.message.FetchRequest;
import io.barnabas.wire.message.FetchRequest.FetchPartition;
import io.barnabas.wire.message.FetchRequest.FetchTopic;
import io.barnabas.wire.message.MetadataResponse;
import io.barnabas.wire.message.MetadataResponse.MetadataResponseBroker;
import io.barnabas.wire.message.MetadataResponse.MetadataResponsePartition;
import io.barnabas.wire.message.MetadataResponse.MetadataResponseTopic;
import io.barnabas.wire.message.ProduceRequest;
import io.barnabas.wire.message.ProduceRequest.PartitionProduceData;
import io.barnabas.wire.message.ProduceRequest.TopicProduceData;
import io.barnabas.wire.message.ProduceResponse;
import io.barnabas.wire.message.ProduceResponse.PartitionProduceResponse;
import io.barnabas.wire.message.ProduceResponse.TopicProduceResponse;
import io.barnabas.wire.record.Compression;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Requests read and answers written, for one partition; metadata for a hundred. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MessageBenchmark {
    private static final short PRODUCE_VERSION = 9;
    private static final short FETCH_VERSION = 12;
    private static final short METADATA_VERSION = 12;
    private static final int PARTITIONS = 100;

    private final ByteBuf produce = bytesOf(produceRequest());
    private final ByteBuf fetch = bytesOf(fetchRequest());
    private final ProduceResponse produced = new ProduceResponse()
            .responses(List.of(new TopicProduceResponse()
                    .name("topic")
                    .partitionResponses(List.of(new PartitionProduceResponse().baseOffset(1)))));
    private final MetadataResponse metadata = metadataResponse();

    private static ProduceRequest produceRequest() {
        RecordsRef batch = new RecordsRef.Buffer(Batches.of(1, Compression.NONE, 0));
        PartitionProduceData data = new PartitionProduceData().index(0).records(batch);
        return new ProduceRequest()
                .acks((short) -1)
                .topicData(List.of(new TopicProduceData().name("topic").partitionData(List.of(data))));
    }

    private static FetchRequest fetchRequest() {
        FetchPartition wanted = new FetchPartition().partition(0).fetchOffset(1).partitionMaxBytes(1 << 20);
        return new FetchRequest().topics(List.of(new FetchTopic().topic("topic").partitions(List.of(wanted))));
    }

    private static MetadataResponse metadataResponse() {
        List<MetadataResponsePartition> partitions = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            partitions.add(new MetadataResponsePartition()
                    .partitionIndex(i)
                    .leaderId(1)
                    .replicaNodes(new int[] {1})
                    .isrNodes(new int[] {1}));
        }
        return new MetadataResponse()
                .clusterId("cluster")
                .controllerId(1)
                .brokers(List.of(
                        new MetadataResponseBroker().nodeId(1).host("localhost").port(9092)))
                .topics(List.of(new MetadataResponseTopic().name("topic").partitions(partitions)));
    }

    /** The body as it stands behind length and header. */
    private static ByteBuf bytesOf(ApiMessage request) {
        short version = request.apiKey() == ApiKey.PRODUCE ? PRODUCE_VERSION : FETCH_VERSION;
        int bodyBytes = request.sizeInBytes(version);
        EncodedFrame frame = EncodedFrame.request(1, "client", version, request, PooledByteBufAllocator.DEFAULT);
        ByteBuf whole = Unpooled.buffer(frame.sizeInBytes());
        frame.parts().forEach(part -> whole.writeBytes((ByteBuf) part));
        frame.release();
        return whole.slice(whole.readableBytes() - bodyBytes, bodyBytes);
    }

    @Benchmark
    public Object decodeProduce() {
        return ApiKey.PRODUCE.readRequest(new ByteReader(produce.duplicate()), PRODUCE_VERSION);
    }

    @Benchmark
    public Object decodeFetch() {
        return ApiKey.FETCH.readRequest(new ByteReader(fetch.duplicate()), FETCH_VERSION);
    }

    @Benchmark
    public int encodeProduced() {
        return encode(ApiKey.PRODUCE, PRODUCE_VERSION, produced);
    }

    @Benchmark
    public int encodeMetadata() {
        return encode(ApiKey.METADATA, METADATA_VERSION, metadata);
    }

    private static int encode(ApiKey key, short version, ApiMessage answer) {
        EncodedFrame frame = EncodedFrame.response(1, key, version, answer, PooledByteBufAllocator.DEFAULT);
        int bytes = frame.sizeInBytes();
        frame.release();
        return bytes;
    }
}
