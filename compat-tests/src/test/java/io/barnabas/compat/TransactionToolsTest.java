package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.compat.differential.Connection;
import io.barnabas.testkit.Acceptance;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.message.FindCoordinatorRequest;
import io.barnabas.wire.message.FindCoordinatorResponse;
import io.barnabas.wire.message.InitProducerIdRequest;
import io.barnabas.wire.message.InitProducerIdResponse;
import io.barnabas.wire.message.ProduceRequest;
import io.barnabas.wire.message.ProduceRequest.PartitionProduceData;
import io.barnabas.wire.message.ProduceRequest.TopicProduceData;
import io.barnabas.wire.message.ProduceResponse;
import io.barnabas.wire.record.RecordBatchBuilder;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kafka-transactions.sh, the console consumer and the stock formatters, on transactions done, open and hanging. */
class TransactionToolsTest {
    private static final String FORMATTERS = "org.apache.kafka.tools.consumer.";

    @TempDir
    static Path directory;

    private static BrokerProcess broker;

    /** Partitions believe what producers say, since otherwise no transaction would ever hang. */
    @BeforeAll
    static void start() {
        broker = BrokerProcess.in(directory)
                .with("transaction.partition.verification.enable", "false")
                .start();
        TransactionsTest.scenario("3.9.2", "TransactionScenario", broker.address(), "tool")
                .run()
                .expectSuccess();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"3.9.2", "4.3.1"})
    @Acceptance(53)
    void transactionsAreListedAndDescribed(String release) {
        Tools tools = new Tools(release, broker);
        assertThat(tools.transactions("list").run().expectSuccess().out())
                .containsPattern("tool-commit\\s+0\\s+\\d+\\s+CompleteCommit")
                .containsPattern("tool-open\\s+0\\s+\\d+\\s+CompleteCommit");
        assertThat(tools.transactions("describe", "--transactional-id", "tool-offsets")
                        .run()
                        .expectSuccess()
                        .out())
                .containsPattern("CompleteCommit");
        Program.Result unknown =
                tools.transactions("describe", "--transactional-id", "nobody").run();
        assertThat(unknown.out() + unknown.err()).contains("the ID could not be found");
        assertThat(tools.transactions("describe-producers", "--topic", "tool-mixed", "--partition", "0")
                        .run()
                        .expectSuccess()
                        .lines())
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"3.9.2", "4.3.1"})
    @Acceptance(53)
    void aHangingTransactionIsFoundAndAborted(String release) throws Exception {
        Tools tools = new Tools(release, broker);
        String topic = "hanging-" + release;
        createTopic(topic);
        long producerId = hang(topic);
        assertThat(lastStableOffset(topic)).isZero();

        assertThat(tools.transactions("find-hanging", "--broker-id", "0")
                        .run()
                        .expectSuccess()
                        .out())
                .containsPattern(topic + "\\s+0\\s+" + producerId + "\\s+0\\s+-1\\s+0");
        tools.transactions("abort", "--topic", topic, "--partition", "0", "--start-offset", "0")
                .run()
                .expectSuccess();
        // The record and the marker.
        assertThat(lastStableOffset(topic)).isEqualTo(2);
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"3.9.2", "4.3.1"})
    @Acceptance({53, 57})
    void theConsoleConsumerReadsOnlyWhatIsCommitted(String release) {
        assertThat(committed(new Tools(release, broker), "tool-abort", "5000"))
                .contains("yes-0")
                .doesNotContain("never-0");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @Acceptance(53)
    void stockFormattersPrintTheStateOfTransactionsAndTheOffsetsInThem() {
        assertThat(formatted("__transaction_state", "TransactionLogMessageFormatter"))
                .contains("\"transactionalId\":\"tool-commit\"")
                .contains("\"transactionStatus\":4")
                .contains("\"topic\":\"tool-mixed\"");
        assertThat(formatted("__consumer_offsets", "OffsetsMessageFormatter"))
                .contains("\"group\":\"tool-group\"")
                .contains("\"offset\":10")
                .contains("\"offset\":3");
        assertThat(formatted("__consumer_offsets", "OffsetsMessageFormatter", "--isolation-level", "read_committed"))
                .contains("\"offset\":10")
                .doesNotContain("\"offset\":3,");
    }

    private static String formatted(String topic, String formatter, String... more) {
        String[] arguments = {
            "--topic", topic, "--from-beginning", "--timeout-ms", "4000", "--formatter", FORMATTERS + formatter
        };
        String[] all =
                Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
        return new Tools("3.9.2", broker).consoleConsumer(all).run().out();
    }

    private static List<String> committed(Tools tools, String topic, String patienceMs) {
        return tools.consoleConsumer(
                        "--topic",
                        topic,
                        "--from-beginning",
                        "--isolation-level",
                        "read_committed",
                        "--max-messages",
                        "1",
                        "--timeout-ms",
                        patienceMs)
                .run()
                .lines();
    }

    private static void createTopic(String topic) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static long lastStableOffset(String topic) throws Exception {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Admin admin = admin()) {
            return admin.listOffsets(
                            Map.of(partition, OffsetSpec.latest()),
                            new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .partitionResult(partition)
                    .get()
                    .offset();
        }
    }

    private static Admin admin() {
        return Admin.create(Map.<String, Object>of("bootstrap.servers", broker.address()));
    }

    /** Writes a record of a transaction that its coordinator knows nothing of, an hour ago as it seems. */
    private static long hang(String topic) {
        String id = topic + "-id";
        try (Connection connection = new Connection(broker.address())) {
            Awaitility.await("coordinator")
                    .pollInSameThread()
                    .atMost(10, TimeUnit.SECONDS)
                    .until(() -> ask(
                                            connection,
                                            3,
                                            new FindCoordinatorRequest().key(id).keyType((byte) 1),
                                            FindCoordinatorResponse.class)
                                    .errorCode()
                            == 0);
            InitProducerIdResponse producer = ask(
                    connection,
                    4,
                    new InitProducerIdRequest().transactionalId(id).transactionTimeoutMs(60_000),
                    InitProducerIdResponse.class);
            assertThat(producer.errorCode()).isZero();
            ProduceResponse written = ask(connection, 9, records(topic, id, producer), ProduceResponse.class);
            assertThat(written.responses().get(0).partitionResponses().get(0).errorCode())
                    .isZero();
            return producer.producerId();
        }
    }

    private static ProduceRequest records(String topic, String id, InitProducerIdResponse producer) {
        try (RecordBatchBuilder batch = new RecordBatchBuilder(UnpooledByteBufAllocator.DEFAULT)) {
            batch.producer(producer.producerId(), producer.producerEpoch(), 0).transactional();
            batch.append(
                    System.currentTimeMillis() - TimeUnit.HOURS.toMillis(1),
                    null,
                    "open".getBytes(StandardCharsets.UTF_8));
            return new ProduceRequest()
                    .transactionalId(id)
                    .acks((short) -1)
                    .timeoutMs(5_000)
                    .topicData(List.of(new TopicProduceData()
                            .name(topic)
                            .partitionData(List.of(new PartitionProduceData()
                                    .index(0)
                                    .records(new RecordsRef.Buffer(batch.build()))))));
        }
    }

    private static <T extends ApiMessage> T ask(Connection connection, int version, ApiMessage request, Class<T> type) {
        ApiKey key = request.apiKey();
        connection.send((short) version, request);
        return connection.read(key, (short) version).as(type);
    }
}
