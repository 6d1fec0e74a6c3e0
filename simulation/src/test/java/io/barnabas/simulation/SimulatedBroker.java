package io.barnabas.simulation;

import io.barnabas.broker.ReplicaPartitionWriter;
import io.barnabas.cluster.MetadataCache;
import io.barnabas.cluster.consumers.ConsumerOffsets;
import io.barnabas.cluster.znodes.BrokerEndpoint;
import io.barnabas.config.BrokerConfig;
import io.barnabas.coordinator.PartitionWriter;
import io.barnabas.group.GroupCoordinator;
import io.barnabas.group.GroupSettings;
import io.barnabas.log.LogConfig;
import io.barnabas.log.LogManager;
import io.barnabas.log.LogManagerSettings;
import io.barnabas.log.cleaner.CleanerSettings;
import io.barnabas.replication.ControllerEpochs;
import io.barnabas.replication.LeadershipListener;
import io.barnabas.replication.Partition;
import io.barnabas.replication.PartitionConfig;
import io.barnabas.replication.ReplicaSettings;
import io.barnabas.replication.Replicas;
import io.barnabas.requests.ApiRegistry;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.BrokerAddresses;
import io.barnabas.requests.ClientConnection;
import io.barnabas.requests.Exchange;
import io.barnabas.requests.Metrics;
import io.barnabas.requests.Quotas;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.RequestDispatcher;
import io.barnabas.requests.TransactionVerifier;
import io.barnabas.requests.data.DataApis;
import io.barnabas.requests.data.DataPorts;
import io.barnabas.requests.group.GroupApis;
import io.barnabas.requests.group.GroupPorts;
import io.barnabas.requests.group.OffsetsTopic;
import io.barnabas.requests.group.TransactionsTopic;
import io.barnabas.requests.txn.CoordinatedVerifier;
import io.barnabas.requests.txn.MarkerWriter;
import io.barnabas.requests.txn.PartitionMarkers;
import io.barnabas.requests.txn.TransactionApis;
import io.barnabas.requests.txn.TransactionPorts;
import io.barnabas.runtime.Disk;
import io.barnabas.runtime.FaultHandler;
import io.barnabas.testkit.SameThreadPools;
import io.barnabas.testkit.SimulatedTime;
import io.barnabas.txn.ProducerIds;
import io.barnabas.txn.TransactionCoordinator;
import io.barnabas.txn.TransactionSettings;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.EncodedFrame;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.AllocateProducerIdsResponse;
import io.barnabas.wire.message.LeaderAndIsrRequest;
import io.barnabas.wire.message.UpdateMetadataRequest;
import io.barnabas.wire.record.RecordRules;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One life of the broker: the parts of production joined as the broker joins them, over a disk and a time that are
 * simulated. Requests come as bytes, as from a socket.
 */
final class SimulatedBroker {
    static final int TIMEOUT_CHECK_MS = 1_000;

    static final Path DIRECTORY = Path.of("/data");
    private static final BrokerConfig CONFIG = BrokerConfig.of(Map.of(
            "transaction.abort.timed.out.transaction.cleanup.interval.ms",
            Integer.toString(TIMEOUT_CHECK_MS),
            "offsets.commit.timeout.ms",
            "5000"));

    /** Small segments, so that they roll within transactions, and snapshots count. */
    private static final LogConfig LOG = LogConfig.builder()
            .segmentBytes(3_000)
            .segmentIndexBytes(1_000)
            .fileDeleteDelayMs(500)
            .build();

    private static final BrokerAddresses NOWHERE =
            (context, id) -> new BrokerEndpoint("PLAINTEXT", "broker-" + id, 9092, "PLAINTEXT");

    private final Life life;
    private final LogManager logs;
    private final Replicas replicas;
    private final MetadataCache metadata = new MetadataCache("simulated");
    private final GroupCoordinator groups;
    private final TransactionCoordinator transactions;
    private final RequestDispatcher dispatcher;
    private final ClientConnection connection;
    private final BooleanSupplier dying;
    private final Seams seams;
    private final Consumer<Throwable> complaints;

