package io.barnabas.cluster.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.cluster.PartitionImage;
import io.barnabas.cluster.znodes.ConfigZnode;
import io.barnabas.cluster.znodes.PartitionStateZnode;
import io.barnabas.cluster.znodes.TopicZnode;
import io.barnabas.testkit.Seeds;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Whatever happens to brokers, sessions and connections: once it is over, the cluster is whole again. */
class ControllerSimulationTest {
    private static final int BROKERS = 4;
    private static final int STEPS = 40;

    @Test
    void recoversFromEveryMixOfFailures() {
        Seeds.forEach(150, random -> new Run(random).play());
    }

    private static final class Run {
        private final RandomGenerator random;
        private final SimulatedCluster cluster = new SimulatedCluster();
        private final Set<Integer> running = new HashSet<>();
        private final Map<String, Uuid> ids = new TreeMap<>();
        private final Map<TopicPartition, Integer> leaderEpochs = new HashMap<>();
        private final Set<String> everDeleted = new HashSet<>();
        private int topicsMade;

        Run(RandomGenerator random) {
            this.random = random;
        }

        void play() {
            start(1);
            for (int step = 0; step < STEPS; step++) {
                act();
                cluster.time().advanceMs(random.nextInt(4) == 0 ? 500 : random.nextInt(12));
                checkLeaderEpochs();
            }
            heal();
            checkThatAllIsWell();
        }

        private void act() {
            int broker = 1 + random.nextInt(BROKERS);
            switch (random.nextInt(10)) {
                case 0, 1 -> start(broker);
                case 2 -> crash(broker);
                case 3, 4 -> createTopic();
                case 5 -> deleteTopic();
                case 6 -> addPartitionWithAToolThatDropsIds();
                case 7 -> breakConnection(broker);
                case 8 -> expireSession(broker);
                default -> hideOrShow(broker);
            }
        }

        private void start(int broker) {
            if (running.add(broker)) {
                cluster.start(broker);
            }
        }

        private void crash(int broker) {
            if (running.remove(broker)) {
                cluster.broker(broker).crash();
            }
        }

        private void createTopic() {
            String name = "t" + topicsMade++;
            Uuid id = Uuid.random(random);
            ids.put(name, id);
            cluster.recallTopicId(name, id);
            List<List<Integer>> replicas = new ArrayList<>();
            for (int partition = 0; partition < 1 + random.nextInt(3); partition++) {
                replicas.add(someBrokers());
            }
            cluster.write("/config/topics/" + name, ConfigZnode.bytes(Map.of()));
            cluster.write(
                    "/brokers/topics/" + name, new TopicZnode(id, SimulatedCluster.assignments(replicas)).bytes());
        }

        private List<Integer> someBrokers() {
            List<Integer> all = new ArrayList<>();
            for (int broker = 1; broker <= BROKERS; broker++) {
                all.add(broker);
            }
            Collections.shuffle(all, new Random(random.nextLong()));
            return List.copyOf(all.subList(0, 1 + random.nextInt(3)));
        }

        private String someTopic() {
            List<String> names = ids.keySet().stream()
                    .filter(name -> cluster.server().contains("/brokers/topics/" + name))
                    .toList();
            return names.isEmpty() ? null : names.get(random.nextInt(names.size()));
        }

        private void deleteTopic() {
            String topic = someTopic();
            if (topic != null && everDeleted.add(topic)) {
                cluster.write("/admin/delete_topics/" + topic, new byte[0]);
            }
        }

        private void addPartitionWithAToolThatDropsIds() {
            String topic = someTopic();
            if (topic == null || everDeleted.contains(topic)) {
                return;
            }
            List<List<Integer>> replicas = new ArrayList<>();
            cluster.topic(topic).partitions().values().forEach(assignment -> replicas.add(assignment.replicas()));
            replicas.add(someBrokers());
            cluster.write(
                    "/brokers/topics/" + topic,
                    new TopicZnode(Uuid.ZERO, SimulatedCluster.assignments(replicas)).bytes());
        }

