package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the broker listens, and what it tells clients to connect to. */
class AddressesTest {
    private static final int BROKER = 732;

    @TempDir
    Path directory;

    private Scripts scripts;
    private final int port = Ports.free();

    @BeforeEach
    void prepare() {
        scripts = new Scripts(directory);
    }

    @AfterEach
    void end() {
        scripts.close();
    }

    private void start(Map<String, String> settings, String... before) {
        String file = scripts.file("server.properties", settings).toString();
        Program.Running broker =
                scripts.script("kafka-server-start.sh", file).after(before).start();
        Awaitility.await("start")
                .atMost(30, TimeUnit.SECONDS)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(() ->
                        broker.outSoFar().contains("try:") || !broker.process().isAlive());
        assertThat(broker.outSoFar()).contains("try:");
    }

    private Map<String, String> settings() {
        return scripts.quietSettings(BROKER);
    }

    private static String nodeToldBy(String bootstrap) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            Node node = admin.describeCluster().nodes().get().iterator().next();
            return node.host() + ":" + node.port();
        }
    }

    @Test
    @Acceptance(3)
    void answersOnTheConfiguredAddressAndOnNoOther() throws Exception {
        Map<String, String> settings = settings();
        settings.put("listeners", "PLAINTEXT://127.0.0.2:" + port);
        start(settings);
        assertThat(nodeToldBy("127.0.0.2:" + port)).isEqualTo("127.0.0.2:" + port);
        Assertions.assertThatThrownBy(() -> connect("127.0.0.1")).isInstanceOf(ConnectException.class);
    }

    private void connect(String host) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), 2_000);
        }
    }

    @Test
    @Acceptance(17)
    void namesTheAddressByWhichAClientCame() throws Exception {
        Map<String, String> settings = settings();
        settings.put("listeners", "PLAINTEXT://:" + port);
        start(settings);
        assertThat(nodeToldBy("127.0.0.1:" + port)).isEqualTo("127.0.0.1:" + port);
        assertThat(nodeToldBy("127.0.0.3:" + port)).isEqualTo("127.0.0.3:" + port);
    }

    @Test
    @Acceptance(17)
    void startsWhereTheHostsOwnNameMeansNothing() throws Exception {
        String[] elsewhere = {"unshare", "--uts", "sh", "-c", "hostname no-such-host.invalid && exec \"$@\"", "sh"};
        boolean mayRename = Program.of("unshare", "--uts", "true").run().exitCode() == 0;
        Requirement.require(mayRename, "unshare --uts needs rights that this user lacks; run as root");
        Map<String, String> settings = settings();
        settings.put("listeners", "PLAINTEXT://:" + port);
        start(settings, elsewhere);
        assertThat(nodeToldBy("127.0.0.1:" + port)).isEqualTo("127.0.0.1:" + port);
    }

    @Test
    @Acceptance(16)
    void namesWhatIsAdvertised() throws Exception {
        Map<String, String> settings = settings();
        settings.put("listeners", "PLAINTEXT://:" + port);
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.5:" + port);
        start(settings);
        assertThat(nodeToldBy("127.0.0.1:" + port)).isEqualTo("127.0.0.5:" + port);
    }

    @Test
    @Acceptance(16)
    void namesWhatTheOldKeysAdvertise() throws Exception {
        Map<String, String> settings = settings();
        settings.remove("listeners");
        settings.put("host.name", "0.0.0.0");
        settings.put("port", Integer.toString(port));
        settings.put("advertised.host.name", "127.0.0.6");
        start(settings);
        assertThat(nodeToldBy("127.0.0.1:" + port)).isEqualTo("127.0.0.6:" + port);
    }

    @Test
    @Acceptance(4)
    void spreadsPartitionsOverLogDirectories() throws Exception {
        Path one = directory.resolve("one");
        Path two = directory.resolve("two");
        Map<String, String> settings = settings();
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.put("log.dirs", one + "," + two);
        start(settings);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
            admin.createTopics(List.of(new NewTopic("spread", 4, (short) 1)))
                    .all()
                    .get();
            List<TopicPartitionInfo> partitions = admin.describeTopics(List.of("spread"))
                    .allTopicNames()
                    .get()
                    .get("spread")
                    .partitions();
            assertThat(partitions).hasSize(4);
        }
        Awaitility.await().untilAsserted(() -> {
            assertThat(one.toFile().list((folder, name) -> name.startsWith("spread-")))
                    .hasSize(2);
            assertThat(two.toFile().list((folder, name) -> name.startsWith("spread-")))
                    .hasSize(2);
        });
    }
}
