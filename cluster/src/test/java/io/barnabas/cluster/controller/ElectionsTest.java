package io.barnabas.cluster.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.cluster.znodes.PartitionStateZnode;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class ElectionsTest {
    private static final List<Integer> REPLICAS = List.of(1, 2, 3);

    private static IntPredicate live(Integer... brokers) {
        return List.of(brokers)::contains;
    }

    private static PartitionStateZnode state(int leader, Integer... isr) {
        return new PartitionStateZnode(leader, 5, List.of(isr), false, 1);
    }

    @Test
    void begunPartitionsAreInSyncWithAllLiveReplicas() {
        assertThat(Elections.first(REPLICAS, live(2, 3), 4))
                .contains(new PartitionStateZnode(2, 0, List.of(2, 3), false, 4));
        assertThat(Elections.first(REPLICAS, live(), 4)).isEmpty();
    }

    @Test
    void theNextLeaderIsTheFirstReplicaThatIsLiveAndInSync() {
        assertThat(Elections.afterLeaderLoss(REPLICAS, state(1, 3, 1, 2), live(2, 3), false))
                .contains(new PartitionStateZnode(2, 6, List.of(3, 2), false, 1));
        assertThat(Elections.afterLeaderLoss(REPLICAS, state(1, 1), live(2, 3), false))
                .isEmpty();
    }

    @Test
    void anUncleanLeaderIsAloneInSyncAndMarked() {
        assertThat(Elections.afterLeaderLoss(REPLICAS, state(1, 1), live(2, 3), true))
                .contains(new PartitionStateZnode(2, 6, List.of(2), true, 1));
        assertThat(Elections.afterLeaderLoss(REPLICAS, state(1, 1), live(), true))
                .isEmpty();
    }

    @Test
    void thePreferredReplicaLeadsOnlyWhenItCan() {
        assertThat(Elections.preferred(REPLICAS, state(2, 1, 2), live(1, 2)))
                .contains(new PartitionStateZnode(1, 6, List.of(1, 2), false, 1));
        assertThat(Elections.preferred(REPLICAS, state(1, 1, 2), live(1, 2))).isEmpty();
        assertThat(Elections.preferred(REPLICAS, state(2, 2), live(1, 2))).isEmpty();
        assertThat(Elections.preferred(REPLICAS, state(2, 1, 2), live(2))).isEmpty();
    }

    @Test
    void aBrokerThatStopsGivesUpLeadershipAndPlace() {
        assertThat(Elections.beforeShutdown(REPLICAS, state(1, 1, 2, 3), live(1, 2, 3), Set.of(1)))
                .contains(new PartitionStateZnode(2, 6, List.of(2, 3), false, 1));
        assertThat(Elections.beforeShutdown(REPLICAS, state(1, 1), live(1, 2, 3), Set.of(1)))
                .isEmpty();
    }

    @Test
    void theLastInSyncReplicaStaysInTheSet() {
        assertThat(Elections.withoutReplica(state(1, 1, 2), 2))
                .contains(new PartitionStateZnode(1, 6, List.of(1), false, 1));
        assertThat(Elections.withoutReplica(state(1, 1, 2), 1))
                .contains(new PartitionStateZnode(-1, 6, List.of(2), false, 1));
        assertThat(Elections.withoutReplica(state(1, 1), 1))
                .contains(new PartitionStateZnode(-1, 6, List.of(1), false, 1));
        assertThat(Elections.withoutReplica(state(1, 1), 3)).isEmpty();
    }
}
