package io.barnabas.log.inspect;

import io.barnabas.log.AppendOrigin;
import io.barnabas.log.LogConfig;
import io.barnabas.log.LogManager;
import io.barnabas.log.LogManagerSettings;
import io.barnabas.log.PartitionLog;
import io.barnabas.log.directory.MetaProperties;
import io.barnabas.runtime.Disk;
import io.barnabas.runtime.ThreadPools;
import io.barnabas.testkit.RecordedFaults;
import io.barnabas.testkit.SameThread;
import io.barnabas.testkit.Seeds;
import io.barnabas.testkit.SimulatedTime;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.record.Compression;
import io.barnabas.wire.record.RecordBatchBuilder;
import io.barnabas.wire.record.RecordHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A log directory that a broker has written: {@code orders-0} with several segments, producers and two leader epochs. */
final class WrittenLogs implements AutoCloseable {
    static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    static final Uuid TOPIC_ID = new Uuid(4, 5);
    static final int RECORDS_A_BATCH = 3;
    static final int BATCHES = 60;
    static final long FIRST_TIMESTAMP = 1_700_000_000_000L;

    final Path directory;
    final Path partition;
    final SimulatedTime time = new SimulatedTime();
    final RecordedFaults faults = new RecordedFaults();
    private final ThreadPools pools = new ThreadPools();
    private final LogManager logs;
    private final LogConfig config =
            LogConfig.builder().segmentBytes(4096).indexIntervalBytes(300).build();

    WrittenLogs(Path directory) throws IOException {
        this.directory = directory;
        this.partition = directory.resolve(ORDERS.toString());
        Disk.local().createDirectories(directory);
        MetaProperties.of(7, "cluster").write(Disk.local(), directory, Instant.EPOCH);
        logs = new LogManager(
                LogManagerSettings.defaults(List.of(directory)),
                Disk.local(),
                time,
                time,
                pools,
                new SameThread(),
                Seeds.random(1),
                faults,
                (failed, partitions, lastOne) -> {});
        logs.start(topic -> config);
    }

    /** Fills the partition and stops as a broker does. */
    static WrittenLogs stoppedCleanly(Path directory) throws IOException {
        WrittenLogs written = new WrittenLogs(directory);
        written.fill();
        written.close();
        return written;
    }

    PartitionLog fill() throws IOException {
        PartitionLog log = logs.create(ORDERS, TOPIC_ID, config);
        Compression[] codecs = {Compression.NONE, Compression.GZIP, Compression.LZ4};
        for (int i = 0; i < BATCHES; i++) {
            int epoch = i < BATCHES / 2 ? 0 : 2;
            if (i % (BATCHES / 2) == 0) {
                log.beginLeaderEpoch(epoch);
            }
            append(log, batch(i, codecs[i % codecs.length]), epoch);
        }
        log.updateHighWatermark(log.logEndOffset());
        return log;
    }

    void append(PartitionLog log, ByteBuf batch, int leaderEpoch) {
        log.appendAsLeader(batch, leaderEpoch, AppendOrigin.CLIENT, time.nowMs())
                .fold(done -> done, refused -> {
                    throw new AssertionError(refused);
                });
        batch.release();
    }

    static ByteBuf batch(int number, Compression codec) {
        try (RecordBatchBuilder builder =
                new RecordBatchBuilder(UnpooledByteBufAllocator.DEFAULT, codec, codec.defaultLevel())) {
            builder.producer(77, (short) 1, number * RECORDS_A_BATCH);
            for (int i = 0; i < RECORDS_A_BATCH; i++) {
                builder.append(
                        FIRST_TIMESTAMP + number * 10L + i,
                        bytes("key-" + number),
                        bytes("value " + i + " of batch " + number + " ".repeat(50)),
                        List.of(new RecordHeader("h", bytes("x"))));
            }
            return builder.build();
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    PartitionLog log() {
        return logs.logFor(ORDERS);
    }

    @Override
    public void close() {
        logs.close();
        pools.close();
    }
}
