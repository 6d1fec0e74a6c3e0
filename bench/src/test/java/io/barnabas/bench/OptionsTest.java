package io.barnabas.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.bench.scenario.LoadScenario;
import io.barnabas.bench.scenario.MatrixScenario;
import io.barnabas.bench.scenario.Scenario;
import io.barnabas.bench.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command line. */
class OptionsTest {
    private final Scenarios scenarios = new Scenarios(Path.of("."), 1_000_000_000);

    @Test
    void measuresEverythingBesideBothApacheKafkasUnlessToldOtherwise() {
        Options options = Options.parse(new String[0]);
        assertThat(options.against()).containsExactly("kafka-4.3.1", "kafka-3.9.2");
        assertThat(options.pairs()).isEqualTo(5);
        assertThat(scenarios.named(options.scenarios())).hasSizeGreaterThan(10);
    }

    @Test
    void takesScenariosByName() {
        Options options = Options.parse(
                new String[] {"--against", "kafka-3.9.2", "--pairs", "2", "raw-metadata", "--seconds", "0.5", "start"});
        assertThat(options.against()).containsExactly("kafka-3.9.2");
        assertThat(options.pairs()).isEqualTo(2);
        assertThat(options.seconds()).isEqualTo(0.5);
        assertThat(scenarios.named(options.scenarios()))
                .extracting(Scenario::name)
                .containsExactly("raw-metadata", "start");
    }

    @Test
    void knowsAllThatAGoalIsAboutByOneName() {
        assertThat(scenarios.named(Options.parse(new String[] {"goals"}).scenarios()))
                .extracting(Scenario::name)
                .startsWith("raw-produce-64k", "raw-produce-16k")
                .contains("rate-500", "start", "stock-tools", "topics-1000")
                .doesNotHaveDuplicates();
    }

    @Test
    void theSmokeFormIsShortAndItsScenariosExist() {
        Options options = Options.parse(new String[] {"--smoke"});
        assertThat(options.pairs()).isEqualTo(1);
        assertThat(scenarios.named(options.scenarios())).isNotEmpty();
    }

    @Test
    void refusesScenariosThatDoNotExist() {
        assertThatThrownBy(() -> scenarios.named(
                        Options.parse(new String[] {"raw-nothing"}).scenarios()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("raw-nothing")
                .hasMessageContaining("raw-metadata");
    }

    @Test
    void refusesAnOptionWithoutItsValue() {
        assertThatThrownBy(() -> Options.parse(new String[] {"--pairs"})).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesOptionsThatDoNotExist() {
        assertThatThrownBy(() -> Options.parse(new String[] {"--help-me"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--help-me");
    }

    @Test
    void comparesWithAnEarlierRunWhereOneIsNamed() {
        assertThat(Options.parse(new String[] {"--compare", "before.json"}).earlier())
                .isEqualTo(Path.of("before.json"));
        assertThat(Options.parse(new String[0]).earlier()).isNull();
    }

    @Test
    void profilesWhereAFolderIsNamed() {
        assertThat(Options.parse(new String[] {"--profile", "there"}).profiles())
                .isEqualTo(Path.of("there"));
        assertThat(Options.parse(new String[0]).profiles()).isNull();
    }

    @Test
    void takesTheSizeOfColdData() {
        assertThat(Options.parse(new String[] {"--cold-gb", "2.5", "cold-reader"})
                        .coldBytes())
                .isEqualTo(2_500_000_000L);
    }

    @Test
    void leavesOutWhatTakesVeryLongUnlessItIsNamed() {
        assertThat(scenarios.named(List.of())).extracting(Scenario::name).doesNotContain("start-killed-10g");
        assertThat(scenarios.named(List.of("start-killed-10g", Scenarios.LIMITS)))
                .extracting(Scenario::name)
                .containsExactly("start-killed-10g");
    }

    @Test
    void theMatrixHasACellForEveryWayToProduce() {
        List<Scenario> matrices = scenarios.named(
                List.of("produce-matrix", "produce-matrix-100", "produce-matrix-1000", "produce-matrix-10000"));
        assertThat(matrices)
                .extracting(matrix -> ((MatrixScenario) matrix).cells().size())
                .containsExactly(3 * 3 * 3 * 5, 45, 45, 45);
        assertThat(((MatrixScenario) matrices.get(0)).cells())
                .extracting(LoadScenario::name)
                .doesNotHaveDuplicates()
                .contains("produce-matrix: 1000 B, acks=all, idempotent, 6 partitions, lz4");
        assertThat(scenarios.named(List.of())).noneMatch(MatrixScenario.class::isInstance);
    }

    @Test
    void namesEveryScenarioInTheHelpOfTheScript() throws IOException {
        String script = Files.readString(Path.of("../barnabas"));
        String help = script.substring(script.indexOf("bench_usage() {"), script.indexOf("in_bytes() {"));
        assertThat(help.split("[\\s,]+")).contains(scenarios.names().toArray(new String[0]));
    }
}
