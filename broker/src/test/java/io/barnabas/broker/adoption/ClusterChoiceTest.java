package io.barnabas.broker.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.broker.StartFailure;
import io.barnabas.broker.adoption.ClusterChoice.Kind;
import io.barnabas.cluster.registration.ClusterBase.Standing;
import io.barnabas.wire.TopicPartition;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ClusterChoiceTest {
    private static final Standing NOTHING = new Standing(Optional.empty(), true);
    private static final Standing EMPTY_CLUSTER = new Standing(Optional.of("theirs"), true);
    private static final Standing BUSY_CLUSTER = new Standing(Optional.of("theirs"), false);
    private static final FoundData NO_DATA = data();

    @Test
    void aNewBrokerMakesANewCluster() throws StartFailure {
        assertThat(choose(NOTHING, NO_DATA, false)).isEqualTo(new ClusterChoice(Kind.CREATE, Optional.empty()));
    }

    @Test
    void aNewBrokerJoinsTheClusterThatIsThere() throws StartFailure {
        assertThat(choose(BUSY_CLUSTER, NO_DATA, false)).isEqualTo(known());
        assertThat(choose(EMPTY_CLUSTER, NO_DATA, false)).isEqualTo(known());
    }

    @Test
    void dataOfTheClusterThatIsThereAreFine() throws StartFailure {
        assertThat(choose(BUSY_CLUSTER, data("theirs", "a-0"), false)).isEqualTo(known());
        assertThat(choose(EMPTY_CLUSTER, data("theirs"), false)).isEqualTo(known());
    }

    @Test
    void saysWhatWasFoundAndHowToTakeIt() {
        assertThatThrownBy(() -> choose(NOTHING, data("mine", "b-0", "a-0", "a-1"), false))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("2 topics (a, b) with 3 partitions of cluster mine")
                .hasMessageContaining("/data")
                .hasMessageContaining("ZooKeeper at zoo:2181")
                .hasMessageContaining("--adopt");
    }

    @Test
    void doesNotBeginANewClusterUnderDataWithoutAnId() {
        assertThatThrownBy(() -> choose(NOTHING, dataWithoutId("a-0"), false)).hasMessageContaining("--adopt");
        assertThatThrownBy(() -> choose(EMPTY_CLUSTER, dataWithoutId("a-0"), false))
                .hasMessageContaining("--adopt");
    }

    @Test
    void doesNotGiveAnEmptyZooKeeperAnIdOfItsOwnUnderADirectoryThatHasOne() {
        assertThatThrownBy(() -> choose(NOTHING, data("mine"), false)).hasMessageContaining("of cluster mine");
    }

    @Test
    void takesTheIdOfTheDataWhenItAdopts() throws StartFailure {
        assertThat(choose(NOTHING, data("mine", "a-0"), true))
                .isEqualTo(new ClusterChoice(Kind.CREATE, Optional.of("mine")));
        assertThat(choose(EMPTY_CLUSTER, data("mine", "a-0"), true))
                .isEqualTo(new ClusterChoice(Kind.REPLACE, Optional.of("mine")));
        assertThat(choose(NOTHING, dataWithoutId("a-0"), true))
                .isEqualTo(new ClusterChoice(Kind.CREATE, Optional.empty()));
    }

    @Test
    void neverTakesTheIdFromAClusterWithTopicsOrBrokers() throws StartFailure {
        assertThat(choose(BUSY_CLUSTER, data("mine", "a-0"), true)).isEqualTo(known());
    }

    @Test
    void saysWhenDirectoriesBelongToDifferentClusters() {
        SortedSet<String> two = new TreeSet<>(List.of("mine", "yours"));
        FoundData mixed = new FoundData(List.of(Path.of("/one"), Path.of("/two")), two, List.of());

        assertThatThrownBy(() -> choose(NOTHING, mixed, true))
                .hasMessageContaining("/one, /two")
                .hasMessageContaining("mine, yours");
    }

    private static ClusterChoice choose(Standing zooKeeper, FoundData data, boolean adopts) throws StartFailure {
        return ClusterChoice.of(zooKeeper, "zoo:2181", data, adopts);
    }

    private static ClusterChoice known() {
        return new ClusterChoice(Kind.KNOWN, Optional.of("theirs"));
    }

    private static FoundData data() {
        return new FoundData(List.of(Path.of("/data")), new TreeSet<>(), List.of());
    }

    private static FoundData data(String clusterId, String... partitions) {
        return new FoundData(List.of(Path.of("/data")), new TreeSet<>(List.of(clusterId)), named(partitions));
    }

    private static FoundData dataWithoutId(String... partitions) {
        return new FoundData(List.of(Path.of("/data")), new TreeSet<>(), named(partitions));
    }

    private static List<TopicPartition> named(String... partitions) {
        return List.of(partitions).stream()
                .map(name -> new TopicPartition(name.split("-")[0], Integer.parseInt(name.split("-")[1])))
                .toList();
    }
}
