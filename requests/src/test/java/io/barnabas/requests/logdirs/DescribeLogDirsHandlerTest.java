package io.barnabas.requests.logdirs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.log.AppendOrigin;
import io.barnabas.log.LogConfig;
import io.barnabas.log.LogManager;
import io.barnabas.log.LogManagerSettings;
import io.barnabas.log.PartitionLog;
import io.barnabas.replication.ControllerEpochs;
import io.barnabas.replication.LeadershipListener;
import io.barnabas.replication.PartitionConfig;
import io.barnabas.replication.ReplicaSettings;
import io.barnabas.replication.Replicas;
import io.barnabas.requests.ApiException;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.ClientConnection;
import io.barnabas.requests.Frames;
import io.barnabas.requests.Metrics;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.runtime.Disk;
import io.barnabas.runtime.ThreadPools;
import io.barnabas.testkit.FaultyDisk;
import io.barnabas.testkit.RecordedFaults;
import io.barnabas.testkit.Seeds;
import io.barnabas.testkit.SimulatedTime;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ByteReader;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.AlterReplicaLogDirsRequest;
import io.barnabas.wire.message.AlterReplicaLogDirsRequest.AlterReplicaLogDir;
import io.barnabas.wire.message.AlterReplicaLogDirsRequest.AlterReplicaLogDirTopic;
import io.barnabas.wire.message.AlterReplicaLogDirsResponse;
import io.barnabas.wire.message.AlterReplicaLogDirsResponse.AlterReplicaLogDirTopicResult;
import io.barnabas.wire.message.DescribeLogDirsRequest;
import io.barnabas.wire.message.DescribeLogDirsRequest.DescribableLogDirTopic;
import io.barnabas.wire.message.DescribeLogDirsResponse;
import io.barnabas.wire.message.DescribeLogDirsResponse.DescribeLogDirsPartition;
import io.barnabas.wire.message.DescribeLogDirsResponse.DescribeLogDirsResult;
import io.barnabas.wire.message.DescribeLogDirsResponse.DescribeLogDirsTopic;
import io.barnabas.wire.message.LeaderAndIsrRequest;
import io.barnabas.wire.message.LeaderAndIsrRequest.LeaderAndIsrPartitionState;
import io.barnabas.wire.message.LeaderAndIsrRequest.LeaderAndIsrTopicState;
import io.barnabas.wire.message.ResponseHeader;
import io.barnabas.wire.record.RecordBatchBuilder;
import io.barnabas.wire.record.RecordRules;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DescribeLogDirsHandlerTest {
    private static final TopicPartition ORDERS_0 = new TopicPartition("orders", 0);
    private static final TopicPartition ORDERS_1 = new TopicPartition("orders", 1);

    @TempDir
    Path directory;

    private final FaultyDisk disk = new FaultyDisk(Disk.local());
    private final SimulatedTime time = new SimulatedTime();
    private final ThreadPools pools = new ThreadPools();
    private LogManager logs;
    private Replicas replicas;
    private Authorizer authorizer = Authorizer.allowAll();

    @BeforeEach
    void start() throws IOException {
        RecordedFaults faults = new RecordedFaults();
        logs = new LogManager(
                LogManagerSettings.defaults(List.of(directory.resolve("a"), directory.resolve("b"))),
                disk,
                time,
                time,
                pools,
                pools.pool("disk-io", 1),
                Seeds.random(1),
                faults,
                (failed, partitions, lastOne) -> {});
        logs.start(topic -> LogConfig.defaults());
        RecordRules rules = new RecordRules(1_000_000, null, 0, false, Long.MAX_VALUE, Long.MAX_VALUE, false, 1 << 20);
        replicas = new Replicas(
                logs,
                topic -> new PartitionConfig(LogConfig.defaults(), rules, 1, true),
                new ReplicaSettings(1, 30_000, id -> true),
                new ControllerEpochs(),
                () -> 0,
                new NobodyListens(),
                time,
                Runnable::run);
    }

    @AfterEach
    void stop() {
        disk.heal();
        logs.close();
        pools.close();
    }

    @Test
    void tellsEachPartitionWithItsSizeInEveryVersion() throws IOException {
        lead(ORDERS_0);
        lead(ORDERS_1);
        int bytes = append(ORDERS_0);
        for (int version = 0; version <= 5; version++) {
            DescribeLogDirsResponse answer = call(version, new DescribeLogDirsRequest().topics(null));

            assertThat(answer.errorCode()).isZero();
            assertThat(answer.results())
                    .extracting(DescribeLogDirsResult::logDir)
                    .containsExactly(
                            directory.resolve("a").toString(),
                            directory.resolve("b").toString());
            assertThat(sizes(answer)).containsExactly("a: orders-0 " + bytes + " lag 0", "b: orders-1 0 lag 0");
            DescribeLogDirsResult first = answer.results().get(0);
            assertThat(first.errorCode()).isZero();
            assertThat(first.isCordoned()).isFalse();
            if (version < 4) {
                assertThat(first.totalBytes()).isEqualTo(-1);
            } else {
                assertThat(first.totalBytes()).isGreaterThan(first.usableBytes());
                assertThat(first.usableBytes()).isPositive();
            }
        }
    }

    @Test
    void tellsThePartitionsThatWereAskedForOnly() {
        lead(ORDERS_0);
        lead(ORDERS_1);
        DescribeLogDirsRequest one = new DescribeLogDirsRequest()
                .topics(List.of(
                        new DescribableLogDirTopic().topic("orders").partitions(new int[] {1, 7}),
                        new DescribableLogDirTopic().topic("nowhere").partitions(new int[] {0})));

        assertThat(sizes(call(4, one))).containsExactly("b: orders-1 0 lag 0");
        assertThat(sizes(call(4, new DescribeLogDirsRequest()))).isEmpty();
    }

    @Test
    void knowsNoLagOfALogThatNobodyServes() throws IOException {
        logs.create(ORDERS_0, Uuid.ZERO, LogConfig.defaults());

        assertThat(sizes(call(4, new DescribeLogDirsRequest().topics(null)))).containsExactly("a: orders-0 0 lag -1");
    }

    @Test
    void tellsOfAFailedDirectoryThatItHasFailedAndNothingElse() throws IOException {
        lead(ORDERS_0);
        lead(ORDERS_1);
        disk.failOnceAt(1);
        logs.logFor(ORDERS_0).appendAsLeader(batch(), 0, AppendOrigin.CLIENT, time.nowMs());

        DescribeLogDirsResponse answer = call(4, new DescribeLogDirsRequest().topics(null));

        DescribeLogDirsResult failed = answer.results().get(0);
        assertThat(failed.errorCode()).isEqualTo(ErrorCode.KAFKA_STORAGE_ERROR.code());
        assertThat(failed.totalBytes()).isEqualTo(-1);
        assertThat(sizes(answer)).containsExactly("b: orders-1 0 lag 0");
    }

    @Test
    void tellsHowFarAMoveIsAndWhereItIsOver() throws IOException {
        lead(ORDERS_0);
        append(ORDERS_0);
        logs.futures().create(logs.logFor(ORDERS_0), logs.directories().get(1));
        assertThat(sizes(call(4, new DescribeLogDirsRequest().topics(null))))
                .hasSize(2)
                .last()
                .isEqualTo("b: orders-0 0 lag 1 future");
        for (short version = 0; version <= 2; version++) {
            assertThat(move(version, ORDERS_0, "b")).isEqualTo(ErrorCode.NONE);
        }
        while (logs.futures().of(ORDERS_0) != null) {
            Thread.onSpinWait();
        }
        assertThat(sizes(call(4, new DescribeLogDirsRequest().topics(null))))
                .singleElement()
                .asString()
                .startsWith("b: orders-0 ");
        assertThat(move((short) 2, ORDERS_0, "c")).isEqualTo(ErrorCode.LOG_DIR_NOT_FOUND);
        assertThat(move((short) 2, ORDERS_1, "b")).isEqualTo(ErrorCode.REPLICA_NOT_AVAILABLE);
    }

    private ErrorCode move(short version, TopicPartition partition, String to) {
        AlterReplicaLogDirsRequest request = new AlterReplicaLogDirsRequest()
                .dirs(List.of(new AlterReplicaLogDir()
                        .path(directory.resolve(to).toString())
                        .topics(List.of(new AlterReplicaLogDirTopic()
                                .name(partition.topic())
                                .partitions(new int[] {partition.partition()})))));
        AlterReplicaLogDirsResponse answer = new AlterReplicaLogDirsHandler(replicas, authorizer, Metrics.none())
                .handle(context(ApiKey.ALTER_REPLICA_LOG_DIRS, version), request)
                .toCompletableFuture()
                .join();
        AlterReplicaLogDirTopicResult topic = answer.results().get(0);
        assertThat(topic.topicName()).isEqualTo(partition.topic());
        assertThat(topic.partitions().get(0).partitionIndex()).isEqualTo(partition.partition());
        return ErrorCode.of(topic.partitions().get(0).errorCode());
    }

    @Test
    void movesNothingForACallerWithoutTheRight() {
        lead(ORDERS_0);
        authorizer = (context, operation, type, name) -> operation != Operation.ALTER;
        assertThatThrownBy(() -> move((short) 2, ORDERS_0, "b")).isInstanceOf(ApiException.class);
        assertThat(logs.futures().of(ORDERS_0)).isNull();
    }

    @Test
    void refusesACallerWithoutTheRight() {
        authorizer = (context, operation, type, name) -> false;

        assertThatThrownBy(() -> call(3, new DescribeLogDirsRequest()))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refusal -> assertThat(refusal.error()).isEqualTo(ErrorCode.CLUSTER_AUTHORIZATION_FAILED));
    }

    private void lead(TopicPartition partition) {
        LeaderAndIsrPartitionState state = new LeaderAndIsrPartitionState()
                .partitionIndex(partition.partition())
                .leader(1)
                .replicas(new int[] {1})
                .isr(new int[] {1})
                .isNew(true);
        replicas.leaderAndIsr(new LeaderAndIsrRequest()
                .brokerEpoch(-1)
                .topicStates(List.of(new LeaderAndIsrTopicState()
                        .topicName(partition.topic())
                        .topicId(new Uuid(4, 5))
                        .partitionStates(List.of(state)))));
        assertThat(replicas.partition(partition)).isNotNull();
    }

    private int append(TopicPartition partition) {
        ByteBuf batch = batch();
        int bytes = batch.readableBytes();
        PartitionLog log = logs.logFor(partition);
        log.appendAsLeader(batch, 0, AppendOrigin.CLIENT, time.nowMs());
        assertThat(log.logEndOffset()).isEqualTo(1);
        return bytes;
    }

    private ByteBuf batch() {
        return new RecordBatchBuilder(UnpooledByteBufAllocator.DEFAULT)
                .append(time.nowMs(), new byte[] {1}, new byte[] {2}, List.of())
                .build();
    }

    /** The answer as a client of that version sees it. */
    private DescribeLogDirsResponse call(int version, DescribeLogDirsRequest request) {
        RequestContext context = context(ApiKey.DESCRIBE_LOG_DIRS, (short) version);
        DescribeLogDirsResponse answer = new DescribeLogDirsHandler(
                        new LogDirectoryUse(logs, replicas), authorizer, Metrics.none(), Runnable::run)
                .handle(context, request)
                .toCompletableFuture()
                .join();
        ByteReader reader = new ByteReader(Frames.response(context, answer));
        ResponseHeader.read(reader, ApiKey.DESCRIBE_LOG_DIRS.responseHeaderVersion((short) version));
        DescribeLogDirsResponse read = DescribeLogDirsResponse.read(reader, (short) version);
        assertThat(reader.remaining()).isZero();
        return read;
    }

    private static RequestContext context(ApiKey api, short version) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return new RequestContext(
                new ClientConnection("test", "PLAINTEXT", loopback, 1, loopback, 9092, Runnable::run),
                api,
                version,
                7,
                "me");
    }

    private static List<String> sizes(DescribeLogDirsResponse answer) {
        return answer.results().stream()
                .flatMap(result -> result.topics().stream()
                        .flatMap(topic -> topic.partitions().stream().map(partition -> line(result, topic, partition))))
                .toList();
    }

    private static String line(
            DescribeLogDirsResult result, DescribeLogDirsTopic topic, DescribeLogDirsPartition partition) {
        return Path.of(result.logDir()).getFileName() + ": " + topic.name() + "-" + partition.partitionIndex() + " "
                + partition.partitionSize() + " lag " + partition.offsetLag()
                + (partition.isFutureKey() ? " future" : "");
    }

    private static final class NobodyListens implements LeadershipListener {
        @Override
        public void elected(TopicPartition partition, int leaderEpoch) {}

        @Override
        public void resigned(TopicPartition partition, int leaderEpoch) {}
    }
}
