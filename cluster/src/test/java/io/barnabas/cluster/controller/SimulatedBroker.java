package io.barnabas.cluster.controller;

import io.barnabas.cluster.BrokerLink;
import io.barnabas.cluster.LiveBroker;
import io.barnabas.cluster.MetadataCache;
import io.barnabas.cluster.registration.BrokerRegistration;
import io.barnabas.cluster.registration.RegistrationOutcome;
import io.barnabas.cluster.store.SimulatedClusterStore;
import io.barnabas.cluster.znodes.BrokerEndpoint;
import io.barnabas.cluster.znodes.BrokerZnode;
import io.barnabas.runtime.SerialMailbox;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.LeaderAndIsrRequest;
import io.barnabas.wire.message.LeaderAndIsrRequest.LeaderAndIsrPartitionState;
import io.barnabas.wire.message.LeaderAndIsrRequest.LeaderAndIsrTopicState;
import io.barnabas.wire.message.LeaderAndIsrResponse;
import io.barnabas.wire.message.LeaderAndIsrResponse.LeaderAndIsrPartitionError;
import io.barnabas.wire.message.LeaderAndIsrResponse.LeaderAndIsrTopicError;
import io.barnabas.wire.message.StopReplicaRequest;
import io.barnabas.wire.message.StopReplicaRequest.StopReplicaPartitionState;
import io.barnabas.wire.message.StopReplicaRequest.StopReplicaTopicState;
import io.barnabas.wire.message.StopReplicaResponse;
import io.barnabas.wire.message.UpdateMetadataRequest;
import io.barnabas.wire.message.UpdateMetadataResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A broker without logs: registers, stands for election, and plays the receiving side of roles and metadata by the
 * rules of Kafka's brokers. Confined to the thread of its test.
 */
public final class SimulatedBroker {
    private final int id;
    private final SimulatedCluster cluster;
    private final SimulatedClusterStore store;
    private final Controller controller;
    private final BrokerRegistration registration;
    private final MetadataCache metadata = new MetadataCache("simulated");
    private final Map<TopicPartition, LeaderAndIsrPartitionState> roles = new TreeMap<>();
    private final Map<TopicPartition, Uuid> ids = new HashMap<>();
    private final Set<TopicPartition> deleted = new TreeSet<>();
    private final Set<TopicPartition> onFailedDirectory = new HashSet<>();
    private final List<String> log = new ArrayList<>();
    private int highestControllerEpoch;
    private boolean alive = true;
    private boolean reachable = true;

    SimulatedBroker(int id, SimulatedCluster cluster, ControllerSettings settings) {
        this.id = id;
        this.cluster = cluster;
        this.store = new SimulatedClusterStore(cluster.server(), cluster.time());
        Executor pool = task -> cluster.time().schedule(0, task);
        SerialMailbox mailbox = new SerialMailbox("controller " + id, pool, cluster.faults());
        this.controller =
                new Controller(settings, this::link, cluster.time(), cluster.time(), mailbox, cluster.faults());
        BrokerEndpoint endpoint = new BrokerEndpoint("PLAINTEXT", "host" + id, 9092, "PLAINTEXT");
        BrokerRegistration.Identity identity = new BrokerRegistration.Identity(
                id,
                () -> new BrokerZnode(
                        List.of(endpoint), null, -1, cluster.time().nowMs()),
                18_000);
        this.registration = new BrokerRegistration(
                identity,
                store,
                endpoints -> CompletableFuture.completedFuture(Optional.empty()),
                cluster.time(),
                mailbox,
                (session, outcome) -> {
                    if (outcome instanceof RegistrationOutcome.Registered) {
                        controller.registered(session);
                    }
                });
    }

    void start() {
        controller.follow(store);
        store.start().thenRun(() -> registration.start());
    }

    /** The process vanishes; ZooKeeper notices when the session has run out. */
    public void crash() {
        alive = false;
        controller.close();
        store.crash();
        cluster.server().expire(store);
    }

    public void setReachable(boolean reachable) {
        this.reachable = reachable;
    }

    public void failDirectoryOf(TopicPartition partition) {
        onFailedDirectory.add(partition);
    }

    public int id() {
        return id;
    }

    public Controller controller() {
        return controller;
    }

    public SimulatedClusterStore store() {
        return store;
    }

    public MetadataCache metadata() {
        return metadata;
    }

    public long epoch() {
        return registration.brokerEpoch();
    }

    /** The newest role of a partition on this broker; null for none. */
    public LeaderAndIsrPartitionState role(TopicPartition partition) {
        return roles.get(partition);
    }

