package io.barnabas.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.runtime.ThreadPools;
import io.barnabas.testkit.FaultyDisk;
import io.barnabas.testkit.QueuedTasks;
import io.barnabas.testkit.RecordedFaults;
import io.barnabas.testkit.Seeds;
import io.barnabas.testkit.SimulatedTime;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.record.Records;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A partition in the first of two log directories, which may move to the second. What runs in the background waits until
 * the test lets it; the disk may fail.
 */
final class MoveFixture {
    static final TopicPartition PARTITION = new TopicPartition("orders", 3);
    static final Uuid TOPIC_ID = new Uuid(7, 8);

    final SimulatedTime time = new SimulatedTime();
    final RecordedFaults faults = new RecordedFaults();
    final FaultyDisk disk;
    final Path root;
    final LogConfig config;
    final QueuedTasks tasks = new QueuedTasks();
    LogManager manager;
    private int lives;
    private ThreadPools pools = new ThreadPools();

    MoveFixture(FaultyDisk disk, Path root, LogConfig config) {
        this.disk = disk;
        this.root = root;
        this.config = config;
    }

    void start() throws IOException {
        pools = new ThreadPools();
        manager = new LogManager(
                LogManagerSettings.defaults(List.of(root.resolve("one"), root.resolve("two"))),
                disk,
                time,
                time,
                pools,
                tasks,
                Seeds.random(++lives),
                faults,
                (directory, partitions, lastOne) -> {});
        manager.start(topic -> config);
    }

    /** As after kill -9: what the process had not written yet is gone, the files are as they are. */
    void kill() {
        tasks.forgetAll();
        disk.failFrom(1);
        manager.close();
        tasks.forgetAll();
        pools.close();
        disk.heal();
    }

    void close() {
        manager.close();
        tasks.runAll();
        pools.close();
    }

    PartitionLog log() {
        return manager.logFor(PARTITION);
    }

    void beginMove(String directory) throws IOException {
        LogDirectory destination =
                manager.directoryAt(root.resolve(directory).toAbsolutePath().toString());
        if (manager.futures().of(PARTITION) == null && log().directory() != destination) {
            manager.futures().create(log(), destination);
        }
        resumeMove();
    }

    void resumeMove() {
        if (manager.futures().of(PARTITION) != null) {
            manager.futures().begin(log(), this::tryToReplace);
        }
    }

    private void tryToReplace() {
        PartitionLog old = log();
        try {
            PartitionLog now;
            old.lock().lock();
            try {
                now = manager.futures().replace(PARTITION);
            } finally {
                old.lock().unlock();
            }
            if (now != null) {
                manager.futures().settle(old, now);
            }
        } catch (IOException failure) {
            // As in a broker: the directory is offline now, or the machine gone.
        }
    }

    /** Whether the records are there now. */
    boolean append(ByteBuf batch, int epoch) {
        AppendOutcome outcome = log().appendAsLeader(batch, epoch, AppendOrigin.CLIENT, time.nowMs());
        return outcome instanceof AppendOutcome.Appended;
    }

    /** Values by their offsets. */
    static Map<Long, String> records(PartitionLog log) throws IOException {
        Map<Long, String> records = new TreeMap<>();
        long offset = log.logStartOffset();
        while (offset < log.logEndOffset()) {
            long start = offset;
            long[] next = {offset};
            ByteBuf bytes = LogFixture.bytes(log.readFromDisk(offset, 2_000, true, Long.MAX_VALUE));
            Records.forEach(bytes, record -> {
                if (record.offset() >= start) {
                    records.put(
                            record.offset(),
                            StandardCharsets.UTF_8.decode(record.value()).toString());
                }
                next[0] = Math.max(next[0], record.offset() + 1);
            });
            assertThat(next[0]).isGreaterThan(offset);
            offset = next[0];
        }
        records.keySet().removeIf(before -> before < log.logStartOffset());
        return records;
    }

    List<String> children(String directory) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(directory))) {
            return files.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
