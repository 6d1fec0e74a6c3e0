package io.barnabas.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.ReadOutcome.Slice;
import io.barnabas.log.cleaner.CleanerSettings;
import io.barnabas.log.segment.Batches;
import io.barnabas.runtime.Clock;
import io.barnabas.runtime.Disk;
import io.barnabas.runtime.SystemTimers;
import io.barnabas.runtime.ThreadPools;
import io.barnabas.testkit.FaultyDisk;
import io.barnabas.testkit.RecordedFaults;
import io.barnabas.testkit.Seeds;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads read, append, truncate and delete at the same time, with few file handles and little memory for indexes. */
class ConcurrentUseTest {
    private static final int BATCHES = 6_000;

    @TempDir
    Path root;

    private final RecordedFaults faults = new RecordedFaults();
    private final List<String> failures = new ArrayList<>();
    private final AtomicBoolean done = new AtomicBoolean();

    @Test
    void readersSeeWholeBatchesInOrderWhileTheLogMoves() throws Exception {
        try (ThreadPools pools = new ThreadPools();
                SystemTimers timers = new SystemTimers(faults)) {
            LogManager manager = new LogManager(
                    new LogManagerSettings(
                            List.of(root), 1, 3, 2_000, 2 << 20, 5, 5, 5, 5, 1_000, 5, CleanerSettings.defaults()),
                    new FaultyDisk(Disk.local()),
                    Clock.system(),
                    timers,
                    pools,
                    pools.pool("disk-io", 3),
                    Seeds.random(1),
                    faults,
                    (directory, partitions, lastOne) -> failures.add(directory.toString()));
            LogConfig config = LogConfig.builder()
                    .segmentBytes(20_000)
                    .indexIntervalBytes(300)
                    .segmentIndexBytes(4096)
                    .retentionBytes(100_000)
                    .fileDeleteDelayMs(5)
                    .build();
            manager.start(topic -> config);
            PartitionLog log = manager.create(new TopicPartition("busy", 0), Uuid.ZERO, config);
            ExecutorService users = pools.pool("users", 4);
            List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                RandomGenerator random = Seeds.random(i);
                readers.add(users.submit(() -> read(log, random)));
            }
            users.submit(() -> write(manager, log)).get();
            long seen = 0;
            for (Future<Long> reader : readers) {
                seen += reader.get();
            }
            assertThat(seen).isGreaterThan(1_000);
            assertThat(faults.faults()).isEmpty();
            assertThat(failures).isEmpty();
            assertThat(log.logStartOffset()).isPositive();
            long end = log.logEndOffset();
            manager.close();
            LogManager again = new LogManager(
                    LogManagerSettings.defaults(List.of(root)),
                    Disk.local(),
                    Clock.system(),
                    timers,
                    pools,
                    pools.pool("disk-io", 1),
                    Seeds.random(1),
                    faults,
                    (directory, partitions, lastOne) -> failures.add(directory.toString()));
            again.start(topic -> config);
            assertThat(again.logFor(log.topicPartition()).logEndOffset()).isEqualTo(end);
            again.close();
        }
    }

    private Void write(LogManager manager, PartitionLog log) throws Exception {
        RandomGenerator random = Seeds.random(9);
        try {
            for (int i = 0; i < BATCHES; i++) {
                ByteBuf batch = TestBatches.idempotent(
                        i % 50, 0, i / 50 * 3, 3, Clock.system().nowMs());
                if (log.appendAsLeader(
                                batch,
                                0,
                                AppendOrigin.COORDINATOR,
                                Clock.system().nowMs())
                        instanceof AppendOutcome.Rejected refused) {
                    throw new AssertionError(refused);
                }
                if (random.nextInt(10) == 0) {
                    log.updateHighWatermark(
                            Math.max(log.highWatermark(), log.logEndOffset() - 3L * random.nextInt(300)));
                }
                if (random.nextInt(400) == 0) {
                    long batches = (log.logEndOffset() - log.highWatermark()) / 3;
                    log.truncateTo(log.highWatermark() + 3 * random.nextLong(batches + 1), 0);
                }
                if (random.nextInt(200) == 0) {
                    log.deleteOldSegments(Clock.system().nowMs());
                }
            }
        } finally {
            done.set(true);
        }
        return null;
    }

    /** Gives the number of batches seen. */
    private Long read(PartitionLog log, RandomGenerator random) throws Exception {
        long seen = 0;
        while (!done.get()) {
            long start = log.logStartOffset();
            long end = log.highWatermark();
            long offset = start + (end > start ? random.nextLong(end - start) : 0);
            ReadOutcome outcome = log.read(offset, 5_000, true, end);
            if (outcome == ReadOutcome.Cold.INSTANCE) {
                outcome = log.readFromDisk(offset, 5_000, true, end);
            }
            if (outcome instanceof Slice slice) {
                seen += check(slice, offset);
            } else {
                assertThat(outcome).isInstanceOf(ReadOutcome.OutOfRange.class);
            }
            if (random.nextInt(50) == 0) {
                log.offsetByTimestamp(Clock.system().nowMs() - 100);
            }
        }
        return seen;
    }

    /** Whole batches without a gap, the first of which holds the offset. */
    private static long check(Slice slice, long offset) throws Exception {
        ByteBuf bytes = LogFixture.bytes(slice);
        long seen = 0;
        long next = offset - 2;
        for (int at = 0; at + BatchHeader.HEADER_BYTES <= bytes.readableBytes(); ) {
            int size = BatchHeader.sizeInBytes(bytes, at);
            if (at + size > bytes.readableBytes()) {
                break;
            }
            assertThat(Batches.isWhole(bytes, at)).isTrue();
            assertThat(BatchHeader.baseOffset(bytes, at)).isBetween(next, seen == 0 ? offset : next);
            next = BatchHeader.lastOffset(bytes, at) + 1;
            at += size;
            seen++;
        }
        return seen;
    }
}
