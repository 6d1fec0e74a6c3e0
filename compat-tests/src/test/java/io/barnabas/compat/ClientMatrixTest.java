package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Java client of every line from 0.8.2 to 4.4, all at the same time on one topic; each has to read what all together
 * wrote. {@code -Dbarnabas.compat.matrix.seconds=60} makes them write for a minute.
 */
class ClientMatrixTest {
    private static final long SECONDS = Long.getLong("barnabas.compat.matrix.seconds", 1);
    private static final int PARTITIONS = 4;

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

    @Test
    @Acceptance(18)
    void everyReleaseReadsWhatAllTogetherWrite() throws Exception {
        List<String> releases = Releases.ofClients();
        assertThat(releases).hasSize(32).startsWith("0.8.2.2", "0.9.0.1").endsWith("4.3.1", "4.4.0");
        create("matrix", Map.of());

        Program.Result result = run("matrix", "none,gzip,snappy,lz4", releases).expectSuccess();

        assertThat(result.lines().subList(1, result.lines().size()))
                .containsExactlyElementsOf(releases.stream()
                        .skip(1)
                        .map(release -> "ok " + release)
                        .toList());
    }

    private static Program.Result run(String topic, String codecs, List<String> releases) {
        List<String> arguments = new ArrayList<>(List.of(broker.address(), topic, Long.toString(SECONDS), codecs));
        releases.forEach(release -> arguments.add(Releases.described(release)));
        // The code of so many releases at once is more than the usual space for it holds.
        return Program.java(
                        List.of("-XX:ReservedCodeCacheSize=240m"),
                        Home.scenarios(),
                        "io.barnabas.scenario.ClientMatrix",
                        arguments.toArray(String[]::new))
                .start()
                .await(SECONDS + 120);
    }

    private static void create(String topic, Map<String, String> settings) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1).configs(settings)))
                    .all()
                    .get();
        }
    }
}
