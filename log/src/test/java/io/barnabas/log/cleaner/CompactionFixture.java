package io.barnabas.log.cleaner;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.AppendOrigin;
import io.barnabas.log.AppendOutcome;
import io.barnabas.log.LogConfig;
import io.barnabas.log.LogFixture;
import io.barnabas.log.PartitionLog;
import io.barnabas.log.TestBatches;
import io.barnabas.log.segment.LogSegment;
import io.barnabas.wire.record.Compression;
import io.barnabas.wire.record.EndTxnMarker;
import io.barnabas.wire.record.RecordBatchBuilder;
import io.barnabas.wire.record.Records;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A log that is compacted when told to, and what can be read of it. */
final class CompactionFixture {
    static final LogConfig CONFIG = LogConfig.builder()
            .compact(true)
            .delete(false)
            .segmentBytes(3_000)
            .segmentIndexBytes(4096)
            .indexIntervalBytes(200)
            .deleteRetentionMs(10_000)
            .build();

    /** A value that nobody who reads committed records sees. */
    static final String ABORTED = "aborted";

    final LogFixture logs;

    CompactionFixture(LogFixture logs) throws IOException {
        this.logs = logs;
        logs.openNew();
    }

    /** A record as a reader sees it; a null value is a tombstone. */
    record Seen(long offset, long timestamp, String key, String value) {}

    PartitionLog log() {
        return logs.log;
    }

    /** Keys and values in turn. */
    long append(String... keysAndValues) {
        return appendBatch(Compression.NONE, keysAndValues);
    }

    long appendBatch(Compression codec, String... keysAndValues) {
        return append(add(
                new RecordBatchBuilder(UnpooledByteBufAllocator.DEFAULT, codec, codec.defaultLevel()), keysAndValues));
    }

    long appendFrom(long producerId, int epoch, int sequence, boolean inTransaction, String... keysAndValues) {
        RecordBatchBuilder builder = TestBatches.builder().producer(producerId, (short) epoch, sequence);
        if (!inTransaction) {
            return append(add(builder, keysAndValues));
        }
        // As if the leader had sent it: a client would first have to be verified with the transaction's coordinator.
        return append(
                TestBatches.heap(add(builder.transactional(), keysAndValues).build()), AppendOrigin.REPLICATION);
    }

    long endTransaction(long producerId, int epoch, boolean commit) {
        ByteBuf marker = TestBatches.heap(new EndTxnMarker(commit, 0)
                .build(producerId, (short) epoch, logs.time.nowMs(), UnpooledByteBufAllocator.DEFAULT));
        return append(marker, AppendOrigin.COORDINATOR);
    }

    private RecordBatchBuilder add(RecordBatchBuilder builder, String... keysAndValues) {
        for (int i = 0; i < keysAndValues.length; i += 2) {
            builder.append(logs.time.nowMs() + i, bytes(keysAndValues[i]), bytes(keysAndValues[i + 1]));
        }
        return builder;
    }

    private long append(RecordBatchBuilder builder) {
        return append(TestBatches.heap(builder.build()), AppendOrigin.CLIENT);
    }

    /** All that is appended is replicated at once. */
    private long append(ByteBuf batch, AppendOrigin origin) {
        AppendOutcome outcome = log().appendAsLeader(batch, 0, origin, logs.time.nowMs());
        assertThat(outcome).isInstanceOf(AppendOutcome.Appended.class);
        log().updateHighWatermark(log().logEndOffset());
        return ((AppendOutcome.Appended) outcome).lastOffset();
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    void roll() throws IOException {
        log().roll(logs.time.nowMs());
    }

    CompactionCounts compact() throws Exception {
        return compact(new OffsetMap(1 << 20, 0.9));
    }

    CompactionCounts compact(OffsetMap map) throws Exception {
        return LogCompactor.compact(logs.cleanable(), map, 1_000, bytes -> true, logs.time.nowMs());
    }

    /** Rolls first, so that all is compacted. */
    CompactionCounts compactAll() throws Exception {
        roll();
        return compact();
    }

    List<Seen> read() throws IOException {
        List<Seen> all = new ArrayList<>();
        Records.forEach(bytes(), record -> {
            if (!record.isControl()) {
                all.add(new Seen(record.offset(), record.timestamp(), text(record.key()), text(record.value())));
            }
        });
        return all;
    }

    /** What stands in the segments, one behind the other. */
    ByteBuf bytes() throws IOException {
        ByteBuf all = Unpooled.buffer();
        for (LogSegment segment : logs.cleanable().segments().all()) {
            all.writeBytes(Files.readAllBytes(segment.path()));
        }
        return all;
    }

    TreeMap<String, String> lastValues() throws IOException {
        return lastValues(read());
    }

    static TreeMap<String, String> lastValues(List<Seen> records) {
        TreeMap<String, String> values = new TreeMap<>();
        for (Seen record : records) {
            if (ABORTED.equals(record.value())) {
                continue;
            }
            if (record.value() == null) {
                values.remove(record.key());
            } else {
                values.put(record.key(), record.value());
            }
        }
        return values;
    }

    /** Names of the files, without those of producers, epochs and the topic. */
    List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(logs.path)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("0") && !name.endsWith(".snapshot"))
                    .sorted()
                    .toList();
        }
    }

    private static String text(ByteBuffer bytes) {
        return bytes == null ? null : StandardCharsets.UTF_8.decode(bytes).toString();
    }
}
