package io.barnabas.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.bench.scenario.Scenario;
import io.barnabas.bench.scenario.Scenarios;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The command line. */
class OptionsTest {
    private final Scenarios scenarios = new Scenarios(Path.of("."));

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
}
