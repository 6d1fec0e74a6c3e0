package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log-dirs tool of two releases tells where partitions lie and how large they are. */
class LogDirsToolTest {
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
    @ValueSource(strings = {"3.9.2", "4.3.1"})
    void tellsTheSizeOfEachPartition(String release) {
        Tools tools = new Tools(release, broker);
        String topic = "sized-" + release.replace('.', '-');
        tools.topics("--create", "--topic", topic, "--partitions", "2").run().expectSuccess();

        String empty = describe(tools, topic);
        assertThat(empty)
                .contains("{\"broker\":0,\"logDirs\":[")
                .contains("\"error\":null", "\"logDir\":\"" + broker.logDirectory() + "\"")
                .contains(partition(topic, 0, "0"), partition(topic, 1, "0"))
                .doesNotContain("__consumer_offsets");

        tools.consoleProducer("--topic", topic).withInput("one\ntwo\n").run().expectSuccess();
        assertThat(describe(tools, topic)).matches("(?s).*\"partition\":\"" + topic + "-\\d\",\"size\":[1-9].*");
    }

    private static String partition(String topic, int index, String size) {
        return "{\"partition\":\"" + topic + "-" + index + "\",\"size\":" + size
                + ",\"offsetLag\":0,\"isFuture\":false}";
    }

    private static String describe(Tools tools, String topic) {
        return tools.logDirs("--describe", "--topic-list", topic)
                .run()
                .expectSuccess()
                .out();
    }
}
