package io.barnabas.requests.data;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.cluster.znodes.BrokerEndpoint;
import io.barnabas.log.LogConfig;
import io.barnabas.log.LogManager;
import io.barnabas.log.LogManagerSettings;
import io.barnabas.replication.ControllerEpochs;
import io.barnabas.replication.LeadershipListener;
import io.barnabas.replication.Partition;
import io.barnabas.replication.PartitionConfig;
import io.barnabas.replication.ReplicaSettings;
import io.barnabas.replication.Replicas;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.ClientConnection;
import io.barnabas.requests.Metrics;
import io.barnabas.requests.Quotas;
import io.barnabas.requests.RequestContext;
import io.barnabas.runtime.Disk;
import io.barnabas.runtime.ThreadPools;
import io.barnabas.runtime.Timers;
import io.barnabas.testkit.RecordedFaults;
import io.barnabas.testkit.SameThread;
import io.barnabas.testkit.Seeds;
import io.barnabas.testkit.SimulatedTime;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.LeaderAndIsrRequest;
import io.barnabas.wire.message.LeaderAndIsrRequest.LeaderAndIsrPartitionState;
import io.barnabas.wire.message.LeaderAndIsrRequest.LeaderAndIsrTopicState;
import io.barnabas.wire.message.StopReplicaRequest;
import io.barnabas.wire.message.StopReplicaRequest.StopReplicaPartitionState;
import io.barnabas.wire.message.StopReplicaRequest.StopReplicaTopicState;
import io.barnabas.wire.message.UpdateMetadataRequest;
import io.barnabas.wire.message.UpdateMetadataRequest.UpdateMetadataPartitionState;
import io.barnabas.wire.message.UpdateMetadataRequest.UpdateMetadataTopicState;
import io.barnabas.wire.record.Compression;
import io.barnabas.wire.record.RecordRules;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * The data path of broker 1 over a real log manager in a temporary directory. Time moves when told to; the event loop,
 * the codec pool and the disk pool run what they were given when told to.
 */
final class DataFixture implements AutoCloseable {
    static final int LOCAL_ID = 1;
    static final int OTHER_ID = 2;

    /** Tasks that wait until the test runs them. */
    static final class Tasks {
        private final Queue<Runnable> waiting = new ArrayDeque<>();

        void add(Runnable task) {
            waiting.add(task);
        }

        int count() {
            return waiting.size();
        }

