package io.barnabas.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the scripts build, what they stop, and what reset deletes. */
class BuildAndStopScriptTest {

    private static final String BUILDS = "#!/bin/sh\necho \"maven $*\"\necho x >> builds\n"
            + "mkdir -p broker/target/lib && touch broker/target/broker-1.jar broker/target/lib/a.jar\n";

    @TempDir
    private Path folder;

    private ScriptRun scripts;

    @BeforeEach
    void prepare() {
        scripts = new ScriptRun(folder);
        scripts.jdk("17.0.9");
    }

    private void asCheckout(String maven) {
        ScriptRun.write(scripts.home().resolve("pom.xml"), "<project>\n  <version>9.8</version>\n</project>\n");
        ScriptRun.write(scripts.home().resolve("log/pom.xml"), "");
        ScriptRun.write(scripts.home().resolve("log/src/main/java/A.java"), "");
        scripts.program("mvn", maven);
    }

    private long builds() throws IOException {
        Path builds = scripts.home().resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    }

    @Test
    void buildsOnceAndAgainWhenASourceIsNewer() throws IOException {
        asCheckout(BUILDS);
        ScriptRun.Result first = scripts.run("barnabas", "run");
        assertThat(first.err()).contains("building, for the first time", "built in");
        assertThat(first.out()).contains("[io.barnabas.broker.BarnabasMain]").doesNotContain("maven");
        assertThat(scripts.home().resolve(".barnabas/build.log"))
                .content()
                .contains("-DskipTests -pl broker -am package");
        assertThat(scripts.run("bin/kafka-server-start.sh", "f").err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
        Files.setLastModifiedTime(
                scripts.home().resolve("log/src/main/java/A.java"),
                FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
        assertThat(scripts.run("barnabas", "run").err()).contains("building, since sources are newer");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void startsWhatIsThereWhenToldNotToBuild() throws IOException {
        asCheckout(BUILDS);
        scripts.built().with("BARNABAS_BUILD", "never");
        assertThat(scripts.run("barnabas", "run").out()).contains("[io.barnabas.broker.BarnabasMain]");
        assertThat(builds()).isZero();
    }

    @Test
    void showsTheEndOfTheLogWhenTheBuildFails() {
        asCheckout("#!/bin/sh\necho 'cannot find symbol'\nexit 1\n");
        ScriptRun.Result result = scripts.run("barnabas", "run");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("The build failed. The end of", ".barnabas/build.log", "cannot find symbol");
    }

    @Test
    void endsTestsWithTheirSumAndMavensStatus() {
        asCheckout(
                "#!/bin/sh\necho '[INFO] Building log 9.8   [1/2]'\necho '[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 1'\n"
                        + "echo '[INFO] Building broker 9.8   [2/2]'\necho '[ERROR] Tests run: 4, Failures: 1, Errors: 0, Skipped: 0'\nexit 1\n");
        ScriptRun.Result result = scripts.run("barnabas", "test");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).endsWith("""
                        log                  Tests run: 3, Failures: 0, Errors: 0, Skipped: 1
                        broker               Tests run: 4, Failures: 1, Errors: 0, Skipped: 0
                        all                  Tests run: 7, Failures: 1, Errors: 0, Skipped: 1
                        """);
    }

    @Test
    void handsTheSizeOfAChaosRunOn() {
        asCheckout("#!/bin/sh\necho \"maven $*\"\n");
        assertThat(scripts.run("barnabas", "chaos", "--kills", "3", "--data", "2g")
                        .out())
                .contains("-Dtest=DurabilityTest", "-Dbarnabas.chaos.kills=3", "-Dbarnabas.chaos.bytes=2000000000");
        assertThat(scripts.run("barnabas", "chaos", "--transactions", "120").out())
                .contains(
                        "-Dtest=ExactlyOnceTest",
                        "-Dbarnabas.transactions.seconds=120",
                        "-Dbarnabas.transactions.releases=0.11.0.3,",
                        "compat-tests/class-paths/clients-2.4.1");
        assertThat(scripts.run("barnabas", "chaos", "--kills").status()).isEqualTo(1);
        assertThat(scripts.run("barnabas", "chaos", "--nonsense", "1").err()).contains("Unknown option: --nonsense");
    }

    @Test
    void printsVersionAndHelp() {
        asCheckout(BUILDS);
        assertThat(scripts.run("barnabas", "--version").out()).isEqualTo("9.8\n");
        assertThat(scripts.run("barnabas", "--help").out()).startsWith("Usage: ./barnabas <command>");
        assertThat(scripts.run("barnabas", "nonsense").status()).isEqualTo(2);
    }

    @Test
    void stopsBrokersAndNothingThatMerelyMentionsThem() throws IOException {
        Process broker = new ProcessBuilder("sleep", "60").start();
        Process bystander = new ProcessBuilder("sleep", "60").start();
        try {
            scripts.program(
                    "ps",
                    "#!/bin/sh\necho '" + broker.pid()
                            + " /opt/jdk/bin/java -cp x io.barnabas.broker.BarnabasMain s.properties'\n" + "echo '"
                            + bystander.pid() + " sh -c java io.barnabas.broker.BarnabasMain s.properties'\n");
            assertThat(scripts.run("bin/kafka-server-stop.sh").status()).isZero();
            assertThat(broker.onExit().join().exitValue()).isEqualTo(143);
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            broker.destroyForcibly();
            bystander.destroyForcibly();
        }
    }

    @Test
    void stopsTheBrokerOfANumberAlone() throws IOException {
        Process broker = new ProcessBuilder("sleep", "60").start();
        try {
            ScriptRun.write(folder.resolve("s.properties"), "num.partitions=1\nbroker.id = 5\n");
            scripts.program(
                    "ps",
                    "#!/bin/sh\ncase \"$*\" in *-p*) p= ;; *) p='" + broker.pid() + " ' ;; esac\n"
                            + "echo \"${p}/opt/jdk/bin/java io.barnabas.broker.BarnabasMain "
                            + folder.resolve("s.properties")
                            + " --override a=b\"\n");
            ScriptRun.Result other = scripts.run("bin/kafka-server-stop.sh", "--node-id=6");
            assertThat(other.status()).isEqualTo(1);
            assertThat(other.out()).isEqualTo("No kafka server to stop\n");
            assertThat(scripts.run("bin/kafka-server-stop.sh", "--node-id=5").status())
                    .isZero();
            assertThat(broker.onExit().join().exitValue()).isEqualTo(143);
        } finally {
            broker.destroyForcibly();
        }
    }

    @Test
    void saysThatThereIsNothingToStop() {
        scripts.program("ps", "#!/bin/sh\nexit 0\n");
        ScriptRun.Result broker = scripts.run("bin/kafka-server-stop.sh");
        assertThat(broker.status()).isEqualTo(1);
        assertThat(broker.out()).isEqualTo("No kafka server to stop\n");
        assertThat(scripts.run("bin/zookeeper-server-stop.sh").out()).isEqualTo("No zookeeper server to stop\n");
    }

    @Test
    void resetsTheDataAndNothingElse() {
        scripts.program("ps", "#!/bin/sh\nexit 0\n");
        Path data = scripts.home().resolve(".barnabas/data");
        ScriptRun.write(data.resolve("kafka-logs/meta.properties"), "");
        ScriptRun.write(scripts.home().resolve(".barnabas/build.log"), "");
        assertThat(scripts.run("barnabas", "reset").out()).startsWith("Deleted ");
        assertThat(data).doesNotExist();
        assertThat(scripts.home().resolve(".barnabas/build.log")).exists();
        assertThat(scripts.run("barnabas", "reset").out()).startsWith("Nothing to delete");
    }

    @Test
    void doesNotResetUnderARunningBroker() {
        Path data = scripts.home().resolve(".barnabas/data");
        ScriptRun.write(data.resolve("kafka-logs/meta.properties"), "");
        scripts.program(
                "ps",
                "#!/bin/sh\ncase \"$*\" in *-p*) p= ;; *) p='1234567 ' ;; esac\n"
                        + "echo \"${p}/opt/jdk/bin/java -Dbarnabas.home=" + scripts.home()
                        + " io.barnabas.broker.BarnabasMain run\"\n");
        ScriptRun.Result result = scripts.run("barnabas", "reset");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("A broker of this checkout is running (process 1234567)");
        assertThat(data).exists();
    }
}
