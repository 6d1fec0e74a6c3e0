package io.barnabas.replication;

import io.barnabas.log.LogConfig;
import io.barnabas.log.LogManager;
import io.barnabas.log.LogManagerSettings;
import io.barnabas.runtime.Disk;
import io.barnabas.runtime.ThreadPools;
import io.barnabas.testkit.RecordedFaults;
import io.barnabas.testkit.SameThread;
import io.barnabas.testkit.Seeds;
import io.barnabas.testkit.SimulatedTime;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.LeaderAndIsrRequest;
import io.barnabas.wire.message.LeaderAndIsrRequest.LeaderAndIsrPartitionState;
import io.barnabas.wire.message.LeaderAndIsrRequest.LeaderAndIsrTopicState;
import io.barnabas.wire.message.LeaderAndIsrResponse;
import io.barnabas.wire.record.RecordBatchBuilder;
import io.barnabas.wire.record.RecordRules;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/** Broker 1's replicas on a real log manager in a temporary directory; the mailbox runs when the test says so. */
final class ReplicaFixture implements AutoCloseable {
    static final int LOCAL_ID = 1;
    static final long BROKER_EPOCH = 40;

    final SimulatedTime time = new SimulatedTime();
    final Queue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
    final Set<Integer> liveBrokers = new HashSet<>(Set.of(1, 2, 3));
    final List<String> leadership = new ArrayList<>();
    final RecordedFaults faults = new RecordedFaults();
    final ThreadPools pools = new ThreadPools();
    final LogManager logs;
    final Replicas replicas;
    int minInSyncReplicas = 1;

    boolean durableAcks;
    LogConfig logConfig = LogConfig.defaults();

    ReplicaFixture(Path directory) throws IOException {
        this(directory, Disk.local(), new SameThread());
    }

    ReplicaFixture(Path directory, Disk disk, Executor fsyncs) throws IOException {
        this(List.of(directory), disk, new SameThread(), fsyncs);
    }

    ReplicaFixture(List<Path> directories, Disk disk, ExecutorService diskIo, Executor fsyncs) throws IOException {
        logs = new LogManager(
                LogManagerSettings.defaults(directories),
                disk,
                time,
                time,
                pools,
                diskIo,
                fsyncs,
                Seeds.random(1),
                faults,
                (failed, partitions, lastOne) -> logsFailed(partitions));
        logs.start(topic -> LogConfig.defaults());
        replicas = new Replicas(
                logs,
                topic -> config(),
                new ReplicaSettings(LOCAL_ID, 30_000, liveBrokers::contains),
                new ControllerEpochs(),
                () -> BROKER_EPOCH,
                new RecordedLeadership(),
                time,
                mailbox::add);
    }

    private void logsFailed(List<TopicPartition> partitions) {
        replicas.logsFailed(partitions);
    }

    PartitionConfig config() {
        RecordRules rules = new RecordRules(1 << 20, null, 0, false, Long.MAX_VALUE, Long.MAX_VALUE, false, 100 << 20);
        return new PartitionConfig(logConfig, rules, minInSyncReplicas, true, durableAcks);
    }

    /** A request as a 3.9 controller sends it. */
    static LeaderAndIsrRequest request(String topic, Uuid topicId, LeaderAndIsrPartitionState... states) {
        return new LeaderAndIsrRequest()
                .controllerId(9)
                .controllerEpoch(5)
                .brokerEpoch(BROKER_EPOCH)
                .topicStates(List.of(new LeaderAndIsrTopicState()
                        .topicName(topic)
                        .topicId(topicId)
                        .partitionStates(List.of(states))));
    }

    static LeaderAndIsrPartitionState state(int index, int leader, int leaderEpoch, int[] replicas, int[] inSync) {
        return new LeaderAndIsrPartitionState()
                .partitionIndex(index)
                .leader(leader)
                .leaderEpoch(leaderEpoch)
                .partitionEpoch(leaderEpoch)
                .controllerEpoch(5)
                .replicas(replicas)
                .isr(inSync)
                .isNew(leaderEpoch == 0);
    }

    LeaderAndIsrResponse apply(LeaderAndIsrRequest request) {
        return run(replicas.leaderAndIsr(request));
    }

    /** A partition that this broker leads in epoch 0. */
    Partition lead(String topic, int index, int[] replicas, int[] inSync) {
        apply(request(topic, topicId(topic), state(index, LOCAL_ID, 0, replicas, inSync)));
        return this.replicas.partition(new TopicPartition(topic, index));
    }

    static Uuid topicId(String topic) {
        return new Uuid(4, topic.hashCode());
    }

    <T> T run(CompletionStage<T> stage) {
        for (Runnable task = mailbox.poll(); task != null; task = mailbox.poll()) {
            task.run();
        }
        return stage.toCompletableFuture().join();
    }

    /** A batch of so many records. */
    ByteBuf batch(int records) {
        RecordBatchBuilder builder = new RecordBatchBuilder(ByteBufAllocator.DEFAULT);
        for (int i = 0; i < records; i++) {
            builder.append(time.nowMs(), null, ("value " + i).getBytes(StandardCharsets.UTF_8), List.of());
        }
        return builder.build();
    }

    @Override
    public void close() {
        logs.close();
        pools.close();
    }

    private final class RecordedLeadership implements LeadershipListener {
        @Override
        public void elected(TopicPartition partition, int leaderEpoch) {
            leadership.add("elected " + partition + " in " + leaderEpoch);
        }

        @Override
        public void resigned(TopicPartition partition, int leaderEpoch) {
            leadership.add("resigned " + partition + " in " + leaderEpoch);
        }
    }
}
