package io.barnabas.requests.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.LogConfig;
import io.barnabas.log.SegmentStart;
import io.barnabas.replication.Partition;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.Metrics;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.ListOffsetsRequest;
import io.barnabas.wire.message.ListOffsetsRequest.ListOffsetsPartition;
import io.barnabas.wire.message.ListOffsetsRequest.ListOffsetsTopic;
import io.barnabas.wire.message.ListOffsetsResponse;
import io.barnabas.wire.message.ListOffsetsResponse.ListOffsetsPartitionResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListOffsetsHandlerTest {
    private static final String TOPIC = "orders";
    private static final long LATEST = -1;
    private static final long EARLIEST = -2;
    private static final long MAX_TIMESTAMP = -3;
    private static final long EARLIEST_LOCAL = -4;
    private static final long LATEST_TIERED = -5;
    private static final long EARLIEST_PENDING_UPLOAD = -6;

    @TempDir
    Path directory;

    private DataFixture broker;
    private ListOffsetsHandler handler;

    @BeforeEach
    void start() throws IOException {
        broker = new DataFixture(directory);
        PartitionLookup lookup = broker.lookup();
        handler = new ListOffsetsHandler(
                new OffsetQuery(lookup),
                new OldStyleOffsetQuery(lookup, broker.time),
                Authorizer.allowAll(),
                Metrics.none(),
                broker.diskIo::add);
    }

    @AfterEach
    void stop() {
        broker.close();
        assertThat(broker.faults.faults()).isEmpty();
    }

    @Test
    void namedPlacesComeFromMemory() {
        Partition partition = broker.role(TOPIC, 0, 1, 4, ids(1), ids(1));
        produceAt(100, 200, 300);
        partition.deleteRecordsBefore(1);
        assertThat(ask(9, LATEST)).isEqualTo("3 at -1 in 4");
        assertThat(ask(9, EARLIEST)).isEqualTo("1 at -1 in 4");
        assertThat(ask(9, EARLIEST_LOCAL)).isEqualTo("1 at -1 in 4");
        assertThat(ask(9, LATEST_TIERED)).isEqualTo("-1 at -1 in -1");
        assertThat(ask(11, EARLIEST_PENDING_UPLOAD)).isEqualTo("-1 at -1 in -1");
        assertThat(broker.diskIo.count()).isZero();
    }

    @Test
    void findsTheFirstRecordThatIsYoungEnough() {
        broker.lead(TOPIC, 1);
        produceAt(100, 300, 200, 300);
        assertThat(ask(9, 100)).isEqualTo("0 at 100 in 0");
        assertThat(ask(9, 101)).isEqualTo("1 at 300 in 0");
        assertThat(ask(9, 300)).isEqualTo("1 at 300 in 0");
        assertThat(ask(9, 301)).isEqualTo("-1 at -1 in -1");
        assertThat(ask(9, MAX_TIMESTAMP)).isEqualTo("1 at 300 in 0");
    }

    @Test
    void looksIntoFilesOnTheDiskPool() {
        broker.lead(TOPIC, 1);
        produceAt(100);
        CompletableFuture<ListOffsetsResponse> answer = send(9, -1, (byte) 0, asked(100));
        assertThat(answer).isNotDone();
        broker.diskIo.run();
        assertThat(answer).isDone();
    }

    @Test
    void anEmptyLogHasNoTimes() {
        broker.lead(TOPIC, 1);
        assertThat(ask(9, LATEST)).isEqualTo("0 at -1 in 0");
        assertThat(ask(9, 0)).isEqualTo("-1 at -1 in -1");
        assertThat(ask(9, MAX_TIMESTAMP)).isEqualTo("-1 at -1 in -1");
    }

    @Test
    void refusesPlacesThatAVersionDoesNotKnow() {
        broker.lead(TOPIC, 1);
        assertThat(ask(6, MAX_TIMESTAMP)).isEqualTo("UNSUPPORTED_VERSION");
        assertThat(ask(7, EARLIEST_LOCAL)).isEqualTo("UNSUPPORTED_VERSION");
        assertThat(ask(8, LATEST_TIERED)).isEqualTo("UNSUPPORTED_VERSION");
        assertThat(ask(10, EARLIEST_PENDING_UPLOAD)).isEqualTo("UNSUPPORTED_VERSION");
        assertThat(ask(11, -7)).isEqualTo("UNSUPPORTED_VERSION");
        assertThat(ask(0, MAX_TIMESTAMP)).isEqualTo("UNSUPPORTED_VERSION");
    }

    @Test
    void showsAConsumerWhatIsCommittedAndAReplicaAllThereIs() {
        Partition partition = broker.role(TOPIC, 0, 1, 0, ids(1, 2), ids(1, 2));
        new Producing(broker, TOPIC, 0).acks(1).item(Batches.at(100));
        new Producing(broker, TOPIC, 0).acks(1).item(Batches.at(200));
        partition.followerFetched(2, 1, 0, 2);
        assertThat(text(answer(9, -1, (byte) 0, asked(LATEST)))).isEqualTo("1 at -1 in 0");
        assertThat(text(answer(9, 2, (byte) 0, asked(LATEST)))).isEqualTo("2 at -1 in 0");
        assertThat(text(answer(9, -1, (byte) 0, asked(200)))).isEqualTo("-1 at -1 in -1");
        assertThat(text(answer(9, 2, (byte) 0, asked(200)))).isEqualTo("1 at 200 in 0");
    }

    @Test
    void aNewLeaderDoesNotTellConsumersALatestThatMayFallBack() {
        broker.role(TOPIC, 0, 1, 0, ids(1, 2), ids(1, 2));
        new Producing(broker, TOPIC, 0).acks(1).item(Batches.at(100));
        broker.role(TOPIC, 0, 1, 1, ids(1, 2), ids(1, 2));
        assertThat(ask(5, LATEST)).isEqualTo("OFFSET_NOT_AVAILABLE");
        assertThat(ask(4, LATEST)).isEqualTo("LEADER_NOT_AVAILABLE");
        assertThat(ask(5, 100)).isEqualTo("OFFSET_NOT_AVAILABLE");
        assertThat(ask(5, EARLIEST)).isEqualTo("0 at -1 in 0");
        assertThat(text(answer(9, 2, (byte) 0, asked(LATEST)))).isEqualTo("1 at -1 in 1");
    }

    @Test
    void checksTheAskersIdeaOfTheLeader() {
        broker.role(TOPIC, 0, 1, 3, ids(1), ids(1));
        broker.announce("elsewhere", 0, DataFixture.OTHER_ID, 0);
        assertThat(text(answer(9, -1, (byte) 0, asked(LATEST).currentLeaderEpoch(2))))
                .isEqualTo("FENCED_LEADER_EPOCH");
        assertThat(text(answer(9, -1, (byte) 0, asked(LATEST).currentLeaderEpoch(4))))
                .isEqualTo("UNKNOWN_LEADER_EPOCH");
        assertThat(ask("elsewhere", 9, LATEST)).isEqualTo("NOT_LEADER_OR_FOLLOWER");
        assertThat(ask("nowhere", 9, LATEST)).isEqualTo("UNKNOWN_TOPIC_OR_PARTITION");
    }

    @Test
    void refusesToAnswerTheSameQuestionTwice() {
        broker.lead(TOPIC, 1);
        ListOffsetsResponse response =
                send(9, -1, (byte) 0, asked(LATEST), asked(EARLIEST)).join();
        assertThat(response.topics().get(0).partitions())
                .hasSize(2)
                .allMatch(partition -> partition.errorCode() == ErrorCode.INVALID_REQUEST.code());
    }

    @Test
    void version0TellsWhereSegmentsBegin() {
        broker.logConfig = LogConfig.builder().segmentBytes(150).build();
        broker.lead(TOPIC, 1);
        produceAt(1, 2, 3, 4);
        assertThat(old(LATEST, 10)).containsExactly(4, 2, 0);
        assertThat(old(LATEST, 1)).containsExactly(4);
        assertThat(old(EARLIEST, 10)).containsExactly(0);
        assertThat(old(0, 10)).isEmpty();
    }

    @Test
    void version0ChoosesByTheTimeOfTheFilesAndStaysBelowTheLimit() {
        List<SegmentStart> places = List.of(
                new SegmentStart(3, 100),
                new SegmentStart(5, 200),
                new SegmentStart(8, 300),
                new SegmentStart(10, 400));
        assertThat(OldStyleOffsetQuery.choose(places, 250, 10, Long.MAX_VALUE)).containsExactly(5, 3);
        assertThat(OldStyleOffsetQuery.choose(places, 99, 10, Long.MAX_VALUE)).isEmpty();
        assertThat(OldStyleOffsetQuery.choose(places, LATEST, 10, 6)).containsExactly(6, 5, 3);
        assertThat(OldStyleOffsetQuery.choose(places, LATEST, 2, Long.MAX_VALUE))
                .containsExactly(10, 8);
        assertThat(OldStyleOffsetQuery.choose(places, LATEST, 0, Long.MAX_VALUE))
                .isEmpty();
    }

    private long[] old(long timestamp, int maxOffsets) {
        ListOffsetsPartitionResponse answer =
                answer(0, -1, (byte) 0, asked(timestamp).maxNumOffsets(maxOffsets));
        assertThat(answer.errorCode()).isZero();
        return answer.oldStyleOffsets();
    }

    private void produceAt(long... timestamps) {
        for (long timestamp : timestamps) {
            new Producing(broker, TOPIC, 0).item(Batches.at(timestamp));
        }
    }

    private static ListOffsetsPartition asked(long timestamp) {
        return new ListOffsetsPartition().partitionIndex(0).timestamp(timestamp);
    }

    private String ask(int version, long timestamp) {
        return ask(TOPIC, version, timestamp);
    }

    private String ask(String topic, int version, long timestamp) {
        CompletableFuture<ListOffsetsResponse> response = send(topic, version, -1, (byte) 0, asked(timestamp));
        broker.diskIo.run();
        return text(response.join().topics().get(0).partitions().get(0));
    }

    private ListOffsetsPartitionResponse answer(
            int version, int replicaId, byte isolationLevel, ListOffsetsPartition... asked) {
        CompletableFuture<ListOffsetsResponse> response = send(version, replicaId, isolationLevel, asked);
        broker.diskIo.run();
        return response.join().topics().get(0).partitions().get(0);
    }

    private CompletableFuture<ListOffsetsResponse> send(
            int version, int replicaId, byte isolationLevel, ListOffsetsPartition... asked) {
        return send(TOPIC, version, replicaId, isolationLevel, asked);
    }

    private CompletableFuture<ListOffsetsResponse> send(
            String topic, int version, int replicaId, byte isolationLevel, ListOffsetsPartition... asked) {
        ListOffsetsRequest request = new ListOffsetsRequest()
                .replicaId(replicaId)
                .isolationLevel(isolationLevel)
                .topics(List.of(new ListOffsetsTopic().name(topic).partitions(List.of(asked))));
        return handler.handle(broker.context(ApiKey.LIST_OFFSETS, version), request)
                .toCompletableFuture();
    }

    private static String text(ListOffsetsPartitionResponse answer) {
        return answer.errorCode() == 0
                ? answer.offset() + " at " + answer.timestamp() + " in " + answer.leaderEpoch()
                : ErrorCode.of(answer.errorCode()).toString();
    }

    private static int[] ids(int... ids) {
        return ids;
    }
}
