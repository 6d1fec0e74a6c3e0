package io.barnabas.cluster.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class ReplicaPlacementTest {

    private static List<ReplicaPlacement.Broker> brokers(String... racks) {
        List<ReplicaPlacement.Broker> brokers = new ArrayList<>();
        for (int id = 0; id < racks.length; id++) {
            brokers.add(new ReplicaPlacement.Broker(id, racks[id]));
        }
        return brokers;
    }

    private static List<ReplicaPlacement.Broker> withoutRacks(int count) {
        return brokers(new String[count]);
    }

    @Test
    void goesOnWhereTheTopicBegan() {
        // Broker 1 leads partition 0; Kafka's table for five brokers, begun there.
        SortedMap<Integer, List<Integer>> added = new ReplicaPlacement(withoutRacks(5)).ofMorePartitions(1, 6, 3, 1);
        assertThat(added.get(1)).isEqualTo(List.of(2, 4, 0));
        assertThat(added.get(4)).isEqualTo(List.of(0, 2, 3));
        assertThat(added.get(5)).isEqualTo(List.of(1, 4, 0));
        assertThat(added).hasSize(6).containsKeys(1, 6);
    }

    @Test
    @Acceptance(35)
    void spreadsLeadersEvenly() {
        Seeds.forEach(200, random -> {
            int brokers = 1 + random.nextInt(7);
            int partitions = 1 + random.nextInt(40);
            int factor = 1 + random.nextInt(brokers);
            SortedMap<Integer, List<Integer>> placed =
                    new ReplicaPlacement(withoutRacks(brokers)).ofNewTopic(partitions, factor, random);
            Map<Integer, Integer> led = new HashMap<>();
            placed.values().forEach(replicas -> {
                assertThat(new HashSet<>(replicas)).hasSize(factor);
                led.merge(replicas.get(0), 1, Integer::sum);
            });
            assertThat(placed).hasSize(partitions);
            assertThat(led.values()).allMatch(count -> count <= (partitions + brokers - 1) / brokers);
        });
    }

    @Test
    void usesAsManyRacksAsItCan() {
        Seeds.forEach(200, random -> {
            String[] racks = new String[2 + random.nextInt(7)];
            Arrays.setAll(racks, id -> "rack" + random.nextInt(3));
            int distinct = new HashSet<>(List.of(racks)).size();
            int factor = 1 + random.nextInt(racks.length);
            new ReplicaPlacement(brokers(racks))
                    .ofNewTopic(20, factor, random)
                    .values()
                    .forEach(replicas -> {
                        assertThat(new HashSet<>(replicas)).hasSize(factor);
                        assertThat(replicas.stream()
                                        .map(id -> racks[id])
                                        .distinct()
                                        .count())
                                .isEqualTo(Math.min(distinct, factor));
                    });
        });
    }

    @Test
    void alternatesBetweenRacks() {
        // Kafka's example: brokers 0 to 5, one start and shift of 0.
        ReplicaPlacement placement =
                new ReplicaPlacement(brokers("rack1", "rack3", "rack3", "rack2", "rack2", "rack1"));
        SortedMap<Integer, List<Integer>> placed = placement.ofMorePartitions(0, 7, 3, 0);
        assertThat(placed.get(0)).isEqualTo(List.of(0, 3, 1));
        assertThat(placed.get(3)).isEqualTo(List.of(5, 4, 2));
        assertThat(placed.get(6)).isEqualTo(List.of(0, 4, 2));
    }

    @Test
    void seesWhenOnlySomeBrokersNameARack() {
        assertThat(ReplicaPlacement.racksAreMixed(brokers("a", null))).isTrue();
        assertThat(ReplicaPlacement.racksAreMixed(brokers("a", "b"))).isFalse();
        assertThat(ReplicaPlacement.racksAreMixed(withoutRacks(2))).isFalse();
    }
}
