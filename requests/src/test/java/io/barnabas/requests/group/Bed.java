package io.barnabas.requests.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.cluster.consumers.ConsumerOffsets;
import io.barnabas.cluster.store.SimulatedClusterStore;
import io.barnabas.cluster.store.SimulatedZooKeeper;
import io.barnabas.cluster.znodes.BrokerEndpoint;
import io.barnabas.config.BrokerConfig;
import io.barnabas.config.BrokerKeys;
import io.barnabas.coordinator.DeferredExecutor;
import io.barnabas.coordinator.MemoryPartitions;
import io.barnabas.group.GroupCoordinator;
import io.barnabas.group.GroupSettings;
import io.barnabas.requests.ApiRegistry;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.ClientConnection;
import io.barnabas.requests.DecodedAnswer;
import io.barnabas.requests.Frames;
import io.barnabas.requests.Metrics;
import io.barnabas.requests.RequestDispatcher;
import io.barnabas.requests.ResourceType;
import io.barnabas.requests.txn.CoordinatedVerifier;
import io.barnabas.requests.txn.TransactionApis;
import io.barnabas.requests.txn.TransactionPorts;
import io.barnabas.testkit.RecordedFaults;
import io.barnabas.testkit.Seeds;
import io.barnabas.testkit.SimulatedTime;
import io.barnabas.txn.MarkerSender;
import io.barnabas.txn.Markers;
import io.barnabas.txn.ProducerIds;
import io.barnabas.txn.TransactionCoordinator;
import io.barnabas.txn.TransactionSettings;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.AllocateProducerIdsResponse;
import io.barnabas.wire.message.UpdateMetadataRequest;
import io.barnabas.wire.message.UpdateMetadataRequest.UpdateMetadataPartitionState;
import io.barnabas.wire.message.UpdateMetadataRequest.UpdateMetadataTopicState;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The APIs about groups on a coordinator with one partition in memory; requests and answers go through their bytes. */
public final class Bed {
    public static final Uuid T1 = new Uuid(1, 1);
    public static final int INITIAL_DELAY_MS = 3000;

    public final SimulatedTime time = new SimulatedTime();
    public final MetadataCache metadata = new MetadataCache("cluster");
    public final List<InternalTopicCreation.InternalTopic> created = new ArrayList<>();
    public final Set<String> forbidden = new HashSet<>();
    public final MemoryPartitions partitions = new MemoryPartitions();
    public final GroupCoordinator groups;
    public final List<CompletableFuture<AllocateProducerIdsResponse>> blocks = new ArrayList<>();
    public final TransactionCoordinator transactions;
    public int transactionsTopicCreations;
    public final SimulatedZooKeeper zooKeeper = new SimulatedZooKeeper();
    private final SimulatedClusterStore store = new SimulatedClusterStore(zooKeeper, time);
    private final RecordedFaults faults = new RecordedFaults();
    private final RequestDispatcher dispatcher;
    private final ClientConnection connection;

    public Bed() {
        BrokerConfig config = BrokerConfig.of(Map.of("offsets.topic.num.partitions", "1"));
        OffsetsTopic offsetsTopic = new OffsetsTopic(metadata, config, created::add);
        groups = new GroupCoordinator(
                new GroupCoordinator.Environment(
                        GroupSettings.from(config),
                        GroupSettings.runtimeFrom(config),
                        partitions,
                        time,
                        time,
                        Runnable::run,
                        new DeferredExecutor(),
                        faults),
                offsetsTopic,
                () -> Seeds.random(1));
        connection = new ClientConnection(
                "c",
                "PLAINTEXT",
                InetAddress.getLoopbackAddress(),
                4711,
                InetAddress.getLoopbackAddress(),
                9092,
                Runnable::run);
        Authorizer authorizer = (context, operation, type, name) ->
                type == ResourceType.CLUSTER ? forbidden.isEmpty() : !forbidden.contains(name);
        ApiRegistry registry = new ApiRegistry();
        GroupApis.register(
                registry,
                new GroupPorts(
                        groups,
                        offsetsTopic,
                        new TransactionsTopic(metadata, config, () -> transactionsTopicCreations++),
                        new ConsumerOffsets(store),
                        config.get(BrokerKeys.OFFSET_METADATA_MAX_BYTES),
                        metadata,
                        (context, broker) -> broker == 0
                                ? new BrokerEndpoint(
                                        "PLAINTEXT", context.reachedHost(), context.reachedPort(), "PLAINTEXT")
                                : null,
                        authorizer,
                        Metrics.none(),
                        time));
        ProducerIds producerIds = new ProducerIds(this::allocate, time, time);
        transactions = new TransactionCoordinator(
                new TransactionCoordinator.Environment(
                        TransactionSettings.from(config),
                        TransactionSettings.runtimeFrom(config),
                        partitions,
                        () -> 2,
                        time,
                        time,
                        Runnable::run,
                        new DeferredExecutor(),
                        faults),
                producerIds,
                new NoMarkers(),
                () -> 1);
        TransactionApis.register(
                registry,
                new TransactionPorts(
                        transactions,
                        producerIds,
                        groups,
                        null,
                        metadata,
                        new CoordinatedVerifier(transactions, () -> true, time),
                        null,
                        authorizer,
                        Metrics.none(),
                        time));
        dispatcher = new RequestDispatcher(registry, Metrics.none(), faults);
    }

    /** Topic t1 with two partitions, and the groups' own with one, which this broker leads. */
    public Bed ready() {
        topic("t1", T1, 0, 0);
        topic(GroupCoordinator.TOPIC, new Uuid(9, 9), 0);
        groups.elected(0, 1);
        store.start();
        time.advanceMs(10);
        zooKeeper.write("/consumers", "");
        return this;
    }

    /** @param leaders of its partitions */
    public void topic(String name, Uuid id, int... leaders) {
        List<UpdateMetadataPartitionState> states = new ArrayList<>();
        for (int i = 0; i < leaders.length; i++) {
            states.add(new UpdateMetadataPartitionState().partitionIndex(i).leader(leaders[i]));
        }
        metadata.apply(new UpdateMetadataRequest()
                .topicStates(List.of(new UpdateMetadataTopicState()
                        .topicName(name)
                        .topicId(id)
                        .partitionStates(states))));
    }

    /** The answer, which must be there. */
    public <R extends ApiMessage> R call(int version, ApiMessage request) {
        CompletableFuture<R> answer = start(version, request);
        assertThat(faults.faults()).isEmpty();
        assertThat(answer).isDone();
        return answer.join();
    }

    public <R extends ApiMessage> CompletableFuture<R> start(int version, ApiMessage request) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        dispatcher.dispatch(connection, Frames.request(1, "me", version, request), new DecodedAnswer<>(answer));
        return answer;
    }

    private CompletableFuture<AllocateProducerIdsResponse> allocate() {
        CompletableFuture<AllocateProducerIdsResponse> block = new CompletableFuture<>();
        blocks.add(block);
        return block;
    }

    /** Transactions stay prepared. */
    private static final class NoMarkers implements MarkerSender {
        @Override
        public CompletionStage<Boolean> send(int coordinatorPartition, Markers markers) {
            return new CompletableFuture<>();
        }

        @Override
        public void forget(int coordinatorPartition) {}
    }
}