    public Uuid topicId(TopicPartition partition) {
        return ids.get(partition);
    }

    public Set<TopicPartition> deleted() {
        return deleted;
    }

    /** What arrived, in order. */
    public List<String> log() {
        return log;
    }

    private BrokerLink link(LiveBroker target) {
        SimulatedBroker broker = cluster.broker(target.id());
        return new BrokerLink() {
            @Override
            public CompletionStage<LeaderAndIsrResponse> leaderAndIsr(LeaderAndIsrRequest request) {
                return broker.later(() -> broker.onLeaderAndIsr(request));
            }

            @Override
            public CompletionStage<StopReplicaResponse> stopReplica(StopReplicaRequest request) {
                return broker.later(() -> broker.onStopReplica(request));
            }

            @Override
            public CompletionStage<UpdateMetadataResponse> updateMetadata(UpdateMetadataRequest request) {
                return broker.later(() -> broker.onUpdateMetadata(request));
            }
        };
    }

    private <T> CompletionStage<T> later(Supplier<T> handler) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        cluster.time().schedule(1, () -> {
            if (alive && reachable) {
                answer.complete(handler.get());
            } else {
                answer.completeExceptionally(new java.io.IOException("broker " + id + " cannot be reached"));
            }
        });
        return answer;
    }

    private ErrorCode fence(int controllerEpoch, long brokerEpoch) {
        if (brokerEpoch < epoch()) {
            return ErrorCode.STALE_BROKER_EPOCH;
        } else if (controllerEpoch < highestControllerEpoch) {
            return ErrorCode.STALE_CONTROLLER_EPOCH;
        }
        highestControllerEpoch = controllerEpoch;
        return ErrorCode.NONE;
    }

    private LeaderAndIsrResponse onLeaderAndIsr(LeaderAndIsrRequest request) {
        log.add("LeaderAndIsr");
        ErrorCode fenced = fence(request.controllerEpoch(), request.brokerEpoch());
        if (fenced != ErrorCode.NONE) {
            return new LeaderAndIsrResponse().errorCode(fenced.code());
        }
        List<LeaderAndIsrTopicError> topics = new ArrayList<>();
        for (LeaderAndIsrTopicState topic : request.topicStates()) {
            topics.add(new LeaderAndIsrTopicError()
                    .topicId(topic.topicId())
                    .partitionErrors(topic.partitionStates().stream()
                            .map(partition -> new LeaderAndIsrPartitionError()
                                    .partitionIndex(partition.partitionIndex())
                                    .errorCode(take(topic, partition).code()))
                            .toList()));
        }
        return new LeaderAndIsrResponse().topics(topics);
    }

    private ErrorCode take(LeaderAndIsrTopicState topic, LeaderAndIsrPartitionState state) {
        TopicPartition partition = new TopicPartition(topic.topicName(), state.partitionIndex());
        LeaderAndIsrPartitionState known = roles.get(partition);
        if (onFailedDirectory.contains(partition)) {
            return ErrorCode.KAFKA_STORAGE_ERROR;
        } else if (ids.containsKey(partition) && !ids.get(partition).equals(topic.topicId())) {
            return ErrorCode.INCONSISTENT_TOPIC_ID;
        } else if (known != null && state.leaderEpoch() <= known.leaderEpoch()) {
            return ErrorCode.STALE_CONTROLLER_EPOCH;
        }
        ids.put(partition, topic.topicId());
        roles.put(partition, state);
        return ErrorCode.NONE;
    }

    private StopReplicaResponse onStopReplica(StopReplicaRequest request) {
        log.add("StopReplica");
        ErrorCode fenced = fence(request.controllerEpoch(), request.brokerEpoch());
        if (fenced != ErrorCode.NONE) {
            return new StopReplicaResponse().errorCode(fenced.code());
        }
        for (StopReplicaTopicState topic : request.topicStates()) {
            for (StopReplicaPartitionState state : topic.partitionStates()) {
                TopicPartition partition = new TopicPartition(topic.topicName(), state.partitionIndex());
                if (state.deletePartition()) {
                    roles.remove(partition);
                    ids.remove(partition);
                    deleted.add(partition);
                }
            }
        }
        return new StopReplicaResponse();
    }

    private UpdateMetadataResponse onUpdateMetadata(UpdateMetadataRequest request) {
        log.add("UpdateMetadata");
        ErrorCode fenced = fence(request.controllerEpoch(), request.brokerEpoch());
        if (fenced == ErrorCode.NONE) {
            metadata.apply(request);
        }
        return new UpdateMetadataResponse().errorCode(fenced.code());
    }
}