    /**
     * @param dying whether the disk has begun to fail, so that nothing more is heard of this broker
     * @param complaints hears of what must not happen
     */
    SimulatedBroker(
            SimulatedTime time,
            RandomGenerator random,
            Disk disk,
            BooleanSupplier dying,
            Seams seams,
            Supplier<AllocateProducerIdsResponse> blocks,
            Consumer<Throwable> complaints) {
        this.life = new Life(time, random);
        this.complaints = complaints;
        this.dying = dying;
        this.seams = seams;
        ExecutorService pool = life.pool();
        FaultHandler faults = (where, cause) -> complaints.accept(new Violation("fault in " + where, cause));
        logs = new LogManager(
                settings(),
                seams.disk(disk),
                time,
                life,
                new SameThreadPools(),
                pool,
                random,
                faults,
                (directory, lost, lastOne) -> {});
        replicas = new Replicas(
                logs,
                SimulatedBroker::config,
                new ReplicaSettings(SimulatedController.BROKER_ID, 30_000, id -> true),
                new ControllerEpochs(),
                () -> 0,
                new Leaderships(),
                time,
                Runnable::run);
        ByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;
        PartitionWriter writer = new ReplicaPartitionWriter(replicas, allocator);
        OffsetsTopic offsetsTopic = new OffsetsTopic(metadata, CONFIG, topic -> {});
        TransactionsTopic transactionsTopic = new TransactionsTopic(metadata, CONFIG, () -> {});
        ProducerIds producerIds = new ProducerIds(() -> block(blocks), time, life);
        groups = new GroupCoordinator(
                new GroupCoordinator.Environment(
                        GroupSettings.from(CONFIG),
                        GroupSettings.runtimeFrom(CONFIG),
                        writer,
                        time,
                        life,
                        pool,
                        pool,
                        faults),
                offsetsTopic,
                () -> random);
        MarkerWriter markers = new MarkerWriter(replicas, groups, allocator, time);
        transactions = new TransactionCoordinator(
                new TransactionCoordinator.Environment(
                        TransactionSettings.from(CONFIG),
                        TransactionSettings.runtimeFrom(CONFIG),
                        writer,
                        () -> 2,
                        time,
                        life,
                        pool,
                        pool,
                        faults),
                producerIds,
                seams.markers(
                        new PartitionMarkers(markers, metadata, SimulatedController.BROKER_ID, life, pool, time), life),
                transactionsTopic);
        TransactionVerifier verifier = seams.verifier(new CoordinatedVerifier(transactions, () -> true, life));
        ApiRegistry registry = new ApiRegistry();
        Authorizer authorizer = Authorizer.allowAll();
        Metrics metrics = Metrics.none();
        DataApis.register(
                registry,
                new DataPorts(
                        replicas,
                        metadata,
                        NOWHERE,
                        authorizer,
                        Quotas.none(),
                        metrics,
                        time,
                        life,
                        pool,
                        pool,
                        faults,
                        allocator,
                        random,
                        1 << 20,
                        10,
                        verifier));
        GroupApis.register(
                registry,
                new GroupPorts(
                        groups,
                        offsetsTopic,
                        transactionsTopic,
                        new ConsumerOffsets(new NoClusterStore()),
                        4_096,
                        metadata,
                        NOWHERE,
                        authorizer,
                        metrics,
                        time));
        TransactionApis.register(
                registry,
                new TransactionPorts(
                        transactions,
                        producerIds,
                        groups,
                        replicas,
                        metadata,
                        verifier,
                        markers,
                        authorizer,
                        metrics,
                        time));
        dispatcher = new RequestDispatcher(registry, metrics, faults);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        connection = new ClientConnection("simulated", "PLAINTEXT", loopback, 1, loopback, 9092, pool);
    }

    private static LogManagerSettings settings() {
        LogManagerSettings kafkas = LogManagerSettings.defaults(List.of(DIRECTORY));
        CleanerSettings cleaner = new CleanerSettings(true, 1, Double.MAX_VALUE, 64 << 10, 64 << 10, 0.9, 2_000);
        return new LogManagerSettings(
                kafkas.directories(),
                1,
                kafkas.maxOpenFiles(),
                64 << 10,
                kafkas.pageCacheBytes(),
                2_000,
                1_000,
                700,
                1_500,
                kafkas.producerExpirationMs(),
                kafkas.producerExpirationCheckMs(),
                cleaner);
    }

