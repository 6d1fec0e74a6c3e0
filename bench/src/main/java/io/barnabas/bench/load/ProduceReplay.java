package io.barnabas.bench.load;

import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.message.InitProducerIdRequest;
import io.barnabas.wire.message.InitProducerIdResponse;
import io.barnabas.wire.message.ProduceRequest;
import io.barnabas.wire.message.ProduceRequest.PartitionProduceData;
import io.barnabas.wire.message.ProduceRequest.TopicProduceData;
import io.barnabas.wire.message.ProduceResponse;
import io.barnabas.wire.record.RecordBatchBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/**
 * A producer of one partition: a few different batches in a circle. An idempotent one writes the next sequence, and the
 * checksum that it asks for, into each batch before it goes.
 */
public final class ProduceReplay implements Replay {
    private static final int DIFFERENT_FRAMES = 8;
    private static final int TIMEOUT_MS = 30_000;
    private static final long SEED = 42;
    private static final int CRC = 17;
    private static final int CRC_COVERS_FROM = 21;
    private static final int SEQUENCE = 53;

    private final ProduceShape shape;
    private final short version;
    private final List<Frame> frames = new ArrayList<>();
    private final CRC32C crc = new CRC32C();
    private int turn;
    private int sequence;

    private record Frame(ByteBuffer bytes, int batchAt, int batchBytes) {}

    private ProduceReplay(ProduceShape shape, short version) {
        this.shape = shape;
        this.version = version;
    }

    public static ProduceReplay of(RawConnection connection, Topic topic, int partition, ProduceShape shape)
            throws IOException, InterruptedException {
        ProduceReplay replay = new ProduceReplay(shape, connection.version(ApiKey.PRODUCE));
        InitProducerIdResponse producer =
                shape.idempotent() ? producerId(connection) : new InitProducerIdResponse().producerEpoch((short) -1);
        Random random = new Random(SEED + partition);
        for (int i = 0; i < DIFFERENT_FRAMES; i++) {
            replay.frames.add(replay.frame(topic, partition, producer, random));
        }
        return replay;
    }

    private static InitProducerIdResponse producerId(RawConnection connection)
            throws IOException, InterruptedException {
        while (true) {
            InitProducerIdResponse answer = (InitProducerIdResponse) connection.call(
                    new InitProducerIdRequest().transactionalId(null).transactionTimeoutMs(60_000));
            ErrorCode error = ErrorCode.of(answer.errorCode());
            if (error == ErrorCode.NONE) {
                return answer;
            } else if (error != ErrorCode.COORDINATOR_LOAD_IN_PROGRESS
                    && error != ErrorCode.COORDINATOR_NOT_AVAILABLE) {
                throw new IOException("InitProducerId: " + error);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private Frame frame(Topic topic, int partition, InitProducerIdResponse producer, Random random) {
        ByteBuf batch = batch(producer, random);
        PartitionProduceData data =
                new PartitionProduceData().index(partition).records(new RecordsRef.Buffer(batch.retainedDuplicate()));
        ProduceRequest request = new ProduceRequest()
                .acks(shape.acks())
                .timeoutMs(TIMEOUT_MS)
                .topicData(List.of(new TopicProduceData()
                        .name(topic.name())
                        .topicId(topic.id())
                        .partitionData(List.of(data))));
        ByteBuffer bytes = Frames.encode(request, version);
        Frame frame = new Frame(bytes, Frames.find(bytes, batch), batch.readableBytes());
        batch.release();
        return frame;
    }

    private ByteBuf batch(InitProducerIdResponse producer, Random random) {
        try (RecordBatchBuilder builder = new RecordBatchBuilder(
                UnpooledByteBufAllocator.DEFAULT, shape.codec(), shape.codec().defaultLevel())) {
            builder.producer(producer.producerId(), producer.producerEpoch(), shape.idempotent() ? 0 : -1);
            long nowMs = System.currentTimeMillis();
            for (int i = 0; i < shape.recordsPerBatch(); i++) {
                builder.append(nowMs, null, shape.payload().make(random, shape.recordBytes()));
            }
            return builder.build();
        }
    }

    @Override
    public ByteBuffer next() {
        Frame frame = frames.get(turn++ % DIFFERENT_FRAMES);
        if (shape.idempotent()) {
            frame.bytes().putInt(frame.batchAt() + SEQUENCE, sequence);
            sequence = sequence + shape.recordsPerBatch() & Integer.MAX_VALUE;
            crc.reset();
            crc.update(frame.bytes().slice(frame.batchAt() + CRC_COVERS_FROM, frame.batchBytes() - CRC_COVERS_FROM));
            frame.bytes().putInt(frame.batchAt() + CRC, (int) crc.getValue());
        }
        return frame.bytes();
    }

    /** Answers are small; each is read. */
    @Override
    public long take(RawConnection connection) throws IOException {
        ProduceResponse answer = (ProduceResponse) connection.readBody(ApiKey.PRODUCE, version);
        for (var topic : answer.responses()) {
            for (var partition : topic.partitionResponses()) {
                if (partition.errorCode() != 0) {
                    throw new IOException(
                            "Produce: " + ErrorCode.of(partition.errorCode()) + " " + partition.errorMessage());
                }
            }
        }
        return shape.payloadBytes();
    }
}
