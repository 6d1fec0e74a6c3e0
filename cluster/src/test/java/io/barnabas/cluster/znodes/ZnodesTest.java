package io.barnabas.cluster.znodes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Texts on the left are what a cluster of Kafka 3.9.2, and the tools named, wrote. */
class ZnodesTest {

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    @Test
    void writesARegistrationAsKafkaDoes() {
        BrokerZnode broker = new BrokerZnode(
                List.of(new BrokerEndpoint("PLAINTEXT", "127.0.0.1", 29092, "PLAINTEXT")), null, 29992, 1795143091205L);
        String kafkas = "{\"features\":{},\"listener_security_protocol_map\":{\"PLAINTEXT\":\"PLAINTEXT\"},"
                + "\"endpoints\":[\"PLAINTEXT://127.0.0.1:29092\"],\"jmx_port\":29992,\"port\":29092,"
                + "\"host\":\"127.0.0.1\",\"version\":5,\"timestamp\":\"1795143091205\"}";
        assertThat(text(broker.bytes())).isEqualTo(kafkas);
        assertThat(BrokerZnode.parse(bytes(kafkas))).contains(broker);
    }

    @Test
    void namesNoPlainAddressWhereThereIsNone() {
        BrokerZnode broker = new BrokerZnode(List.of(new BrokerEndpoint("OUT", "::1", 9093, "SSL")), "r1", -1, 7);
        assertThat(text(broker.bytes()))
                .contains("\"port\":-1,\"host\":null")
                .contains("\"OUT://[::1]:9093\"")
                .contains("\"rack\":\"r1\"");
        assertThat(BrokerZnode.parse(broker.bytes())).contains(broker);
    }

    @Test
    void readsRegistrationsOfOldBrokers() {
        assertThat(BrokerZnode.parse(
                        bytes("{\"version\":1,\"host\":\"h\",\"port\":9092,\"jmx_port\":-1,\"timestamp\":\"5\"}")))
                .contains(
                        new BrokerZnode(List.of(new BrokerEndpoint("PLAINTEXT", "h", 9092, "PLAINTEXT")), null, -1, 5));
        assertThat(BrokerZnode.parse(bytes("{\"version\":2,\"endpoints\":[\"SSL://h:1\"],\"timestamp\":5}"))
                        .orElseThrow()
                        .endpoints())
                .containsExactly(new BrokerEndpoint("SSL", "h", 1, "SSL"));
    }

    @Test
    void readsAndWritesTopicsOfEveryVersion() {
        String kafkas = "{\"partitions\":{\"0\":[1,2],\"1\":[2,3]},\"topic_id\":\"EWJ5mk5YTQSIWntBb82vAA\","
                + "\"adding_replicas\":{},\"removing_replicas\":{},\"version\":3}";
        TopicZnode topic = TopicZnode.parse(bytes(kafkas)).orElseThrow();
        assertThat(topic.topicId()).isEqualTo(Uuid.fromString("EWJ5mk5YTQSIWntBb82vAA"));
        assertThat(topic.partitions().get(1)).isEqualTo(ReplicaAssignment.of(List.of(2, 3)));
        assertThat(text(topic.bytes())).isEqualTo(kafkas);

        TopicZnode old = TopicZnode.parse(bytes("{\"version\":1,\"partitions\":{\"0\":[1,2]}}"))
                .orElseThrow();
        assertThat(old.topicId()).isEqualTo(Uuid.ZERO);
        assertThat(text(old.bytes())).doesNotContain("topic_id");
    }

    @Test
    void keepsWhatIsKnownOfAMovingPartition() {
        String kafkas = "{\"partitions\":{\"0\":[3,2,1]},\"adding_replicas\":{\"0\":[3]},"
                + "\"removing_replicas\":{\"0\":[1]},\"version\":3}";
        TopicZnode topic = TopicZnode.parse(bytes(kafkas)).orElseThrow();
        assertThat(topic.partitions().get(0))
                .isEqualTo(new ReplicaAssignment(List.of(3, 2, 1), List.of(3), List.of(1)));
        assertThat(text(topic.bytes())).isEqualTo(kafkas);
    }

