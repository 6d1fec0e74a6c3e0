package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.broker.Pins;
import io.barnabas.bench.load.RawConnection;
import io.barnabas.bench.load.Topic;
import io.barnabas.bench.report.Figure;
import io.barnabas.bench.report.Sheet;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.message.ProduceRequest;
import io.barnabas.wire.message.ProduceRequest.PartitionProduceData;
import io.barnabas.wire.message.ProduceRequest.TopicProduceData;
import io.barnabas.wire.message.ProduceResponse;
import io.barnabas.wire.record.Compression;
import io.barnabas.wire.record.RecordBatchBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** As many partitions as one broker is to hold, with as few open files as it is to need. */
final class Crowds {
    private static final int TOPICS = 20;
    private static final int PARTITIONS = 1_000;
    private static final int MAX_OPEN_FILES = 8_192;
    private static final int TIMEOUT_MS = 60_000;

    /** A broker may take its time to notice that nobody uses a file. */
    private static final long REST_SECONDS = 25;

    private Crowds() {}

    static void twentyThousand(Contender broker, Sheet sheet) throws IOException, InterruptedException {
        broker.exec(Pins.NONE, MAX_OPEN_FILES);
        long begin = System.nanoTime();
        List<Topic> topics = new ArrayList<>();
        try (RawConnection connection = broker.connect()) {
            for (int i = 0; i < TOPICS; i++) {
                topics.add(Topic.create(connection, name(i), PARTITIONS));
            }
        }
        sheet.add(Figure.DURATION, millisSince(begin));
        sheet.add(Figure.CPU_SECONDS, broker.figures().cpuSeconds());
        try (RawConnection connection = broker.connect()) {
            for (Topic topic : topics) {
                writeToEach(connection, topic);
            }
        }
        sheet.add(Figure.OPEN_FILES, broker.openFiles());
        TimeUnit.SECONDS.sleep(REST_SECONDS);
        sheet.add(Figure.OPEN_FILES_IDLE, broker.openFiles());
        sheet.add(Figure.RESIDENT, broker.figures().residentMb());
        broker.stop();
        sheet.add(Figure.RESTART, restart(broker));
        sheet.add(Figure.RESTART_CPU, broker.figures().cpuSeconds());
        broker.crash();
        sheet.add(Figure.CRASHED_RESTART, restart(broker));
    }

    private static void writeToEach(RawConnection connection, Topic topic) throws IOException {
        ByteBuf batch = batch();
        List<PartitionProduceData> parts = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            parts.add(new PartitionProduceData()
                    .index(partition)
                    .records(new RecordsRef.Buffer(batch.retainedDuplicate())));
        }
        batch.release();
        TopicProduceData data =
                new TopicProduceData().name(topic.name()).topicId(topic.id()).partitionData(parts);
        ProduceResponse answer = (ProduceResponse) connection.call(
                new ProduceRequest().acks((short) -1).timeoutMs(TIMEOUT_MS).topicData(List.of(data)));
        for (var partition : answer.responses().get(0).partitionResponses()) {
            if (partition.errorCode() != 0) {
                throw new IOException("Produce: " + ErrorCode.of(partition.errorCode()));
            }
        }
    }

    private static ByteBuf batch() {
        try (RecordBatchBuilder builder =
                new RecordBatchBuilder(UnpooledByteBufAllocator.DEFAULT, Compression.NONE, 0)) {
            builder.append(System.currentTimeMillis(), null, "a record".getBytes(StandardCharsets.UTF_8));
            return builder.build();
        }
    }

    private static double restart(Contender broker) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        broker.exec(Pins.NONE, MAX_OPEN_FILES);
        try (RawConnection connection = broker.connect()) {
            for (int i = 0; i < TOPICS; i++) {
                Topic.await(connection, name(i), PARTITIONS);
            }
        }
        return millisSince(begin);
    }

    private static String name(int topic) {
        return "crowd-" + topic;
    }

    private static double millisSince(long begin) {
        return (System.nanoTime() - begin) / 1e6;
    }
}
