package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that share no code with the Java one: librdkafka's kcat and kafkajs. */
class ForeignClientsTest {
    private static final String LINES = IntStream.range(0, 200)
            .mapToObj(i -> "key" + i % 7 + ":value " + i + "\n")
            .collect(Collectors.joining());

    @TempDir
    static Path directory;

    private static BrokerProcess broker;

    @BeforeAll
    static void start() {
        broker = BrokerProcess.in(directory).start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    @Acceptance(48)
    void kcatWritesAndReadsWithEachCodec(String codec) {
        Requirement.command("kcat", "apt-get install kcat");
        String topic = "kcat-" + codec;
        Program.of("kcat", "-b", broker.address(), "-P", "-t", topic, "-K:", "-z", codec, "-X", "acks=all")
                .withInput(LINES)
                .run()
                .expectSuccess();
        Program.Result read = Program.of(
                        "kcat", "-b", broker.address(), "-C", "-t", topic, "-K:", "-e", "-q", "-o", "beginning")
                .run()
                .expectSuccess();
        assertThat(read.out()).isEqualTo(LINES);
    }

    @Test
    void kcatListsMetadataReadsInAGroupAndLooksUpATime() {
        Requirement.command("kcat", "apt-get install kcat");
        Program.of("kcat", "-b", broker.address(), "-P", "-t", "kcat-group", "-X", "enable.idempotence=true")
                .withInput("one\ntwo\n")
                .run()
                .expectSuccess();
        assertThat(Program.of("kcat", "-b", broker.address(), "-L")
                        .run()
                        .expectSuccess()
                        .out())
                .contains("broker 0 at " + broker.address() + " (controller)")
                .contains("topic \"kcat-group\" with 1 partitions:");
        Program.Result read = Program.of(
                        "kcat",
                        "-b",
                        broker.address(),
                        "-G",
                        "kcat-readers",
                        "-q",
                        "-e",
                        "-X",
                        "auto.offset.reset=earliest",
                        "kcat-group")
                .run()
                .expectSuccess();
        assertThat(read.lines()).containsExactly("one", "two");
        assertThat(Program.of("kcat", "-b", broker.address(), "-Q", "-t", "kcat-group:0:1")
                        .run()
                        .expectSuccess()
                        .out())
                .contains("kcat-group [0] offset 0");
    }

    @Test
    @Acceptance(53)
    void kcatWritesItsInputInOneTransaction() {
        Requirement.command("kcat", "apt-get install kcat");
        for (int transaction = 1; transaction <= 2; transaction++) {
            Program.of("kcat", "-b", broker.address(), "-P", "-t", "kcat-tx", "-X", "transactional.id=kcat-tx")
                    .withInput("one " + transaction + "\ntwo " + transaction + "\n")
                    .run()
                    .expectSuccess();
        }
        Program.Result read = Program.of(
                        "kcat",
                        "-b",
                        broker.address(),
                        "-C",
                        "-t",
                        "kcat-tx",
                        "-e",
                        "-q",
                        "-f",
                        "%o %s\n",
                        "-X",
                        "isolation.level=read_committed")
                .run()
                .expectSuccess();
        // Offsets 2 and 5 are those of markers.
        assertThat(read.lines()).containsExactly("0 one 1", "1 two 1", "3 one 2", "4 two 2");
    }

    @Test
    @Acceptance(53)
    void kafkajsAdministersProducesAndConsumes() {
        Path modules = Home.ROOT.resolve("compat-tests/node/node_modules/kafkajs");
        Requirement.command("node", "apt-get install nodejs npm");
        Requirement.require(Files.isDirectory(modules), "kafkajs is not installed; (cd compat-tests/node && npm ci)");
        Program.Result result = Program.of(
                        "node",
                        Home.ROOT.resolve("compat-tests/node/scenario.js").toString(),
                        broker.address())
                .run()
                .expectSuccess();
        assertThat(result.lines())
                .containsExactly("ok admin", "ok produce", "ok consume", "ok transactions", "ok offsets", "done");
    }
}
