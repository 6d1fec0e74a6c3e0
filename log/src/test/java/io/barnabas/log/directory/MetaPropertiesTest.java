package io.barnabas.log.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetaPropertiesTest {
    private static final String CLUSTER = "CAx5xRkBSWCm5C4PcKM7fg";

    @TempDir
    Path directory;

    @Test
    void readsWhatItWrote() throws IOException {
        assertThat(MetaProperties.read(Disk.local(), directory)).isEmpty();
        MetaProperties.of(3, CLUSTER).write(Disk.local(), directory, Instant.EPOCH);
        assertThat(MetaProperties.read(Disk.local(), directory)).contains(MetaProperties.of(3, CLUSTER));
        assertThat(Files.readAllLines(directory.resolve("meta.properties")))
                .containsExactly("#", "#1970-01-01T00:00:00Z", "broker.id=3", "cluster.id=" + CLUSTER, "version=0");
    }

    @Test
    void readsTheFilesOfOldBrokersAndOfKRaft() throws IOException {
        Files.writeString(
                directory.resolve("meta.properties"), "#\n#Fri Nov 20 05:16:00 UTC 2026\nversion=0\nbroker.id=1\n");
        MetaProperties old = MetaProperties.read(Disk.local(), directory).orElseThrow();
        assertThat(old).isEqualTo(new MetaProperties(0, OptionalInt.of(1), Optional.empty()));
        assertThat(problems(old, 1)).isEmpty();
        Files.writeString(directory.resolve("meta.properties"), "version=1\nnode.id=1\ncluster.id=" + CLUSTER + "\n");
        MetaProperties kraft = MetaProperties.read(Disk.local(), directory).orElseThrow();
        assertThat(problems(kraft, 1)).singleElement().asString().contains("KRaft");
    }

    @Test
    void namesEachMismatchInALineWithItsRepair() {
        List<String> problems = MetaProperties.problems(
                Map.of(directory, MetaProperties.of(3, "another")), Set.of(), OptionalInt.of(4), CLUSTER);
        assertThat(problems).hasSize(2);
        assertThat(problems.get(0)).contains("broker.id=3", "this broker is 4", "set broker.id=3");
        assertThat(problems.get(1)).contains("cluster.id=another", CLUSTER, "zookeeper.connect");
    }

    @Test
    void takesTheIdOfTheFilesWhenNoneIsConfiguredAndWantsThemToAgree() {
        Map<Path, MetaProperties> same = Map.of(directory, MetaProperties.of(3, CLUSTER));
        assertThat(MetaProperties.brokerIdOf(same)).hasValue(3);
        assertThat(MetaProperties.problems(same, Set.of(), OptionalInt.empty(), CLUSTER))
                .isEmpty();
        Map<Path, MetaProperties> differing = Map.of(
                directory, MetaProperties.of(3, CLUSTER), directory.resolve("other"), MetaProperties.of(4, CLUSTER));
        assertThat(MetaProperties.problems(differing, Set.of(), OptionalInt.empty(), CLUSTER))
                .hasSize(1);
    }

    private List<String> problems(MetaProperties found, int brokerId) {
        return MetaProperties.problems(Map.of(directory, found), Set.of(), OptionalInt.of(brokerId), CLUSTER);
    }
}