        void run() {
            for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
                task.run();
            }
        }
    }

    final SimulatedTime time = new SimulatedTime();
    final Tasks loop = new Tasks();
    final Tasks codec = new Tasks();
    final Tasks diskIo = new Tasks();
    final RecordedFaults faults = new RecordedFaults();
    final AnsweringVerifier verifier = new AnsweringVerifier();
    final MetadataCache metadata = new MetadataCache("test-cluster");
    final Map<String, PartitionConfig> configs = new HashMap<>();
    final LogManager logs;
    final Replicas replicas;
    final DataPorts ports;
    LogConfig logConfig = LogConfig.defaults();
    RecordRules rules = rules(null);
    int minInSyncReplicas = 1;
    boolean durableAcks;
    final Tasks fsyncs = new Tasks();
    private final ThreadPools pools = new ThreadPools();
    private final PartitionLookup lookup;
    private int metadataEpoch;

    DataFixture(Path directory) throws IOException {
        this(directory, Authorizer.allowAll());
    }

    DataFixture(Path directory, Authorizer authorizer) throws IOException {
        logs = new LogManager(
                LogManagerSettings.defaults(List.of(directory)),
                Disk.local(),
                time,
                time,
                pools,
                new SameThread(),
                fsyncs::add,
                Seeds.random(1),
                faults,
                (failed, partitions, lastOne) -> {});
        logs.start(topic -> LogConfig.defaults());
        replicas = new Replicas(
                logs,
                topic -> configs.computeIfAbsent(
                        topic, unknown -> new PartitionConfig(logConfig, rules, minInSyncReplicas, true, durableAcks)),
                new ReplicaSettings(LOCAL_ID, 30_000, id -> true),
                new ControllerEpochs(),
                () -> 0,
                new NobodyListens(),
                time,
                Runnable::run);
        ports = new DataPorts(
                replicas,
                metadata,
                (context, id) -> new BrokerEndpoint("PLAINTEXT", "broker-" + id, 9090 + id, "PLAINTEXT"),
                authorizer,
                Quotas.none(),
                Metrics.none(),
                time,
                time,
                codec::add,
                diskIo::add,
                faults,
                ByteBufAllocator.DEFAULT,
                Seeds.random(2),
                57_671_680,
                1_000,
                verifier);
        lookup = new PartitionLookup(replicas, metadata);
    }

    static RecordRules rules(Compression target) {
        int level = target == null ? 0 : target.defaultLevel();
        return new RecordRules(1_048_588, target, level, false, Long.MAX_VALUE, Long.MAX_VALUE, false, 100 << 20);
    }

    PartitionLookup lookup() {
        return lookup;
    }

    ProduceHandler produceHandler() {
        return DataApis.produce(lookup, ports);
    }

    FetchHandler fetchHandler() {
        return DataApis.fetch(lookup, ports);
    }

    FetchHandler fetchHandler(Timers timers) {
        return DataApis.fetch(
                lookup,
                new DataPorts(
                        replicas,
                        metadata,
                        ports.addresses(),
                        ports.authorizer(),
                        ports.quotas(),
                        ports.metrics(),
                        ports.clock(),
                        timers,
                        ports.codec(),
                        ports.diskIo(),
                        faults,
                        ports.allocator(),
                        Seeds.random(3),
                        ports.fetchMaxBytes(),
                        ports.fetchSessionSlots(),
                        ports.transactions()));
    }

    static Uuid topicId(String topic) {
        return new Uuid(4, topic.hashCode());
    }

    /** This broker leads so many partitions of the topic, alone. */
    void lead(String topic, int partitions) {
        for (int i = 0; i < partitions; i++) {
            role(topic, i, LOCAL_ID, 0, new int[] {LOCAL_ID}, new int[] {LOCAL_ID});
        }
    }

    /** The controller says who leads: to this broker, and to everybody's metadata. */
    Partition role(String topic, int index, int leader, int epoch, int[] replicaIds, int[] inSync) {
        LeaderAndIsrPartitionState state = new LeaderAndIsrPartitionState()
                .partitionIndex(index)
                .leader(leader)
                .leaderEpoch(epoch)
                .partitionEpoch(epoch)
                .replicas(replicaIds)
                .isr(inSync)
                .isNew(true);
        replicas.leaderAndIsr(new LeaderAndIsrRequest()
                .brokerEpoch(-1)
                .topicStates(List.of(new LeaderAndIsrTopicState()
                        .topicName(topic)
                        .topicId(topicId(topic))
                        .partitionStates(List.of(state)))));
        announce(topic, index, leader, epoch);
        return replicas.partition(new TopicPartition(topic, index));
    }

    /** A partition that everybody has heard of, whether or not it is here. */
    void announce(String topic, int index, int leader, int epoch) {
        metadata.apply(new UpdateMetadataRequest()
                .controllerEpoch(metadataEpoch++)
                .topicStates(List.of(new UpdateMetadataTopicState()
                        .topicName(topic)
                        .topicId(topicId(topic))
                        .partitionStates(List.of(new UpdateMetadataPartitionState()
                                .partitionIndex(index)
                                .leader(leader)
                                .leaderEpoch(epoch)
                                .isr(new int[] {leader})
                                .replicas(new int[] {leader}))))));
    }

    void delete(String topic, int index) {
        replicas.stopReplica(new StopReplicaRequest()
                .brokerEpoch(-1)
                .topicStates(List.of(new StopReplicaTopicState()
                        .topicName(topic)
                        .partitionStates(List.of(new StopReplicaPartitionState()
                                .partitionIndex(index)
                                .leaderEpoch(-2)
                                .deletePartition(true))))));
    }

    RequestContext context(ApiKey api, int version) {
        return context(api, version, "test-client");
    }

    RequestContext context(ApiKey api, int version, String clientId) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        ClientConnection connection = new ClientConnection("test", "PLAINTEXT", loopback, 1, loopback, 9092, loop::add);
        return new RequestContext(connection, api, (short) version, 7, clientId);
    }

    @Override
    public void close() {
        logs.close();
        pools.close();
    }

    private static final class NobodyListens implements LeadershipListener {
        @Override
        public void elected(TopicPartition partition, int leaderEpoch) {}

        @Override
        public void resigned(TopicPartition partition, int leaderEpoch) {}
    }
}