    @Test
    void readsAndWritesPartitionStates() {
        String kafkas = "{\"controller_epoch\":5,\"leader\":1,\"version\":1,\"leader_recovery_state\":1,"
                + "\"leader_epoch\":3,\"isr\":[1]}";
        PartitionStateZnode state = new PartitionStateZnode(1, 3, List.of(1), true, 5);
        assertThat(PartitionStateZnode.parse(bytes(kafkas))).contains(state);
        assertThat(text(state.bytes())).isEqualTo(kafkas);
        assertThat(text(new PartitionStateZnode(2, 0, List.of(2, 3), false, 1).bytes()))
                .isEqualTo("{\"controller_epoch\":1,\"leader\":2,\"version\":1,\"leader_epoch\":0,\"isr\":[2,3]}");
    }

    @Test
    void readsConfigChangesOfBothVersionsAndPassesOverTheRest() {
        assertThat(ConfigChangeZnode.entity(bytes("{\"version\":2,\"entity_path\":\"brokers/<default>\"}")))
                .contains("brokers/<default>");
        assertThat(ConfigChangeZnode.entity(bytes("{\"version\":1,\"entity_type\":\"topics\",\"entity_name\":\"t1\"}")))
                .contains("topics/t1");
        assertThat(ConfigChangeZnode.entity(bytes("rubbish"))).isEmpty();
        assertThat(text(ConfigChangeZnode.bytes("topics/t1")))
                .isEqualTo("{\"version\":2,\"entity_path\":\"topics/t1\"}");
    }

    @Test
    void readsAndWritesSettings() {
        assertThat(text(ConfigZnode.bytes(Map.of()))).isEqualTo("{\"version\":1,\"config\":{}}");
        assertThat(ConfigZnode.parse(bytes("{\"version\":1,\"config\":{\"retention.ms\":\"1\",\"n\":2}}")))
                .isEqualTo(new TreeMap<>(Map.of("retention.ms", "1", "n", "2")));
        assertThat(ConfigZnode.parse(new byte[0])).isEmpty();
    }

    @Test
    void readsAndWritesTheSmallNodes() {
        assertThat(text(ControllerZnode.bytes(1, 1795143092271L)))
                .isEqualTo(
                        "{\"version\":2,\"brokerid\":1,\"timestamp\":\"1795143092271\",\"kraftControllerEpoch\":-1}");
        assertThat(ControllerZnode.brokerId(bytes("{\"version\":1,\"brokerid\":4,\"timestamp\":\"1\"}")))
                .hasValue(4);
        assertThat(text(ClusterIdZnode.bytes("BfiXP3nESTCEGi1ODDQBGg")))
                .isEqualTo("{\"version\":\"1\",\"id\":\"BfiXP3nESTCEGi1ODDQBGg\"}");
        assertThat(text(ProducerIdBlockZnode.first(1).bytes()))
                .isEqualTo("{\"version\":1,\"broker\":1,\"block_start\":\"0\",\"block_end\":\"999\"}");
        assertThat(ProducerIdBlockZnode.parse(
                        ProducerIdBlockZnode.first(1).next(2).bytes()))
                .contains(new ProducerIdBlockZnode(2, 1000, 1999));
        assertThat(ProducerIdBlockZnode.parse(new byte[0])).isEmpty();
        assertThat(text(FeatureZnode.bytes())).isEqualTo("{\"features\":{},\"version\":2,\"status\":1}");
        assertThat(PartitionListZnode.parse(
                        bytes("{\"version\":1,\"partitions\":[{\"topic\":\"t1\",\"partition\":1}]}")))
                .isEqualTo(Set.of(new TopicPartition("t1", 1)));
        assertThat(LogDirEventZnode.brokerId(bytes("{\"version\":1,\"broker\":4,\"event\":1}")))
                .hasValue(4);
    }
}
