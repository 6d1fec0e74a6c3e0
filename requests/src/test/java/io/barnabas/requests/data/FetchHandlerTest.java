package io.barnabas.requests.data;

import static io.barnabas.requests.data.Fetching.first;
import static io.barnabas.requests.data.Fetching.from;
import static io.barnabas.requests.data.Fetching.now;
import static io.barnabas.requests.data.Fetching.request;
import static io.barnabas.requests.data.Fetching.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.LogConfig;
import io.barnabas.replication.Partition;
import io.barnabas.replication.PartitionConfig;
import io.barnabas.requests.RequestContext;
import io.barnabas.testkit.Acceptance;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.FetchRequest;
import io.barnabas.wire.message.FetchRequest.ReplicaState;
import io.barnabas.wire.message.FetchResponse;
import io.barnabas.wire.message.FetchResponse.PartitionData;
import io.barnabas.wire.record.Compression;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchHandlerTest {
    private static final String TOPIC = "orders";

    @TempDir
    Path directory;

    private DataFixture broker;
    private Fetching byName;
    private Fetching byId;

    @BeforeEach
    void start() throws IOException {
        broker = new DataFixture(directory);
        byName = new Fetching(broker, broker.fetchHandler(), 12);
        byId = new Fetching(broker, broker.fetchHandler(), 17);
    }

    @AfterEach
    void stop() {
        broker.close();
        assertThat(broker.faults.faults()).isEmpty();
    }

    @Test
    void bringsTheRecordsFromAnOffsetOn() {
        broker.lead(TOPIC, 1);
        produce(0, "a", "b", "c");
        FetchResponse response = byName.answer(request().topics(List.of(byName.topic(TOPIC, from(0, 1)))));
        PartitionData partition = first(response);
        assertThat(partition.highWatermark()).isEqualTo(3);
        assertThat(partition.lastStableOffset()).isEqualTo(3);
        assertThat(partition.logStartOffset()).isZero();
        assertThat(partition.preferredReadReplica()).isEqualTo(-1);
        assertThat(partition.abortedTransactions()).isNull();
        assertThat(text(response)).containsExactly("0: b,c");
    }

    @Test
    void namesTopicsByIdSinceVersion13() {
        broker.lead(TOPIC, 1);
        produce(0, "a");
        FetchResponse response = byId.answer(request()
                .topics(List.of(byId.topic(TOPIC, from(0, 0)), byId.topic("unknown", from(3, 0)))));
        assertThat(response.responses().get(0).topicId()).isEqualTo(DataFixture.topicId(TOPIC));
        assertThat(text(response)).containsExactly("0: a", "3: UNKNOWN_TOPIC_ID");
    }

    @Test
    @Acceptance(60)
    void waitsForARecordAndWakesWithIt() {
        broker.lead(TOPIC, 1);
        CompletableFuture<FetchResponse> response =
                byName.send(request().topics(List.of(byName.topic(TOPIC, from(0, 0)))));
        assertThat(response).isNotDone();
        produce(0, "a");
        assertThat(response).as("until its own event loop runs").isNotDone();
        broker.loop.run();
        assertThat(text(now(response))).containsExactly("0: a");
    }

    @Test
    void costsNothingWhileItWaitsAndLeavesNothingBehind() {
        broker.lead(TOPIC, 2);
        int timers = broker.time.waitingTasks();
        CompletableFuture<FetchResponse> response =
                byName.send(request().topics(List.of(byName.topic(TOPIC, from(0, 0)))));
        assertThat(broker.time.waitingTasks()).isEqualTo(timers + 1);
        produce(1, "elsewhere");
        assertThat(broker.loop.count()).isZero();
        produce(0, "a");
        broker.loop.run();
        now(response);
        assertThat(broker.time.waitingTasks()).isEqualTo(timers);
        produce(0, "b");
        assertThat(broker.loop.count()).isZero();
    }

    @Test
    @Acceptance(60)
    void answersWithNothingWhenTheTimeIsOver() {
        broker.lead(TOPIC, 1);
        CompletableFuture<FetchResponse> response =
                byName.send(request().topics(List.of(byName.topic(TOPIC, from(0, 0)))));
        broker.time.advanceMs(499);
        broker.loop.run();
        assertThat(response).isNotDone();
        broker.time.advanceMs(1);
        broker.loop.run();
        assertThat(text(now(response))).containsExactly("0: ");
    }

    @Test
    void stopsWaitingWhenItsClientGoesAway() {
        broker.lead(TOPIC, 1);
        int timers = broker.time.waitingTasks();
        RequestContext context = broker.context(ApiKey.FETCH, 12);
        FetchRequest patient = request().maxWaitMs(Integer.MAX_VALUE).topics(List.of(byName.topic(TOPIC, from(0, 0))));
        CompletableFuture<FetchResponse> response =
                broker.fetchHandler().handle(context, patient).toCompletableFuture();
        context.connection().closed();
        assertThat(response).isDone();
        assertThat(broker.time.waitingTasks()).isEqualTo(timers);
        produce(0, "a");
        assertThat(broker.loop.count()).isZero();
        patient.topics(List.of(byName.topic(TOPIC, from(0, 1))));
        assertThat(broker.fetchHandler().handle(context, patient).toCompletableFuture())
                .as("one that was on its way")
                .isDone();
    }

    @Test
    void waitsUntilThereIsAsMuchAsItWants() {
        broker.lead(TOPIC, 2);
        CompletableFuture<FetchResponse> response =
                byName.send(request().minBytes(250).topics(List.of(byName.topic(TOPIC, from(0, 0), from(1, 0)))));
        produceBytes(0, 100);
        produceBytes(1, 149);
        broker.loop.run();
        assertThat(response).isNotDone();
        produceBytes(0, 100);
        broker.loop.run();
        assertThat(now(response).responses().get(0).partitions()).hasSize(2);
    }

    @Test
    void neverShowsWhatIsNotCommitted() {
        Partition partition = broker.role(TOPIC, 0, 1, 0, ids(1, 2), ids(1, 2));
        produce(0, 1, "a");
        CompletableFuture<FetchResponse> response =
                byName.send(request().topics(List.of(byName.topic(TOPIC, from(0, 0)))));
        produce(0, 1, "b");
        broker.loop.run();
        assertThat(response).isNotDone();
        partition.followerFetched(2, 1, 0, 2);
        broker.loop.run();
        assertThat(text(now(response))).containsExactly("0: a");
    }

    @Test
    @Acceptance(64)
    void severalPartitionsShareOneAnswer() {
        broker.lead(TOPIC, 3);
        produce(0, "a");
        produce(2, "c");
        FetchResponse response =
                byName.answer(request().topics(List.of(byName.topic(TOPIC, from(0, 0), from(1, 0), from(2, 0)))));
        assertThat(response.responses()).hasSize(1);
        assertThat(text(response)).containsExactly("0: a", "1: ", "2: c");
    }

    @Test
    void keepsToItsLimitsButBringsAtLeastOneBatch() {
        broker.lead(TOPIC, 3);
        for (int partition = 0; partition < 3; partition++) {
            produceBytes(partition, 1_000);
            produceBytes(partition, 1_000);
        }
        FetchResponse wide = byName.answer(request().topics(List.of(byName.topic(TOPIC, from(0, 0), from(1, 0)))));
        assertThat(sizes(wide)).containsExactly(2_000, 2_000);
        FetchResponse limited = byName.answer(
                request().maxBytes(3_100).topics(List.of(byName.topic(TOPIC, from(0, 0), from(1, 0), from(2, 0)))));
        assertThat(sizes(limited)).containsExactly(2_000, 1_100, 0);
        FetchResponse tiny =
                byName.answer(request().maxBytes(10).topics(List.of(byName.topic(TOPIC, from(0, 0), from(1, 0)))));
        assertThat(sizes(tiny)).containsExactly(1_000, 0);
        FetchResponse tinyPartition = byName.answer(request()
                .topics(List.of(byName.topic(
                        TOPIC, from(0, 0).partitionMaxBytes(10), from(1, 0).partitionMaxBytes(10)))));
        assertThat(sizes(tinyPartition))
                .as("no part of a batch, which clients take for a fault")
                .containsExactly(1_000, 0);
    }

    @Test
    void refusesOffsetsThatTheLogDoesNotHave() {
        broker.lead(TOPIC, 1);
        produce(0, "a", "b", "c");
        partition(0).deleteRecordsBefore(2);
        for (long offset : new long[] {1, 4, -1}) {
            FetchResponse response = byName.answer(request().topics(List.of(byName.topic(TOPIC, from(0, offset)))));
            PartitionData answer = first(response);
            assertThat(ErrorCode.of(answer.errorCode())).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
            assertThat(answer.highWatermark()).isEqualTo(-1);
            assertThat(answer.lastStableOffset()).isEqualTo(-1);
            assertThat(answer.logStartOffset()).isEqualTo(-1);
            assertThat(answer.abortedTransactions()).isNull();
            assertThat(answer.records().sizeInBytes()).isZero();
        }
    }

    @Test
    void tellsApartWhatIsElsewhereAndWhatIsNowhere() {
        broker.announce("elsewhere", 0, DataFixture.OTHER_ID, 3);
        broker.lead(TOPIC, 1);
        FetchResponse elsewhere = byId.answer(request()
                .topics(List.of(byId.topic(TOPIC, from(0, 0)), byId.topic("elsewhere", from(0, 0)))));
        assertThat(text(elsewhere)).containsExactly("0: ", "0: NOT_LEADER_OR_FOLLOWER");
        PartitionData hinted = elsewhere.responses().get(1).partitions().get(0);
        assertThat(hinted.currentLeader().leaderId()).isEqualTo(DataFixture.OTHER_ID);
        assertThat(hinted.currentLeader().leaderEpoch()).isEqualTo(3);
        assertThat(elsewhere.nodeEndpoints())
                .singleElement()
                .satisfies(node -> assertThat(node.host()).isEqualTo("broker-2"));
        FetchResponse nowhere = byName.answer(request().topics(List.of(byName.topic("nowhere", from(0, 0)))));
        assertThat(text(nowhere)).containsExactly("0: UNKNOWN_TOPIC_OR_PARTITION");
        assertThat(first(nowhere).abortedTransactions()).isEmpty();
    }

    @Test
    void whatNobodyKnowsDoesNotHurryTheRest() {
        broker.lead(TOPIC, 1);
        CompletableFuture<FetchResponse> response = byName.send(request()
                .topics(List.of(byName.topic(TOPIC, from(0, 0)), byName.topic("nowhere", from(0, 0)))));
        assertThat(response).isNotDone();
        produce(0, "a");
        broker.loop.run();
        assertThat(text(now(response))).containsExactly("0: a", "0: UNKNOWN_TOPIC_OR_PARTITION");
    }

    @Test
    void checksTheReadersIdeaOfTheLeaderEpoch() {
        broker.role(TOPIC, 0, 1, 5, ids(1), ids(1));
        assertThat(text(byName.answer(request()
                        .topics(List.of(byName.topic(TOPIC, from(0, 0).currentLeaderEpoch(4)))))))
                .containsExactly("0: FENCED_LEADER_EPOCH");
        assertThat(text(byName.answer(request()
                        .topics(List.of(byName.topic(TOPIC, from(0, 0).currentLeaderEpoch(6)))))))
                .containsExactly("0: UNKNOWN_LEADER_EPOCH");
        produce(0, "a");
        assertThat(text(byName.answer(request()
                        .topics(List.of(byName.topic(TOPIC, from(0, 0).currentLeaderEpoch(-2)))))))
                .as("as if nothing was said")
                .containsExactly("0: a");
    }

    @Test
    void hearsAtOnceThatTheLeaderIsAnother() {
        broker.lead(TOPIC, 1);
        CompletableFuture<FetchResponse> response =
                byName.send(request().topics(List.of(byName.topic(TOPIC, from(0, 0)))));
        broker.role(TOPIC, 0, DataFixture.OTHER_ID, 1, ids(1, 2), ids(2));
        broker.loop.run();
        assertThat(text(now(response))).containsExactly("0: NOT_LEADER_OR_FOLLOWER");
    }

    @Test
    void hearsAtOnceThatTheTopicIsGone() {
        broker.lead(TOPIC, 1);
        CompletableFuture<FetchResponse> response =
                byName.send(request().topics(List.of(byName.topic(TOPIC, from(0, 0)))));
        broker.delete(TOPIC, 0);
        broker.loop.run();
        assertThat(text(now(response))).containsExactly("0: NOT_LEADER_OR_FOLLOWER");
    }

    @Test
    void tellsAReaderWhereItsEpochEnded() {
        broker.role(TOPIC, 0, 1, 1, ids(1), ids(1));
        produce(0, "a", "b");
        broker.role(TOPIC, 0, 1, 4, ids(1), ids(1));
        produce(0, "c");
        PartitionData diverged = first(byName.answer(request()
                .topics(List.of(byName.topic(TOPIC, from(0, 3).lastFetchedEpoch(2))))));
        assertThat(diverged.errorCode()).isZero();
        assertThat(diverged.divergingEpoch().epoch()).isEqualTo(1);
        assertThat(diverged.divergingEpoch().endOffset()).isEqualTo(2);
        assertThat(diverged.records().sizeInBytes()).isZero();
        assertThat(text(byName.answer(request()
                        .topics(List.of(byName.topic(TOPIC, from(0, 2).lastFetchedEpoch(1)))))))
                .containsExactly("0: c");
    }

    @Test
    void readCommittedHasAListOfAbortedTransactions() {
        broker.lead(TOPIC, 1);
        produce(0, "a");
        FetchResponse response =
                byName.answer(request().isolationLevel((byte) 1).topics(List.of(byName.topic(TOPIC, from(0, 0)))));
        assertThat(first(response).abortedTransactions()).isEmpty();
        assertThat(text(response)).containsExactly("0: a");
    }

    @Test
    void oldClientsDoNotGetZstd() {
        broker.configs.put(
                TOPIC, new PartitionConfig(LogConfig.defaults(), DataFixture.rules(Compression.ZSTD), 1, true));
        broker.lead(TOPIC, 1);
        Fetching old = new Fetching(broker, broker.fetchHandler(), 9);
        assertThat(text(old.answer(request().topics(List.of(old.topic(TOPIC, from(0, 0)))))))
                .containsExactly("0: UNSUPPORTED_COMPRESSION_TYPE");
    }

    @Test
    void aFailedDirectoryIsToldAsOldClientsUnderstandIt() {
        broker.lead(TOPIC, 1);
        broker.replicas.logsFailed(List.of(partition(0).name()));
        Fetching old = new Fetching(broker, broker.fetchHandler(), 5);
        assertThat(text(old.answer(request().topics(List.of(old.topic(TOPIC, from(0, 0)))))))
                .containsExactly("0: NOT_LEADER_OR_FOLLOWER");
        assertThat(text(byName.answer(request().topics(List.of(byName.topic(TOPIC, from(0, 0)))))))
                .containsExactly("0: KAFKA_STORAGE_ERROR");
    }

    @Test
    void aFollowersFetchRaisesTheHighWatermarkOnce() {
        Partition partition = broker.role(TOPIC, 0, 1, 0, ids(1, 2), ids(1, 2));
        produce(0, 1, "a", "b");
        FetchResponse response = byId.answer(fromReplica(2).topics(List.of(byId.topic(TOPIC, from(0, 0)))));
        assertThat(first(response).highWatermark()).isZero();
        assertThat(text(response)).containsExactly("0: a,b");
        assertThat(partition.log().highWatermark()).isZero();
        byId.send(fromReplica(2).topics(List.of(byId.topic(TOPIC, from(0, 2)))));
        assertThat(partition.log().highWatermark()).isEqualTo(2);
    }

    @Test
    void aFollowerReadsBeyondTheHighWatermarkAndWakesWithTheAppend() {
        broker.role(TOPIC, 0, 1, 0, ids(1, 2), ids(1, 2));
        CompletableFuture<FetchResponse> response =
                byId.send(fromReplica(2).topics(List.of(byId.topic(TOPIC, from(0, 0)))));
        assertThat(response).isNotDone();
        produce(0, 1, "a");
        broker.loop.run();
        assertThat(text(now(response))).containsExactly("0: a");
    }

    @Test
    void aReplicaThatIsNotAssignedIsRefused() {
        broker.role(TOPIC, 0, 1, 0, ids(1, 2), ids(1, 2));
        assertThat(text(byId.answer(fromReplica(3).topics(List.of(byId.topic(TOPIC, from(0, 0)))))))
                .containsExactly("0: NOT_LEADER_OR_FOLLOWER");
        assertThat(text(byId.answer(fromReplica(3)
                        .topics(List.of(byId.topic(TOPIC, from(0, 0).currentLeaderEpoch(0)))))))
                .containsExactly("0: UNKNOWN_LEADER_EPOCH");
    }

    @Test
    void readsOldSegmentsOnTheDiskPool() {
        broker.logConfig = LogConfig.builder().segmentBytes(8 << 20).build();
        broker.lead(TOPIC, 1);
        for (int i = 0; i < 45; i++) {
            produceBytes(0, 1_000_000);
        }
        CompletableFuture<FetchResponse> response =
                byName.send(request().maxBytes(10).topics(List.of(byName.topic(TOPIC, from(0, 0)))));
        assertThat(response).isNotDone();
        assertThat(broker.diskIo.count()).isEqualTo(1);
        broker.diskIo.run();
        assertThat(response).as("until its own event loop runs").isNotDone();
        broker.loop.run();
        assertThat(sizes(now(response))).containsExactly(1_000_000);
    }

    private static FetchRequest fromReplica(int id) {
        return request().replicaState(new ReplicaState().replicaId(id)).maxWaitMs(500);
    }

    private void produce(int partition, String... values) {
        produce(partition, -1, values);
    }

    private void produce(int partition, int acks, String... values) {
        for (String value : values) {
            new Producing(broker, TOPIC, partition).acks(acks).item(Batches.of(value));
        }
    }

    private void produceBytes(int partition, int bytes) {
        new Producing(broker, TOPIC, partition).item(Batches.ofBytes(bytes));
    }

    private Partition partition(int index) {
        return broker.replicas.topic(TOPIC).partition(index);
    }

    private static List<Integer> sizes(FetchResponse response) {
        List<Integer> sizes = response.responses().stream()
                .flatMap(topic -> topic.partitions().stream())
                .map(partition -> partition.records().sizeInBytes())
                .toList();
        response.responses()
                .forEach(topic -> topic.partitions().forEach(p -> p.records().release()));
        return sizes;
    }

    private static int[] ids(int... ids) {
        return ids;
    }
}
