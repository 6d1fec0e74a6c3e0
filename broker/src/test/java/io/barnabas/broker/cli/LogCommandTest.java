package io.barnabas.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.directory.MetaProperties;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.SimulatedTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Acceptance(100)
class LogCommandTest {
    @TempDir
    Path root;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path partition;

    @BeforeEach
    void write() throws IOException {
        MetaProperties.of(1, "cluster").write(Disk.local(), root, Instant.EPOCH);
        partition = Files.createDirectory(root.resolve("orders-0"));
        Files.createFile(root.resolve(".kafka_cleanshutdown"));
        for (String suffix : new String[] {".log", ".index", ".timeindex"}) {
            Files.createFile(partition.resolve("00000000000000000000" + suffix));
        }
        Files.writeString(partition.resolve("leader-epoch-checkpoint"), "0\n1\n4 0\n");
    }

    @Test
    void endsWellWhenNothingIsWrong() {
        assertThat(run("verify", root.toString())).isZero();
        assertThat(text(out)).isEqualTo("partitions: 1 segments: 1 bytes: 0 records: 0 problems: 0 notes: 0\n");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void endsWithStatusOneWhenSomethingIsWrong() throws IOException {
        Path segment = partition.resolve("00000000000000000000.log");
        Files.write(segment, new byte[30]);

        assertThat(run("verify", root.toString())).isEqualTo(1);
        assertThat(text(out))
                .startsWith("problem: " + segment + " at position 0: the last 30 bytes are no whole batch\n");
        out.reset();
        assertThat(run("verify", "--json", root.toString())).isEqualTo(1);
        assertThat(text(out))
                .startsWith("{\"kind\":\"problem\",\"file\":\"" + segment + "\",\"position\":0,\"what\":\"the last 30")
                .endsWith(
                        "{\"kind\":\"summary\",\"partitions\":1,\"segments\":1,\"bytes\":30,\"records\":0,\"problems\":1,"
                                + "\"notes\":0}\n");
    }

    @Test
    void dumpsAndCounts() {
        assertThat(run("dump", partition.toString())).isZero();
        assertThat(text(out)).contains("epoch: 4 startOffset: 0\n");
        out.reset();
        assertThat(run("stat", root.toString(), "--json")).isZero();
        assertThat(text(out)).startsWith("{\"kind\":\"partition\",\"topic\":\"orders\",\"partition\":0,");
    }

    @Test
    void repairsAndSaysWhatItDid() throws IOException {
        Path segment = partition.resolve("00000000000000000000.log");
        Files.write(segment, new byte[30]);

        assertThat(run("repair", root.toString())).isZero();
        assertThat(text(out))
                .startsWith("repaired: " + segment + " at position 0: moved 30 bytes, which are no whole batch, to "
                        + "00000000000000000000.log.0-30.quarantine\n")
                .endsWith("partitions: 1 repaired: 1 quarantinedBytes: 30 problems: 0\n");
        assertThat(segment).isEmptyFile();
        out.reset();
        assertThat(run("repair", "--json", root.toString())).isZero();
        assertThat(text(out))
                .isEqualTo("{\"kind\":\"summary\",\"partitions\":1,\"repaired\":0,\"quarantinedBytes\":0,"
                        + "\"problems\":0}\n");
    }

    @Test
    void repairsNothingThatABrokerUses() throws IOException {
        try (Disk.Lock held = Disk.local().tryLock(root.resolve(".lock")).orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(run("repair", root.toString())).isEqualTo(1);
            assertThat(text(err)).contains("in use by another process");
        }
    }

    @Test
    void saysWhatItCannotDo() {
        assertThat(run("verify", "--batches", root.toString())).isEqualTo(2);
        assertThat(text(err))
                .startsWith("Unknown option of log verify: --batches\n")
                .contains("Usage:");
        assertThat(run("mend", root.toString())).isEqualTo(2);
        assertThat(run("dump")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        err.reset();
        assertThat(run("dump", root.resolve("nowhere").toString())).isEqualTo(1);
        assertThat(text(err)).isEqualTo("There is no " + root.resolve("nowhere") + "\n");
        err.reset();
        assertThat(run("verify", root.resolve("meta.properties").toString())).isEqualTo(1);
        assertThat(text(err)).contains("is a file; name the directory of its partition");
        assertThat(run("--help")).isZero();
        assertThat(text(out)).isEqualTo(LogCommand.USAGE);
    }

    private int run(String... arguments) {
        return new LogCommand(Disk.local(), new SimulatedTime(), new PrintStream(out), new PrintStream(err))
                .run(arguments);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
