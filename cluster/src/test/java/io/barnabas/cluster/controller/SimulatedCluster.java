package io.barnabas.cluster.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.cluster.registration.ClusterBase;
import io.barnabas.cluster.store.SimulatedClusterStore;
import io.barnabas.cluster.store.SimulatedZooKeeper;
import io.barnabas.cluster.znodes.ConfigZnode;
import io.barnabas.cluster.znodes.PartitionStateZnode;
import io.barnabas.cluster.znodes.ReplicaAssignment;
import io.barnabas.cluster.znodes.TopicZnode;
import io.barnabas.testkit.RecordedFaults;
import io.barnabas.testkit.Seeds;
import io.barnabas.testkit.SimulatedTime;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.AlterPartitionRequest;
import io.barnabas.wire.message.AlterPartitionResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A ZooKeeper and brokers without logs, in one thread and one simulated time. */
public final class SimulatedCluster {
    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedZooKeeper server = new SimulatedZooKeeper();
    private final RecordedFaults faults = new RecordedFaults();
    private final Map<Integer, SimulatedBroker> brokers = new TreeMap<>();
    private final Map<String, Uuid> recalledIds = new HashMap<>();
    private final Set<String> uncleanTopics = new HashSet<>();
    private boolean balancing;
    private boolean deleting = true;

    public SimulatedCluster() {
        SimulatedClusterStore store = new SimulatedClusterStore(server, time);
        await(store.start().thenCompose(session -> ClusterBase.prepare(session, Seeds.random(1))));
        store.close();
    }

    public SimulatedTime time() {
        return time;
    }

    public SimulatedZooKeeper server() {
        return server;
    }

    public RecordedFaults faults() {
        return faults;
    }

    public void setBalancing(boolean balancing) {
        this.balancing = balancing;
    }

    public void setDeleting(boolean deleting) {
        this.deleting = deleting;
    }

    public void recallTopicId(String topic, Uuid id) {
        recalledIds.put(topic, id);
    }

    public void allowUncleanElection(String topic) {
        uncleanTopics.add(topic);
    }

    /** A broker that begins now, or comes back with nothing in its memory. */
    public SimulatedBroker start(int id) {
        ControllerSettings settings = new ControllerSettings(
                id,
                "PLAINTEXT",
                deleting,
                balancing,
                300_000,
                10,
                uncleanTopics::contains,
                topic -> recalledIds.getOrDefault(topic, Uuid.ZERO),
                Seeds.random(id));
        SimulatedBroker broker = new SimulatedBroker(id, this, settings);
        brokers.put(id, broker);
        broker.start();
        settle();
        return broker;
    }

    public SimulatedBroker broker(int id) {
        return brokers.get(id);
    }

    /** Lets everything happen that follows from what was done. */
    public void settle() {
        time.advanceMs(2_000);
        assertThat(faults.faults()).isEmpty();
    }

    public <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        while (!future.isDone() && time.advanceToNextTask()) {
            // Each turn runs what comes next.
        }
        assertThat(future).isDone();
        return future.join();
    }

    /** As a tool of today writes a topic: settings, then partitions. */
    public Uuid createTopic(String name, List<List<Integer>> replicas) {
        Uuid id = Uuid.random(Seeds.random(name.hashCode()));
        write("/config/topics/" + name, ConfigZnode.bytes(Map.of()));
        write("/brokers/topics/" + name, new TopicZnode(id, assignments(replicas)).bytes());
        settle();
        return id;
    }

    public static TreeMap<Integer, ReplicaAssignment> assignments(List<List<Integer>> replicas) {
        TreeMap<Integer, ReplicaAssignment> assignments = new TreeMap<>();
        replicas.forEach(list -> assignments.put(assignments.size(), ReplicaAssignment.of(list)));
        return assignments;
    }

    public void write(String path, byte[] data) {
        server.write(path, new String(data, StandardCharsets.UTF_8));
    }

    public PartitionStateZnode state(TopicPartition partition) {
        String text = server.textOf(
                "/brokers/topics/" + partition.topic() + "/partitions/" + partition.partition() + "/state");
        return text == null
                ? null
                : PartitionStateZnode.parse(text.getBytes(StandardCharsets.UTF_8))
                        .orElseThrow();
    }

    public TopicZnode topic(String name) {
        return TopicZnode.parse(server.textOf("/brokers/topics/" + name).getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
    }

    /** Asks the controller, as the partition's leader, for another in-sync set. */
    AlterPartitionResponse.PartitionData alterIsr(TopicPartition partition, int... isr) {
        PartitionStateZnode now = state(partition);
        int partitionEpoch = server().statOf(
                        "/brokers/topics/" + partition.topic() + "/partitions/" + partition.partition() + "/state")
                .version();
        return alter(
                partition,
                new AlterPartitionRequest.PartitionData()
                        .partitionIndex(partition.partition())
                        .leaderEpoch(now.leaderEpoch())
                        .partitionEpoch(partitionEpoch)
                        .newIsrWithEpochs(Arrays.stream(isr)
                                .mapToObj(id -> new AlterPartitionRequest.BrokerState().brokerId(id))
                                .toList()));
    }

    AlterPartitionResponse.PartitionData alter(TopicPartition partition, AlterPartitionRequest.PartitionData wish) {
        SimulatedBroker leader = broker(state(partition).leader());
        AlterPartitionRequest request = new AlterPartitionRequest()
                .brokerId(leader.id())
                .brokerEpoch(leader.epoch())
                .topics(List.of(new AlterPartitionRequest.TopicData()
                        .topicId(topic(partition.topic()).topicId())
                        .partitions(List.of(wish))));
        AlterPartitionResponse answer = await(broker(1).controller().alterPartition(request));
        if (answer.errorCode() != 0) {
            throw new AssertionError(answer);
        }
        return answer.topics().get(0).partitions().get(0);
    }
}