    private static PartitionConfig config(String topic) {
        boolean internal = topic.startsWith("__");
        LogConfig log = LOG.toBuilder()
                .compact(internal)
                .delete(!internal)
                .minCleanableDirtyRatio(0.1)
                .build();
        RecordRules rules =
                new RecordRules(1 << 20, null, 0, false, Long.MAX_VALUE, Long.MAX_VALUE, internal, 100 << 20);
        return new PartitionConfig(log, rules, 1, true);
    }

    /** Reads what is on the disk. */
    void start() throws IOException {
        logs.start(topic -> config(topic).log());
    }

    void apply(LeaderAndIsrRequest roles, UpdateMetadataRequest news) {
        metadata.apply(news);
        replicas.leaderAndIsr(roles);
    }

    /** Stops in good order. */
    void close() {
        transactions.close();
        groups.close();
        logs.close();
        life.end();
    }

    /** Nothing it was about to do happens any more. */
    void die() {
        life.end();
    }

    boolean isDead() {
        return life.isOver() || dying.getAsBoolean();
    }

    TransactionCoordinator transactions() {
        return transactions;
    }

    /** Null unless it leads the partition. */
    Partition led(TopicPartition name) {
        Partition partition = replicas.partition(name);
        return partition != null && partition.view().isLeader() ? partition : null;
    }

    /** A request has arrived. */
    void receive(int version, ApiMessage request, Consumer<ApiMessage> answer) {
        seams.arrived(request, this).thenAccept(taken -> {
            if (!isDead()) {
                dispatcher.dispatch(connection, frame(version, taken), new Answering(answer));
            }
        });
    }

    private static ByteBuf frame(int version, ApiMessage request) {
        EncodedFrame frame =
                EncodedFrame.request(1, "client", (short) version, request, UnpooledByteBufAllocator.DEFAULT);
        ByteBuf bytes = Unpooled.buffer();
        frame.parts().forEach(part -> bytes.writeBytes(((ByteBuf) part).duplicate()));
        return bytes.skipBytes(Integer.BYTES);
    }

    private CompletionStage<AllocateProducerIdsResponse> block(Supplier<AllocateProducerIdsResponse> blocks) {
        CompletableFuture<AllocateProducerIdsResponse> block = new CompletableFuture<>();
        life.schedule(3, () -> block.complete(blocks.get()));
        return block;
    }

    private final class Leaderships implements LeadershipListener {
        @Override
        public void elected(TopicPartition partition, int leaderEpoch) {
            if (partition.topic().equals(GroupCoordinator.TOPIC)) {
                groups.elected(partition.partition(), leaderEpoch);
            } else if (partition.topic().equals(TransactionCoordinator.TOPIC)) {
                transactions.elected(partition.partition(), leaderEpoch);
            }
        }

        @Override
        public void resigned(TopicPartition partition, int leaderEpoch) {
            if (partition.topic().equals(GroupCoordinator.TOPIC)) {
                groups.resigned(partition.partition(), OptionalInt.of(leaderEpoch));
            } else if (partition.topic().equals(TransactionCoordinator.TOPIC)) {
                transactions.resigned(partition.partition(), OptionalInt.of(leaderEpoch));
            }
        }
    }

    /** Passes the answer on; nobody hears of a dead broker's. */
    private final class Answering implements Exchange {
        private final Consumer<ApiMessage> answer;

        private Answering(Consumer<ApiMessage> answer) {
            this.answer = answer;
        }

        @Override
        public void bytesNotNeeded() {}

        @Override
        public void mayContinue() {}

        @Override
        public void answer(RequestContext context, ApiMessage response) {
            if (!isDead()) {
                answer.accept(response);
            }
        }

        @Override
        public void endSilently() {
            complaints.accept(new Violation("a request without an answer"));
        }

        @Override
        public void close(String reason) {
            complaints.accept(new Violation("connection closed: " + reason));
        }
    }
}
