package io.barnabas.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.coordinator.PartitionWriter;
import io.barnabas.coordinator.PartitionWriter.AppendRefused;
import io.barnabas.coordinator.PartitionWriter.Appended;
import io.barnabas.coordinator.PartitionWriter.Chunk;
import io.barnabas.coordinator.PartitionWriter.ReadRefused;
import io.barnabas.coordinator.PartitionWriter.Subscription;
import io.barnabas.log.LogConfig;
import io.barnabas.log.LogManager;
import io.barnabas.log.LogManagerSettings;
import io.barnabas.replication.ControllerEpochs;
import io.barnabas.replication.LeadershipListener;
import io.barnabas.replication.PartitionConfig;
import io.barnabas.replication.ReplicaSettings;
import io.barnabas.replication.Replicas;
import io.barnabas.runtime.Disk;
import io.barnabas.runtime.ThreadPools;
import io.barnabas.testkit.RecordedFaults;
import io.barnabas.testkit.Seeds;
import io.barnabas.testkit.SimulatedTime;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.LeaderAndIsrRequest;
import io.barnabas.wire.message.LeaderAndIsrRequest.LeaderAndIsrPartitionState;
import io.barnabas.wire.message.LeaderAndIsrRequest.LeaderAndIsrTopicState;
import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.RecordBatchBuilder;
import io.barnabas.wire.record.RecordRules;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaPartitionWriterTest {
    private static final TopicPartition PARTITION = new TopicPartition("__consumer_offsets", 0);
    private static final int EPOCH = 3;

    @TempDir
    Path directory;

    private final SimulatedTime time = new SimulatedTime();
    private final RecordedFaults faults = new RecordedFaults();
    private final ThreadPools pools = new ThreadPools();
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private LogManager logs;
    private Replicas replicas;
    private ReplicaPartitionWriter writer;

    @BeforeEach
    void start() throws Exception {
        logs = new LogManager(
                LogManagerSettings.defaults(List.of(directory)),
                Disk.local(),
                time,
                time,
                pools,
                pools.pool("disk", 1),
                Seeds.random(1),
                faults,
                (failed, partitions, lastOne) -> {});
        logs.start(topic -> LogConfig.defaults());
        RecordRules rules = new RecordRules(1 << 20, null, 0, false, Long.MAX_VALUE, Long.MAX_VALUE, false, 1 << 20);
        replicas = new Replicas(
                logs,
                topic -> new PartitionConfig(LogConfig.defaults(), rules, 1, true),
                new ReplicaSettings(1, 30_000, id -> true),
                new ControllerEpochs(),
                () -> 0,
                new Nobody(),
                time,
                Runnable::run);
        writer = new ReplicaPartitionWriter(replicas, allocator);
        lead(EPOCH);
    }

    @AfterEach
    void stop() {
        logs.close();
        pools.close();
        assertThat(faults.faults()).isEmpty();
    }

    @Test
    void readsBackWholeBatchesThatItAppended() {
        assertThat(append(2)).isEqualTo(new Appended(0, 2));
        assertThat(append(3)).isEqualTo(new Appended(2, 5));
        assertThat(writer.committedOffset(PARTITION)).isEqualTo(5);

        ByteBuf all = read(0, 1 << 20);
        ByteBuf first = read(0, BatchHeader.sizeInBytes(all, 0) + 10);
        ByteBuf none = read(5, 1 << 20);

        assertThat(BatchHeader.baseOffset(all, BatchHeader.sizeInBytes(all, 0))).isEqualTo(2);
        assertThat(first.readableBytes()).isEqualTo(BatchHeader.sizeInBytes(all, 0));
        assertThat(none.readableBytes()).isZero();
        List.of(all, first, none).forEach(ByteBuf::release);
    }

    @Test
    void refusesInAnotherLeaderEpochAndForPartitionsOfOthers() {
        TopicPartition elsewhere = new TopicPartition("__consumer_offsets", 9);
        ByteBuf batch = batch(1);

        assertThat(writer.append(PARTITION, EPOCH - 1, batch, PartitionWriter.Proof.NONE))
                .isEqualTo(new AppendRefused(ErrorCode.NOT_LEADER_OR_FOLLOWER));
        assertThat(writer.append(elsewhere, EPOCH, batch, PartitionWriter.Proof.NONE))
                .isEqualTo(new AppendRefused(ErrorCode.NOT_LEADER_OR_FOLLOWER));
        assertThat(writer.read(PARTITION, EPOCH - 1, 0, 100)).isEqualTo(new ReadRefused(ErrorCode.FENCED_LEADER_EPOCH));
        assertThat(writer.committedOffset(elsewhere)).isZero();
        batch.release();
    }

    @Test
    void tellsWhenMoreIsCommittedUntilTheSubscriptionEnds() {
        AtomicInteger told = new AtomicInteger();
        Subscription subscription = writer.onCommitted(PARTITION, told::incrementAndGet);
        append(1);
        assertThat(told.get()).isEqualTo(1);

        subscription.cancel();
        append(1);

        assertThat(told.get()).isEqualTo(1);
    }

    private Object append(int records) {
        ByteBuf batch = batch(records);
        try {
            return writer.append(PARTITION, EPOCH, batch, PartitionWriter.Proof.NONE);
        } finally {
            batch.release();
        }
    }

    private ByteBuf read(long from, int maxBytes) {
        return ((Chunk) writer.read(PARTITION, EPOCH, from, maxBytes)).batches();
    }

    private ByteBuf batch(int records) {
        RecordBatchBuilder builder = new RecordBatchBuilder(allocator);
        for (int i = 0; i < records; i++) {
            builder.append(time.nowMs(), null, new byte[100], List.of());
        }
        return builder.build();
    }

    private void lead(int epoch) {
        LeaderAndIsrPartitionState state = new LeaderAndIsrPartitionState()
                .partitionIndex(0)
                .leader(1)
                .leaderEpoch(epoch)
                .partitionEpoch(epoch)
                .controllerEpoch(1)
                .replicas(new int[] {1})
                .isr(new int[] {1})
                .isNew(true);
        replicas.leaderAndIsr(new LeaderAndIsrRequest()
                .controllerId(1)
                .controllerEpoch(1)
                .topicStates(List.of(new LeaderAndIsrTopicState()
                        .topicName(PARTITION.topic())
                        .topicId(new Uuid(1, 2))
                        .partitionStates(List.of(state)))));
    }

    private static final class Nobody implements LeadershipListener {
        @Override
        public void elected(TopicPartition partition, int leaderEpoch) {}

        @Override
        public void resigned(TopicPartition partition, int leaderEpoch) {}
    }
}
