package io.barnabas.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the scripts call Java. */
class StartScriptTest {

    @TempDir
    private Path folder;

    private ScriptRun scripts;

    @BeforeEach
    void prepare() {
        scripts = new ScriptRun(folder).built();
    }

    @Test
    void startsTheBrokerWithBoundedMemoryAndLogFiles() {
        scripts.jdk("17.0.9");
        ScriptRun.Result result =
                scripts.run("bin/kafka-server-start.sh", "my server.properties", "--override", "a=b c");
        Path home = scripts.home();
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        assertThat(result.out().lines())
                .contains(
                        "[-XX:+ExitOnOutOfMemoryError]",
                        "[-XX:MaxDirectMemorySize=384m]",
                        "[-Xms24m]",
                        "[-Xmx512m]",
                        "[-Dkafka.logs.dir=" + home + "/logs]",
                        "[-Dbarnabas.home=" + home + "]")
                .containsSubsequence(
                        "[-cp]",
                        "[" + home + "/broker/target/broker-1.jar:" + home + "/broker/target/lib/a.jar:" + home
                                + "/broker/target/lib/b.jar]",
                        "[io.barnabas.broker.BarnabasMain]",
                        "[my server.properties]",
                        "[--override]",
                        "[a=b c]");
        assertThat(home.resolve("logs")).isDirectory();
    }

    @Test
    void readsALogbackFileWhereThereIsOne() {
        scripts.jdk("17.0.9");
        assertThat(scripts.run("barnabas", "run").out()).doesNotContain("logback");
        Path file = scripts.home().resolve("config/logback.xml");
        ScriptRun.write(file, "<configuration/>");
        assertThat(scripts.run("barnabas", "run").out()).contains("[-Dlogback.configurationFile=" + file + "]");
    }

    @Test
    void isFoundByKafkasOwnStopScript() {
        scripts.jdk("17.0.9");
        assertThat(scripts.run("bin/kafka-server-start.sh", "f").out()).contains(" kafka.Kafka ");
        assertThat(scripts.run("bin/zookeeper-server-start.sh", "f").out())
                .contains(" QuorumPeerMain ", "[io.barnabas.cluster.zookeeper.ZooKeeperMain]");
    }

    @Test
    void takesTheVariablesThatKafkaTakes() {
        scripts.jdk("17.0.9");
        ScriptRun.Result result = scripts.with("KAFKA_HEAP_OPTS", "-Xmx2g -Xms1g")
                .with("KAFKA_JVM_PERFORMANCE_OPTS", "-XX:+UseG1GC")
                .with("KAFKA_OPTS", "-Done=1 -Dtwo=2")
                .with("KAFKA_GC_LOG_OPTS", "-Xlog:gc:file=x")
                .with("JMX_PORT", "9999")
                .with("LOG_DIR", folder.resolve("my logs").toString())
                .with("CLASSPATH", "/plugins/p.jar")
                .run("bin/kafka-server-start.sh", "f");
        assertThat(result.out().lines())
                .containsSubsequence("[-Xmx2g]", "[-Xms1g]", "[-XX:+UseG1GC]", "[-Xlog:gc:file=x]")
                .contains(
                        "[-Dcom.sun.management.jmxremote.port=9999]",
                        "[-Dcom.sun.management.jmxremote.rmi.port=9999]",
                        "[-Dcom.sun.management.jmxremote.authenticate=false]",
                        "[-Dkafka.logs.dir=" + folder.resolve("my logs") + "]")
                .containsSubsequence("[-cp]", "[-Done=1]", "[-Dtwo=2]", "[io.barnabas.broker.BarnabasMain]")
                .doesNotContain("[-Xms24m]", "[-Xmx512m]", "[-XX:+UseSerialGC]");
        assertThat(result.out()).contains("[/plugins/p.jar:");
    }

    @Test
    void writesAGcLogForServersOnly() {
        scripts.jdk("17.0.9");
        assertThat(scripts.run("bin/kafka-server-start.sh", "f").out()).contains("/logs/kafkaServer-gc.log:time,tags");
        assertThat(scripts.run("barnabas", "run").out()).doesNotContain("-Xlog:gc");
    }

    @Test
    void opensNoManagementPortUnlessAsked() {
        scripts.jdk("17.0.9");
        assertThat(scripts.run("bin/kafka-server-start.sh", "f").out()).doesNotContain("jmxremote");
    }

    @Test
    void leavesADaemonBehind() throws IOException {
        scripts.jdk("17.0.9");
        ScriptRun.Result result = scripts.run("bin/kafka-server-start.sh", "-daemon", "f");
        assertThat(result.status()).isZero();
        assertThat(result.out()).isEmpty();
        Path output = scripts.home().resolve("logs/kafkaServer.out");
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> Files.exists(output) && Files.readString(output).contains("[f]"));
    }

    @Test
    void showsItsUsageWithoutArguments() {
        ScriptRun.Result broker = scripts.run("bin/kafka-server-start.sh");
        assertThat(broker.status()).isEqualTo(1);
        assertThat(broker.out())
                .isEqualTo("USAGE: kafka-server-start.sh [-daemon] server.properties [--override property=value]*\n");
        assertThat(scripts.run("bin/zookeeper-server-start.sh").status()).isEqualTo(1);
    }

    @Test
    void usesTheArchiveOfClassesThatBelongsToItsJava() {
        scripts.jdk("17.0.9");
        Path archive = scripts.home().resolve(".barnabas/classes-17.0.9.jsa");
        ScriptRun.write(scripts.home().resolve(".barnabas/classes-17.0.8.jsa"), "");
        assertThat(scripts.run("barnabas", "run").out()).doesNotContain("SharedArchiveFile");
        ScriptRun.write(archive, "");
        assertThat(scripts.run("barnabas", "run").out()).contains("[-XX:SharedArchiveFile=" + archive + "]");
    }

    @Test
    void usesWhatNewerJavaHasKeptOfMethodsToo() {
        scripts.jdk("25.0.3");
        Path cache = scripts.home().resolve(".barnabas/classes-25.0.3.aot");
        assertThat(scripts.run("barnabas", "run").out()).doesNotContain("AOTCache");
        ScriptRun.write(cache, "");
        assertThat(scripts.run("barnabas", "run").out())
                .contains("[-XX:AOTCache=" + cache + "]")
                .doesNotContain("SharedArchiveFile");
    }

    @Test
    void runsOnTheNewestJava() {
        scripts.jdk("17.0.9");
        scripts.jdk("25.0.1");
        scripts.jdk("11.0.2");
        ScriptRun.Result result = scripts.run("barnabas", "run", "--port", "0");
        assertThat(result.out())
                .contains("[of 25.0.1]", "[--enable-native-access=ALL-UNNAMED]", "[run]\n[--port]\n[0]\n");
    }

    @Test
    void runsOnTheJavaThatIsNamedWhenItIsNewEnough() {
        Path old = scripts.jdk("11.0.2");
        Path named = scripts.jdk("17.0.9");
        scripts.jdk("21.0.1");
        assertThat(scripts.with("JAVA_HOME", named.toString())
                        .run("barnabas", "run")
                        .out())
                .contains("[of 17.0.9]");
        assertThat(scripts.with("JAVA_HOME", old.toString())
                        .run("barnabas", "run")
                        .out())
                .contains("[of 21.0.1]");
    }

    @Test
    void saysHowToGetAJavaWhenThereIsNone() {
        scripts.jdk("11.0.2");
        ScriptRun.Result result = scripts.run("barnabas", "run");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .contains("JDK of version 17 or newer", "apt-get install openjdk-17-jdk-headless", "JAVA_HOME");
    }
}