        private void breakConnection(int broker) {
            if (running.contains(broker) && isConnected(broker)) {
                cluster.broker(broker).store().disconnect(random.nextBoolean());
                cluster.time().advanceMs(random.nextInt(20));
                cluster.broker(broker).store().reconnect();
            }
        }

        private void expireSession(int broker) {
            if (running.contains(broker) && isConnected(broker)) {
                cluster.broker(broker).store().expireSession();
            }
        }

        /** A broker whose session has just expired has no new one yet. */
        private boolean isConnected(int broker) {
            return !cluster.broker(broker).store().session().isLost();
        }

        private void hideOrShow(int broker) {
            if (running.contains(broker)) {
                cluster.broker(broker).setReachable(random.nextBoolean());
            }
        }

        private void heal() {
            for (int broker = 1; broker <= BROKERS; broker++) {
                start(broker);
                cluster.broker(broker).setReachable(true);
            }
            cluster.time().advanceMs(30_000);
            assertThat(cluster.faults().faults()).isEmpty();
        }

        private void checkLeaderEpochs() {
            for (String topic : ids.keySet()) {
                for (int partition = 0; partition < 10; partition++) {
                    TopicPartition name = new TopicPartition(topic, partition);
                    PartitionStateZnode state = cluster.state(name);
                    if (state != null) {
                        assertThat(state.leaderEpoch()).isGreaterThanOrEqualTo(leaderEpochs.getOrDefault(name, 0));
                        leaderEpochs.put(name, state.leaderEpoch());
                    }
                }
            }
        }

        private void checkThatAllIsWell() {
            List<SimulatedBroker> reigning = new ArrayList<>();
            for (int broker : running) {
                if (cluster.broker(broker).controller().isActive()) {
                    reigning.add(cluster.broker(broker));
                }
            }
            assertThat(reigning).hasSize(1);
            assertThat(cluster.server().textOf("/controller"))
                    .contains("\"brokerid\":" + reigning.get(0).id() + ",");
            assertThat(cluster.server().textOf("/controller_epoch"))
                    .isEqualTo(Integer.toString(reigning.get(0).controller().epoch()));
            ids.forEach((topic, id) -> {
                assertThat(cluster.server().contains("/admin/delete_topics/" + topic))
                        .isFalse();
                if (everDeleted.contains(topic)) {
                    assertThat(cluster.server().contains("/brokers/topics/" + topic))
                            .isFalse();
                    running.forEach(broker -> assertThat(
                                    cluster.broker(broker).metadata().current().hasTopic(topic))
                            .isFalse());
                } else {
                    checkTopic(topic, id);
                }
            });
        }

        private void checkTopic(String topic, Uuid id) {
            TopicZnode znode = cluster.topic(topic);
            assertThat(znode.topicId()).isEqualTo(id);
            znode.partitions().forEach((partition, assignment) -> {
                TopicPartition name = new TopicPartition(topic, partition);
                PartitionStateZnode state = cluster.state(name);
                assertThat(state).as("state of %s", name).isNotNull();
                assertThat(state.isr()).as("in-sync set of %s", name).contains(state.leader());
                assertThat(assignment.replicas()).containsAll(state.isr());
                SimulatedBroker leader = cluster.broker(state.leader());
                assertThat(leader.role(name).leader()).isEqualTo(leader.id());
                assertThat(leader.role(name).leaderEpoch()).isEqualTo(state.leaderEpoch());
                assertThat(leader.topicId(name)).isEqualTo(id);
                for (int broker : running) {
                    PartitionImage image =
                            cluster.broker(broker).metadata().current().partition(name);
                    assertThat(image).as("%s at broker %s", name, broker).isNotNull();
                    assertThat(image.leader()).isEqualTo(state.leader());
                    assertThat(image.leaderEpoch()).isEqualTo(state.leaderEpoch());
                }
            });
        }
    }
}
