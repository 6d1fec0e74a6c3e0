package io.barnabas.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.cluster.znodes.BrokerEndpoint;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.UpdateMetadataRequest;
import io.barnabas.wire.message.UpdateMetadataRequest.UpdateMetadataBroker;
import io.barnabas.wire.message.UpdateMetadataRequest.UpdateMetadataEndpoint;
import io.barnabas.wire.message.UpdateMetadataRequest.UpdateMetadataPartitionState;
import io.barnabas.wire.message.UpdateMetadataRequest.UpdateMetadataTopicState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetadataCacheTest {
    private static final Uuid ID = new Uuid(1, 2);

    private final MetadataCache cache = new MetadataCache("cluster");

    private static UpdateMetadataRequest request(UpdateMetadataTopicState... topics) {
        UpdateMetadataBroker broker = new UpdateMetadataBroker()
                .id(1)
                .rack("r")
                .endpoints(List.of(
                        new UpdateMetadataEndpoint()
                                .host("in")
                                .port(9092)
                                .listener("IN")
                                .securityProtocol((short) 0),
                        new UpdateMetadataEndpoint()
                                .host("out")
                                .port(9093)
                                .listener("OUT")
                                .securityProtocol((short) 3)));
        return new UpdateMetadataRequest()
                .controllerId(1)
                .liveBrokers(List.of(broker))
                .topicStates(List.of(topics));
    }

    private static UpdateMetadataTopicState topic(String name, Uuid id, UpdateMetadataPartitionState... partitions) {
        return new UpdateMetadataTopicState().topicName(name).topicId(id).partitionStates(List.of(partitions));
    }

    private static UpdateMetadataPartitionState partition(int index, int leader) {
        return new UpdateMetadataPartitionState()
                .partitionIndex(index)
                .leader(leader)
                .leaderEpoch(4)
                .isr(new int[] {1})
                .replicas(new int[] {1, 2})
                .offlineReplicas(new int[] {2})
                .zkVersion(3);
    }

    @Test
    void beginsEmpty() {
        assertThat(cache.current().controllerId()).isEqualTo(-1);
        assertThat(cache.current().clusterId()).isEqualTo("cluster");
        assertThat(cache.current().topics()).isEmpty();
    }

    @Test
    void mergesPartitionsAndReplacesBrokers() {
        cache.apply(request(topic("t", ID, partition(0, 1))));
        MetadataImage first = cache.current();
        cache.apply(request(topic("u", Uuid.ZERO, partition(0, 1))));
        assertThat(cache.current().topic("t")).isSameAs(first.topic("t"));
        assertThat(first.hasTopic("u")).isFalse();
        cache.apply(request(topic("t", ID, partition(1, -1))).liveBrokers(List.of()));
        assertThat(cache.current().topic(ID).partitions()).containsOnlyKeys(0, 1);
        assertThat(cache.current().partition(new TopicPartition("t", 1)).leader())
                .isEqualTo(-1);
        assertThat(cache.current().brokers()).isEmpty();
    }

    @Test
    void knowsEachBrokersEndpointsByListener() {
        cache.apply(request());
        BrokerImage broker = cache.current().brokers().get(1);
        assertThat(broker.endpoint("OUT")).isEqualTo(new BrokerEndpoint("OUT", "out", 9093, "SASL_SSL"));
        assertThat(broker.endpoint("ELSE")).isNull();
        assertThat(broker.rack()).isEqualTo("r");
    }

    @Test
    void dropsDeletedTopicsWithTheirIds() {
        cache.apply(request(topic("t", ID, partition(0, 1), partition(1, 1))));
        List<TopicPartition> deleted = cache.apply(request(topic("t", ID, partition(0, -2), partition(1, -2))));
        assertThat(deleted).containsExactly(new TopicPartition("t", 0), new TopicPartition("t", 1));
        assertThat(cache.current().hasTopic("t")).isFalse();
        assertThat(cache.current().topic(ID)).isNull();
    }

    @Test
    void followsATopicThatWasMadeAnew() {
        cache.apply(request(topic("t", ID, partition(0, 1))));
        Uuid fresh = new Uuid(3, 4);
        cache.apply(request(topic("t", fresh, partition(0, 1))));
        assertThat(cache.current().topic(ID)).isNull();
        assertThat(cache.current().topic(fresh).name()).isEqualTo("t");
    }

    @Test
    void takesRequestsOfOldControllers() {
        cache.apply(request(topic("t", ID, partition(0, 1))));
        UpdateMetadataRequest old = new UpdateMetadataRequest()
                .controllerId(2)
                .liveBrokers(
                        List.of(new UpdateMetadataBroker().id(5).v0Host("h").v0Port(1)))
                .ungroupedPartitionStates(List.of(partition(1, 5).topicName("t")));
        cache.apply(old);
        assertThat(cache.current().topic("t").id()).isEqualTo(ID);
        assertThat(cache.current().topic("t").partition(1).leader()).isEqualTo(5);
        assertThat(cache.current().brokers().get(5).endpoint("PLAINTEXT").host())
                .isEqualTo("h");
    }

    @Test
    void tellsListenersOfTheNewImage() {
        List<MetadataImage> seen = new ArrayList<>();
        cache.listen(seen::add);
        cache.apply(request());
        assertThat(seen).containsExactly(cache.current());
    }
}
