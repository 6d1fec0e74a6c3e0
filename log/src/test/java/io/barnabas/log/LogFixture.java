package io.barnabas.log;

import io.barnabas.log.AppendOutcome.Appended;
import io.barnabas.log.AppendOutcome.Rejected;
import io.barnabas.log.LogRecovery.Hints;
import io.barnabas.log.cleaner.CleanableLog;
import io.barnabas.log.producer.Verification;
import io.barnabas.log.segment.SegmentResources;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.FaultyDisk;
import io.barnabas.testkit.RecordedFaults;
import io.barnabas.testkit.Seeds;
import io.barnabas.testkit.SimulatedTime;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.record.Records;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** One log in a directory, opened and opened again; what would run in the background runs at once. */
public final class LogFixture {
    public static final TopicPartition PARTITION = new TopicPartition("orders", 3);

    public final SimulatedTime time = new SimulatedTime();
    public final RecordedFaults faults = new RecordedFaults();
    public final DirectoryFailures failures = new DirectoryFailures();
    public final Disk disk;
    public final Path root;
    public final Path path;
    public LogConfig config;
    public LogResources resources;
    public LogDirectory home;
    public PartitionLog log;

    /** Directories that went offline. */
    public static final class DirectoryFailures {
        public final List<LogDirectory> all = new ArrayList<>();
    }

    /** A recovery point of which no checkpoint tells. */
    public static final long UNKNOWN = -1;

    static final int PAGE_CACHE_BYTES = 8 << 20;

    public LogFixture(Path root, LogConfig config) throws IOException {
        this(new FaultyDisk(Disk.local()), root, config);
    }

    public LogFixture(Disk disk, Path root, LogConfig config) throws IOException {
        this.disk = disk;
        this.root = root;
        this.config = config;
        this.path = root.resolve(PARTITION.toString());
        Disk.local().createDirectories(path);
        freshResources();
    }

    static LogFixture opened(Path root, LogConfig config) throws IOException {
        LogFixture fixture = new LogFixture(root, config);
        fixture.openNew();
        return fixture;
    }

    private void freshResources() {
        RandomGenerator random = Seeds.random(1);
        resources = new LogResources(
                disk,
                new SegmentResources(disk, random, 100, 1 << 20, PAGE_CACHE_BYTES),
                Runnable::run,
                Runnable::run,
                time,
                random,
                faults,
                new DirtyLogs());
        home = new LogDirectory(disk, root, Runnable::run, failures.all::add);
    }

    /** The log as the cleaner sees it. */
    public CleanableLog cleanable() {
        return log.compaction();
    }

    public PartitionLog openNew() throws IOException {
        return open(Hints.none(time.nowMs()));
    }

    /** As a clean stop left it, and compactions before that. */
    public PartitionLog openStopped(long endOffset, long compactedUpTo, long nowMs) throws IOException {
        open(new Hints(true, endOffset, 0, endOffset, Long.MAX_VALUE, nowMs));
        log.compaction().resumeAt(compactedUpTo);
        return log;
    }

    /** Hears that a start would know of a compaction now. */
    public void onCompactionEnded(Runnable listener) {
        home.checkpointsCleanerOffsetsBy(directory -> listener.run());
    }

    PartitionLog open(Hints hints) throws IOException {
        freshResources();
        log = LogRecovery.open(PARTITION, config, resources, home, path, hints);
        return log;
    }

    /** As after kill -9, with a recovery point that some checkpoint told. */
    public PartitionLog openAfterCrash(long recoveryPoint) throws IOException {
        log.abandon();
        return open(new Hints(false, recoveryPoint, log.logStartOffset(), 0, Long.MAX_VALUE, time.nowMs()));
    }

    public PartitionLog closeAndOpen() throws IOException {
        log.close(time.nowMs());
        return open(new Hints(
                true, log.logEndOffset(), log.logStartOffset(), log.highWatermark(), Long.MAX_VALUE, time.nowMs()));
    }

    public AppendOutcome append(ByteBuf batch) {
        return log.appendAsLeader(batch, 0, AppendOrigin.CLIENT, Verification.NOT_NEEDED, time.nowMs());
    }

    public Appended appended(ByteBuf batch) {
        return append(batch).fold(done -> done, refused -> {
            throw new AssertionError(refused);
        });
    }

    /** The bytes that a read answers, from the disk if need be. */
    public static ByteBuf bytes(ReadOutcome outcome) throws IOException {
        RecordsRef records = outcome.fold(
                ReadOutcome.Slice::records,
                () -> {
                    throw new AssertionError("cold");
                },
                out -> {
                    throw new AssertionError(out);
                },
                unreadable -> {
                    throw new AssertionError(unreadable);
                });
        try {
            if (records instanceof RecordsRef.FileSlice slice) {
                ByteBuffer bytes = ByteBuffer.allocate(slice.sizeInBytes());
                while (bytes.hasRemaining() && slice.channel().read(bytes, slice.position() + bytes.position()) > 0) {
                    // Reads until it is full.
                }
                return Unpooled.wrappedBuffer(bytes.flip());
            }
            return Unpooled.EMPTY_BUFFER;
        } finally {
            records.release();
        }
    }

    public ByteBuf read(long offset, int maxBytes) throws IOException {
        return bytes(log.readFromDisk(offset, maxBytes, true, Long.MAX_VALUE));
    }

    static ErrorCode error(AppendOutcome outcome) {
        return ((Rejected) outcome).error();
    }

    /** Of the files in the log's directory. */
    List<String> names(String suffix) throws IOException {
        return disk.list(path).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(suffix))
                .sorted()
                .toList();
    }

    /** Of all records, in order. */
    List<String> values() throws IOException {
        List<String> values = new ArrayList<>();
        long offset = log.logStartOffset();
        while (offset < log.logEndOffset()) {
            long[] next = {offset};
            Records.forEach(read(offset, 10_000), record -> {
                values.add(StandardCharsets.UTF_8.decode(record.value()).toString());
                next[0] = record.offset() + 1;
            });
            if (next[0] <= offset) {
                throw new AssertionError("nothing can be read at " + offset);
            }
            offset = next[0];
        }
        return values;
    }
}
