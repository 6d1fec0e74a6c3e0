package io.barnabas.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.config.BrokerConfig;
import io.barnabas.config.BrokerKeys;
import io.barnabas.runtime.Disk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BarnabasCommandTest {

    @TempDir
    private Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<BrokerConfig> launched = new ArrayList<>();

    private int execute(String... arguments) {
        BrokerStart start = new BrokerStart(Disk.local(), Optional.of(home), config -> {
            launched.add(config);
            return 7;
        });
        return BarnabasCommand.execute(arguments, start, new PrintStream(out, true), new PrintStream(err, true));
    }

    private String file(String... lines) throws IOException {
        Path file = home.resolve("some.properties");
        Files.write(file, List.of(lines));
        return file.toString();
    }

    @Test
    void startsFromAFileWithOverrides() throws IOException {
        String file = file("broker.id=3", "num.partitions=5");
        assertThat(execute(file, "--override", "num.partitions=6", "--override", "broker.rack=r=1"))
                .isEqualTo(7);
        BrokerConfig config = launched.get(0);
        assertThat(config.get(BrokerKeys.BROKER_ID)).isEqualTo(3);
        assertThat(config.get(BrokerKeys.NUM_PARTITIONS)).isEqualTo(6);
        assertThat(config.get(BrokerKeys.BROKER_RACK)).isEqualTo("r=1");
    }

    @Test
    void takesAnOverrideWithoutAnEqualsSignAsAnEmptyValue() throws IOException {
        assertThat(execute(file(), "--override", "authorizer.class.name")).isEqualTo(7);
        assertThat(launched.get(0).get(BrokerKeys.AUTHORIZER_CLASS_NAME)).isEmpty();
    }

    @Test
    void showsItsUsageAndFailsWithoutArguments() {
        assertThat(execute()).isEqualTo(1);
        assertThat(err.toString()).startsWith("USAGE: java [options]");
        assertThat(execute("--help")).isEqualTo(1);
        assertThat(launched).isEmpty();
    }

    @Test
    void refusesASecondFile() throws IOException {
        assertThat(execute(file(), "other", "more")).isEqualTo(1);
        assertThat(err.toString()).startsWith("Found non argument parameters: other,more");
    }

    @Test
    void failsOnAMissingFileAndOnWrongValues() throws IOException {
        assertThat(execute(home.resolve("nowhere").toString())).isEqualTo(1);
        assertThat(execute(file("num.io.threads=abc"))).isEqualTo(1);
        assertThat(launched).isEmpty();
    }

    @Test
    void printsItsVersion() {
        assertThat(execute("--version")).isZero();
        assertThat(out.toString().trim()).isEqualTo(Version.current());
    }

    @Test
    void adoptsWhenToldTo() throws IOException {
        execute(file(), "--adopt", "--override", "num.partitions=3");
        execute("run", "--adopt");
        execute("run");

        assertThat(launched)
                .extracting(config -> config.get(BrokerKeys.BARNABAS_ADOPT))
                .containsExactly(true, true, false);
        assertThat(launched.get(0).get(BrokerKeys.NUM_PARTITIONS)).isEqualTo(3);
    }

    @Test
    void runsWithoutAnySetting() {
        assertThat(execute("run")).isEqualTo(7);
        assertThat(launched.get(0).logDirs())
                .containsExactly(home.resolve(".barnabas/data/kafka-logs").toString());
        assertThat(launched.get(0).get(BrokerKeys.ZOOKEEPER_CONNECT)).isNull();
    }

    @Test
    void runsWithTheFileOfTheCheckoutAndWhatTheCommandLineSays() throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.write(home.resolve("config/server.properties"), List.of("broker.id=9", "num.partitions=2"));
        assertThat(execute("run", "--port", "0", "--data", "/data", "--override", "num.partitions=4"))
                .isEqualTo(7);
        BrokerConfig config = launched.get(0);
        assertThat(config.get(BrokerKeys.BROKER_ID)).isEqualTo(9);
        assertThat(config.get(BrokerKeys.NUM_PARTITIONS)).isEqualTo(4);
        assertThat(config.get(BrokerKeys.LISTENERS)).isEqualTo("PLAINTEXT://:0");
        assertThat(config.logDirs()).containsExactly("/data/kafka-logs");
        assertThat(config.get(BrokerKeys.BARNABAS_ZOOKEEPER_DIR)).isEqualTo("/data/zookeeper");
    }

    @Test
    void leavesADirectoryThatTheFileNamesAlone() throws IOException {
        assertThat(execute(file("log.dir=/somewhere"))).isEqualTo(7);
        assertThat(launched.get(0).logDirs()).containsExactly("/somewhere");
    }

    @Test
    void takesOptionsWithAnEqualsSignToo() {
        assertThat(execute("run", "--port=1234", "--override=num.partitions=3")).isEqualTo(7);
        assertThat(launched.get(0).get(BrokerKeys.LISTENERS)).isEqualTo("PLAINTEXT://:1234");
        assertThat(launched.get(0).get(BrokerKeys.NUM_PARTITIONS)).isEqualTo(3);
    }

    @Test
    void refusesWhatItDoesNotKnow() throws IOException {
        assertThat(execute("run", "--nonsense")).isEqualTo(1);
        assertThat(execute("run", "stray")).isEqualTo(1);
        assertThat(execute("run", "--port")).isEqualTo(1);
        assertThat(execute(file(), "--port", "1")).isEqualTo(1);
        assertThat(err.toString().lines())
                .contains(
                        "Unknown option: --nonsense",
                        "Found non argument parameters: stray",
                        "--port needs a value",
                        "Unknown option: --port");
        assertThat(launched).isEmpty();
    }
}
