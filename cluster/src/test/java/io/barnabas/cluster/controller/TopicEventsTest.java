package io.barnabas.cluster.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.cluster.MetadataImage;
import io.barnabas.cluster.znodes.PartitionStateZnode;
import io.barnabas.cluster.znodes.ReplicaAssignment;
import io.barnabas.cluster.znodes.TopicZnode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the controller makes of topics that come, change and go. */
class TopicEventsTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final TopicPartition T1 = new TopicPartition("t", 1);

    private final SimulatedCluster cluster = new SimulatedCluster();

    @AfterEach
    void expectNoFaults() {
        assertThat(cluster.faults().faults()).isEmpty();
    }

    @Test
    void makesPartitionsOfANewTopicAndTellsEveryone() {
        SimulatedBroker one = cluster.start(1);
        SimulatedBroker two = cluster.start(2);
        Uuid id = cluster.createTopic("t", List.of(List.of(1, 2), List.of(2, 1)));
        assertThat(cluster.state(T0)).isEqualTo(new PartitionStateZnode(1, 0, List.of(1, 2), false, 1));
        assertThat(cluster.state(T1)).isEqualTo(new PartitionStateZnode(2, 0, List.of(2, 1), false, 1));
        assertThat(one.role(T0).leader()).isEqualTo(1);
        assertThat(one.role(T0).isNew()).isTrue();
        assertThat(two.role(T0).isr()).containsExactly(1, 2);
        assertThat(two.topicId(T0)).isEqualTo(id);
        MetadataImage seen = two.metadata().current();
        assertThat(seen.topic(id).name()).isEqualTo("t");
        assertThat(seen.partition(T1).leader()).isEqualTo(2);
    }

    @Test
    void leavesDeadReplicasOutOfTheFirstInSyncSet() {
        cluster.start(1);
        cluster.createTopic("t", List.of(List.of(2, 1)));
        assertThat(cluster.state(T0)).isEqualTo(new PartitionStateZnode(1, 0, List.of(1), false, 1));
    }

    @Test
    void beginsAPartitionWhoseReplicasWereAllDeadWhenOneComes() {
        cluster.start(1);
        cluster.createTopic("t", List.of(List.of(2)));
        assertThat(cluster.state(T0)).isNull();
        cluster.start(2);
        assertThat(cluster.state(T0).leader()).isEqualTo(2);
    }

    @Test
    void givesATopicOfAnOldToolAnId() {
        SimulatedBroker one = cluster.start(1);
        cluster.server().write("/brokers/topics/t", "{\"version\":1,\"partitions\":{\"0\":[1]}}");
        cluster.settle();
        Uuid id = cluster.topic("t").topicId();
        assertThat(id).isNotEqualTo(Uuid.ZERO);
        assertThat(cluster.server().statOf("/brokers/topics/t").version()).isEqualTo(1);
        assertThat(one.topicId(T0)).isEqualTo(id);
        assertThat(one.metadata().current().topicId("t")).isEqualTo(id);
    }

    @Test
    void putsBackTheIdThatAnOldToolDropsWhenItAddsPartitions() {
        SimulatedBroker one = cluster.start(1);
        Uuid id = cluster.createTopic("t", List.of(List.of(1)));
        cluster.server().write("/brokers/topics/t", "{\"version\":1,\"partitions\":{\"0\":[1],\"1\":[1]}}");
        cluster.settle();
        assertThat(cluster.topic("t").topicId()).isEqualTo(id);
        assertThat(one.topicId(T1)).isEqualTo(id);
        assertThat(cluster.state(T1).leader()).isEqualTo(1);
    }

    @Test
    void findsTheIdAgainInItsOwnFilesWhenItWasDroppedWhileNobodyReigned() {
        SimulatedBroker one = cluster.start(1);
        Uuid id = cluster.createTopic("t", List.of(List.of(1)));
        one.crash();
        cluster.server().write("/brokers/topics/t", "{\"version\":1,\"partitions\":{\"0\":[1],\"1\":[1]}}");
        cluster.recallTopicId("t", id);
        SimulatedBroker again = cluster.start(1);
        assertThat(cluster.topic("t").topicId()).isEqualTo(id);
        assertThat(again.topicId(T0)).isEqualTo(id);
    }

    @Test
    void addsPartitionsAndIgnoresOtherChangesOfKnownOnes() {
        SimulatedBroker one = cluster.start(1);
        Uuid id = cluster.createTopic("t", List.of(List.of(1)));
        TreeMap<Integer, ReplicaAssignment> changed = SimulatedCluster.assignments(List.of(List.of(9), List.of(1)));
        cluster.write("/brokers/topics/t", new TopicZnode(id, changed).bytes());
        cluster.settle();
        assertThat(cluster.state(T1).leader()).isEqualTo(1);
        assertThat(one.role(T1).isNew()).isTrue();
        assertThat(one.metadata().current().partition(T0).replicas()).containsExactly(1);
    }

    @Test
    void deletesATopicEverywhere() {
        SimulatedBroker one = cluster.start(1);
        SimulatedBroker two = cluster.start(2);
        cluster.createTopic("t", List.of(List.of(1, 2), List.of(2, 1)));
        cluster.server().write("/admin/delete_topics/t", "");
        cluster.settle();
        assertThat(cluster.server().contains("/brokers/topics/t")).isFalse();
        assertThat(cluster.server().contains("/config/topics/t")).isFalse();
        assertThat(cluster.server().contains("/admin/delete_topics/t")).isFalse();
        assertThat(one.deleted()).containsExactly(T0, T1);
        assertThat(two.deleted()).containsExactly(T0, T1);
        assertThat(one.metadata().current().hasTopic("t")).isFalse();
        cluster.createTopic("t", List.of(List.of(2)));
        assertThat(two.role(T0).isNew()).isTrue();
        assertThat(one.metadata().current().partition(T0).leader()).isEqualTo(2);
    }

    @Test
    void haltsADeletionUntilTheDeadReplicaIsBack() {
        cluster.start(1);
        SimulatedBroker two = cluster.start(2);
        cluster.createTopic("t", List.of(List.of(1, 2)));
        two.crash();
        cluster.settle();
        cluster.server().write("/admin/delete_topics/t", "");
        cluster.settle();
        assertThat(cluster.server().contains("/brokers/topics/t")).isTrue();
        SimulatedBroker back = cluster.start(2);
        assertThat(cluster.server().contains("/brokers/topics/t")).isFalse();
        assertThat(back.deleted()).containsExactly(T0);
    }

    @Test
    void goesOnWithADeletionThatItsPredecessorBegan() {
        SimulatedBroker one = cluster.start(1);
        SimulatedBroker two = cluster.start(2);
        cluster.createTopic("t", List.of(List.of(1, 2)));
        two.setReachable(false);
        cluster.server().write("/admin/delete_topics/t", "");
        cluster.settle();
        one.crash();
        two.setReachable(true);
        cluster.settle();
        assertThat(cluster.server().contains("/brokers/topics/t")).isTrue();
        cluster.start(1);
        assertThat(cluster.server().contains("/brokers/topics/t")).isFalse();
    }

    @Test
    void clearsAwayTheWishToDeleteAnUnknownTopic() {
        cluster.start(1);
        cluster.server().write("/admin/delete_topics/x", "");
        cluster.settle();
        assertThat(cluster.server().contains("/admin/delete_topics/x")).isFalse();
    }

    @Test
    void deletesNothingWhereThatIsSwitchedOff() {
        cluster.setDeleting(false);
        cluster.start(1);
        cluster.createTopic("t", List.of(List.of(1)));
        cluster.server().write("/admin/delete_topics/t", "");
        cluster.settle();
        assertThat(cluster.server().contains("/brokers/topics/t")).isTrue();
        assertThat(cluster.server().contains("/admin/delete_topics/t")).isFalse();
    }
}
