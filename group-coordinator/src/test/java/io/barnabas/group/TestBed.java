package io.barnabas.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.coordinator.AppliedBatch;
import io.barnabas.coordinator.DeferredExecutor;
import io.barnabas.coordinator.MemoryPartitions;
import io.barnabas.coordinator.RuntimeSettings;
import io.barnabas.testkit.RecordedFaults;
import io.barnabas.testkit.Seeds;
import io.barnabas.testkit.SimulatedTime;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.record.Compression;
import io.barnabas.wire.record.RecordIterator;
import io.barnabas.wire.record.RecordView;
import io.barnabas.wire.record.Records;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** A group coordinator with one partition in memory, on one thread, with simulated time. */
final class TestBed {
    static final TopicPartition LOG = new TopicPartition(GroupCoordinator.TOPIC, 0);
    static final int INITIAL_DELAY_MS = 3000;
    static final int SESSION_MS = 10_000;
    static final int REBALANCE_MS = 60_000;
    static final long RETENTION_MS = 7 * 24 * 3_600_000L;
    static final long CHECK_MS = 600_000;
    static final GroupSettings SETTINGS =
            new GroupSettings(6000, 1_800_000, Integer.MAX_VALUE, INITIAL_DELAY_MS, 4096, RETENTION_MS, CHECK_MS);

    final SimulatedTime time = new SimulatedTime();
    final MemoryPartitions partitions = new MemoryPartitions();
    final DeferredExecutor loaders = new DeferredExecutor();
    final RecordedFaults faults = new RecordedFaults();
    final GroupCoordinator groups;
    private GroupMachine newest;
    private int epoch;

    TestBed() {
        this(SETTINGS);
    }

    TestBed(GroupSettings settings) {
        this(settings, Seeds.random(7));
    }

    TestBed(GroupSettings settings, RandomGenerator random) {
        groups = new GroupCoordinator(
                () -> 1,
                new GroupCoordinator.Environment(
                        settings,
                        new RuntimeSettings(5000, 1000, Compression.NONE),
                        partitions,
                        time,
                        time,
                        Runnable::run,
                        loaders,
                        faults),
                () -> newest = new GroupMachine(settings, random));
        lead();
    }

    static GroupSettings withMaxSize(int members) {
        return new GroupSettings(6000, 1_800_000, members, INITIAL_DELAY_MS, 4096, RETENTION_MS, CHECK_MS);
    }

    void lead() {
        groups.elected(0, ++epoch);
    }

    /** The coordinator forgets everything and reads its partition. */
    void restart() {
        groups.resigned(0, OptionalInt.of(++epoch));
        lead();
    }

    /** What the log holds, in its order. */
    List<GroupRecord> records() {
        List<GroupRecord> records = new ArrayList<>();
        partitions.batches(LOG).forEach(batch -> records.addAll(records(batch)));
        return records;
    }

    private static List<GroupRecord> records(ByteBuf batch) {
        List<GroupRecord> records = new ArrayList<>();
        try (RecordIterator iterator = new RecordIterator(batch, Records.NO_BOUND, ByteBufAllocator.DEFAULT)) {
            for (RecordView record = iterator.next(); record != null; record = iterator.next()) {
                records.add(new GroupRecordCodec().decode(record.key(), record.value()));
            }
        }
        return records;
    }

    /** The state itself. */
    GroupMachine machine() {
        return newest;
    }

    /** What somebody else would make of the log. */
    GroupMachine replayed() {
        GroupMachine fresh = new GroupMachine(SETTINGS, Seeds.random(8));
        long baseOffset = 0;
        for (ByteBuf batch : partitions.batches(LOG)) {
            for (GroupRecord record : records(batch)) {
                fresh.apply(record, new AppliedBatch(baseOffset, -1, false));
            }
            baseOffset++;
        }
        return fresh;
    }

    Client client(String group) {
        return new Client(this, group);
    }

    /** Two members with an assignment each, generation 1; the first one leads. */
    List<Client> stableGroup(String group) {
        Client first = client(group);
        Client second = client(group);
        first.joins();
        second.joins();
        time.advanceMs(2 * INITIAL_DELAY_MS);
        first.joined();
        second.joined();
        first.syncs(Map.of(first.id, bytes("one"), second.id, bytes("two")));
        second.syncs(Map.of());
        first.synced();
        second.synced();
        return List.of(first, second);
    }

    String stateOf(String group) {
        return now(groups.describe(group)).state();
    }

    ErrorCode commit(String group, TopicPartition partition, long offset) {
        return now(groups.commit(new CommitRequest(group, "", null, -1, Map.of(partition, offset(offset)))))
                .get(partition);
    }

    CommittedOffset offset(long offset) {
        return new CommittedOffset(offset, 0, "", time.nowMs(), CommittedOffset.NO_TIMESTAMP);
    }

    /** -1 when there is none. */
    long committed(String group, TopicPartition partition) {
        return now(groups.fetch(group, List.of(partition), false))
                .offsets()
                .get(partition)
                .offset();
    }

    static <T> T now(CompletionStage<T> stage) {
        CompletableFuture<T> answer = stage.toCompletableFuture();
        assertThat(answer).isDone();
        return answer.join();
    }

    static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
