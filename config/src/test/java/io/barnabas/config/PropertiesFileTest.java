package io.barnabas.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertiesFileTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.10.0.1", "2.1.0", "3.9"})
    void takesTheFileThatKafkaShips(String release) {
        ConfigCheck check = PropertiesFile.parse(Lines.text("/stock/server-" + release + ".properties"))
                .check();
        assertThat(check.problems()).isEmpty();
        assertThat(check.warnings()).noneMatch(line -> line.startsWith("Unknown"));
        assertThat(check.config().get(BrokerKeys.ZOOKEEPER_CONNECT)).isEqualTo("localhost:2181");
        assertThat(check.config().logDirs()).containsExactly("/tmp/kafka-logs");
    }

    @Test
    void takesTheFileThatIsShippedHere() throws IOException {
        Path file = Path.of(System.getProperty("basedir", "."), "server.properties");
        ConfigCheck check = PropertiesFile.read(Disk.local(), file).check();
        assertThat(check.problems()).isEmpty();
        assertThat(check.warnings()).isEmpty();
        assertThat(check.config().isSet(BrokerKeys.BROKER_ID)).isTrue();
    }

    @Test
    void reportsEverythingThatIsWrongAtOnce() {
        ConfigCheck check = PropertiesFile.parse("""
                        num.io.threads=abc
                        log.segment.bytes=3
                        log.cleanup.policy=keep
                        advertised.listeners=PLAINTEXT://0.0.0.0:9092
                        broker.id=5000
                        """).check();
        assertThat(check.problems())
                .extracting(ConfigProblem::forPeople)
                .containsExactlyInAnyOrder(
                        "num.io.threads=abc: Not a number of type INT. Right would be: int, 1 or more; 8 when left out",
                        "log.segment.bytes=3: Value must be at least 14. Right would be: int, 14 or more; 1073741824 when left out",
                        "log.cleanup.policy=keep: String must be one of: compact, delete."
                                + " Right would be: list, any of compact, delete; delete when left out",
                        "advertised.listeners cannot use the nonroutable meta-address 0.0.0.0. Use a routable IP address.",
                        "broker.id must be greater than or equal to -1 and not greater than reserved.broker.max.id");
    }

    @Test
    void checksAValueBehindAListenersPrefix() {
        assertThat(PropertiesFile.parse("listener.name.x.num.network.threads=0")
                        .check()
                        .problems())
                .extracting(ConfigProblem::value)
                .containsExactly("0");
    }

    @Test
    void keepsASecretOutOfAProblem() {
        PropertiesFile file = PropertiesFile.parse("ssl.key.password=s3cret\nnum.partitions=0");
        assertThat(file.check().problems().toString()).doesNotContain("s3cret");
    }

    @Test
    void warnsOfUnknownKeysAndOfThoseWithoutEffect() {
        List<String> warnings = PropertiesFile.parse(
                        "confluent.license=x\njmx.port=1\ncontroller.quorum.voters=1@a:1\ncontroller.quorum.fetch.timeout.ms=2000")
                .check()
                .warnings();
        assertThat(warnings)
                .containsExactly(
                        "Unknown keys, ignored: confluent.license, jmx.port",
                        "Known keys that have no effect yet: controller.quorum.voters");
    }

    @Test
    void letsTheCommandLineOverride() {
        PropertiesFile file = PropertiesFile.parse("a=1\nb=2").withOverrides(List.of("b=3=4", "c", " d = 5 ", "b=6"));
        assertThat(file.values()).isEqualTo(Map.of("a", "1", "b", "6", "c", "", "d", "5"));
    }

    @Test
    void fillsInWhatTheFileLeavesOpen() {
        PropertiesFile file = PropertiesFile.parse("num.partitions=3")
                .withDefault(BrokerKeys.NUM_PARTITIONS, "1")
                .withDefault(BrokerKeys.LOG_DIRS, "/data");
        assertThat(file.values()).isEqualTo(Map.of("num.partitions", "3", "log.dirs", "/data"));
    }

    @Test
    void refusesAnEmptyEnsemble() {
        assertThat(PropertiesFile.parse("zookeeper.connect=").check().problems())
                .extracting(ConfigProblem::reason)
                .containsExactly(
                        "zookeeper.connect is empty. Name the servers, or leave the key out to use the embedded ZooKeeper.");
    }

    @Test
    void readsAFileAsJavaDoes(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("server.properties");
        Files.writeString(file, "# comment\n! too\nlog.dirs : /a \\\n   ,/b\nbroker.rack=caf\\u00e9\n");
        PropertiesFile read = PropertiesFile.read(Disk.local(), file);
        assertThat(read.values()).isEqualTo(Map.of("log.dirs", "/a ,/b", "broker.rack", "café"));
    }

    @Test
    void checksLimitsOfSingleAddresses() {
        assertThat(PropertiesFile.parse("max.connections.per.ip.overrides=a")
                        .check()
                        .problems())
                .hasSize(1);
        BrokerConfig config = PropertiesFile.parse(
                        "max.connections.per.ip=0\nmax.connections.per.ip.overrides=10.0.0.7:5,[::1]:6")
                .check()
                .config();
        assertThat(PropertiesFile.parse("max.connections.per.ip=0").check().problems())
                .hasSize(1);
        assertThat(ConnectionLimits.of(config)).isEqualTo(new ConnectionLimits(0, Map.of("10.0.0.7", 5, "::1", 6)));
    }

    @Test
    void refusesACodecThatDoesNotExist() {
        assertThat(PropertiesFile.parse("offsets.topic.compression.codec=9")
                        .check()
                        .problems()
                        .toString())
                .contains("offsets.topic.compression.codec must be 0 (none)");
    }
}
