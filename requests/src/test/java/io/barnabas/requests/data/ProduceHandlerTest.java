package io.barnabas.requests.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.replication.Partition;
import io.barnabas.requests.ApiException;
import io.barnabas.requests.CloseConnection;
import io.barnabas.requests.PipelinedHandler.Outcome;
import io.barnabas.testkit.Acceptance;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.message.ProduceResponse;
import io.barnabas.wire.message.ProduceResponse.PartitionProduceResponse;
import io.barnabas.wire.record.Compression;
import io.barnabas.wire.record.RecordRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProduceHandlerTest {
    private static final String TOPIC = "orders";

    @TempDir
    Path directory;

    private DataFixture broker;

    @BeforeEach
    void start() throws IOException {
        broker = new DataFixture(directory);
    }

    @AfterEach
    void stop() {
        broker.close();
        assertThat(broker.faults.faults()).isEmpty();
    }

    @Test
    void answersWithTheOffsetOfTheFirstRecord() {
        broker.lead(TOPIC, 1);
        Producing producer = new Producing(broker, TOPIC, 0);
        assertThat(producer.item(Batches.of("a", "b")).baseOffset()).isZero();
        PartitionProduceResponse second = producer.item(Batches.of("c"));
        assertThat(error(second)).isEqualTo(ErrorCode.NONE);
        assertThat(second.baseOffset()).isEqualTo(2);
        assertThat(second.logAppendTimeMs()).isEqualTo(-1);
        assertThat(second.logStartOffset()).isZero();
    }

    @Test
    void namesTheTopicByItsIdSinceVersion13() {
        broker.lead(TOPIC, 1);
        ProduceResponse response = new Producing(broker, TOPIC, 0).version(13).answer(Batches.of("a"));
        assertThat(response.responses().get(0).topicId()).isEqualTo(DataFixture.topicId(TOPIC));
        assertThat(error(Producing.itemOf(response))).isEqualTo(ErrorCode.NONE);
        assertThat(error(new Producing(broker, "unknown", 0).version(13).item(Batches.of("a"))))
                .isEqualTo(ErrorCode.UNKNOWN_TOPIC_ID);
    }

    @Test
    void convertsWhatOldProducersSend() {
        broker.lead(TOPIC, 1);
        RecordsRef messages = LegacyMessage.set(1, "a", "b", "c");
        PartitionProduceResponse item =
                new Producing(broker, TOPIC, 0).version(2).acks(1).item(messages);
        assertThat(error(item)).isEqualTo(ErrorCode.NONE);
        assertThat(partition().log().logEndOffset()).isEqualTo(3);
    }

    @Test
    @Acceptance(43)
    void withoutAcknowledgementThereIsNoAnswer() {
        broker.lead(TOPIC, 1);
        Outcome<ProduceResponse> outcome =
                new Producing(broker, TOPIC, 0).acks(0).send(Batches.of("a"));
        assertThat(outcome.response().toCompletableFuture()).isCompletedWithValue(null);
        assertThat(partition().log().logEndOffset()).isEqualTo(1);
    }

    @Test
    @Acceptance(43)
    void withoutAcknowledgementAnErrorClosesTheConnection() {
        Outcome<ProduceResponse> outcome =
                new Producing(broker, TOPIC, 0).acks(0).send(Batches.of("a"));
        assertThatThrownBy(() -> outcome.response().toCompletableFuture().join())
                .hasCauseInstanceOf(CloseConnection.class);
    }

    @Test
    @Acceptance(44)
    void aLeadersAcknowledgementDoesNotWaitForFollowers() {
        Partition partition = replicated();
        PartitionProduceResponse item = new Producing(broker, TOPIC, 0).acks(1).item(Batches.of("a"));
        assertThat(error(item)).isEqualTo(ErrorCode.NONE);
        assertThat(partition.log().logEndOffset()).isEqualTo(1);
        assertThat(partition.log().highWatermark()).isZero();
    }

    @Test
    void letsTheConnectionGoOnWhileItWaitsForFollowers() {
        Partition partition = replicated();
        int timers = broker.time.waitingTasks();
        Outcome<ProduceResponse> outcome = new Producing(broker, TOPIC, 0).send(Batches.of("a"));
        CompletableFuture<ProduceResponse> response = outcome.response().toCompletableFuture();
        assertThat(outcome.mayContinue().toCompletableFuture()).isDone();
        assertThat(response).isNotDone();
        partition.followerFetched(DataFixture.OTHER_ID, 1, 0, 1);
        assertThat(error(Producing.itemOf(response.join()))).isEqualTo(ErrorCode.NONE);
        assertThat(broker.time.waitingTasks()).as("timers").isEqualTo(timers);
    }

    @Test
    void waitsForTheDiskWhereTheTopicWantsThat() {
        broker.durableAcks = true;
        broker.lead("safe", 1);
        for (int acks : new int[] {1, -1}) {
            Outcome<ProduceResponse> outcome =
                    new Producing(broker, "safe", 0).acks(acks).send(Batches.of("a"));
            CompletableFuture<ProduceResponse> response = outcome.response().toCompletableFuture();
            assertThat(outcome.mayContinue().toCompletableFuture()).isDone();
            assertThat(response).isNotDone();
            broker.fsyncs.run();
            assertThat(error(Producing.itemOf(response.join()))).isEqualTo(ErrorCode.NONE);
        }
    }

    @Test
    void aDiskThatIsTooSlowEndsTheWaitButNotTheRecord() {
        broker.durableAcks = true;
        broker.lead("safe", 1);
        CompletableFuture<ProduceResponse> response = new Producing(broker, "safe", 0)
                .acks(1)
                .send(Batches.of("a"))
                .response()
                .toCompletableFuture();
        broker.time.advanceMs(30_000);
        PartitionProduceResponse answer = Producing.itemOf(response.join());
        assertThat(error(answer)).isEqualTo(ErrorCode.REQUEST_TIMED_OUT);
        assertThat(answer.baseOffset()).isZero();
    }

    @Test
    void aFollowerThatIsTooSlowEndsTheWaitButNotTheRecord() {
        Partition partition = replicated();
        Producing producer = new Producing(broker, TOPIC, 0);
        producer.acks(1).item(Batches.of("before"));
        CompletableFuture<ProduceResponse> response =
                producer.acks(-1).send(Batches.of("a")).response().toCompletableFuture();
        broker.time.advanceMs(29_999);
        assertThat(response).isNotDone();
        broker.time.advanceMs(1);
        assertThat(error(Producing.itemOf(response.join()))).isEqualTo(ErrorCode.REQUEST_TIMED_OUT);
        assertThat(Producing.itemOf(response.join()).baseOffset()).isEqualTo(1);
        assertThat(partition.log().logEndOffset()).isEqualTo(2);
    }

    @Test
    void whoWaitsHearsThatAnotherBrokerLeads() {
        replicated();
        CompletableFuture<ProduceResponse> response =
                new Producing(broker, TOPIC, 0).send(Batches.of("a")).response().toCompletableFuture();
        broker.role(TOPIC, 0, DataFixture.OTHER_ID, 1, ids(1, 2), ids(1, 2));
        PartitionProduceResponse item = Producing.itemOf(response.join());
        assertThat(error(item)).isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
        assertThat(item.currentLeader().leaderId()).isEqualTo(DataFixture.OTHER_ID);
        assertThat(item.currentLeader().leaderEpoch()).isEqualTo(1);
        assertThat(response.join().nodeEndpoints()).singleElement().satisfies(node -> {
            assertThat(node.nodeId()).isEqualTo(DataFixture.OTHER_ID);
            assertThat(node.host()).isEqualTo("broker-2");
            assertThat(node.port()).isEqualTo(9092);
        });
    }

    @Test
    void tellsApartWhatIsElsewhereAndWhatIsNowhere() {
        broker.announce("elsewhere", 0, DataFixture.OTHER_ID, 3);
        ProduceResponse elsewhere = new Producing(broker, "elsewhere", 0).answer(Batches.of("a"));
        assertThat(error(Producing.itemOf(elsewhere))).isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
        assertThat(Producing.itemOf(elsewhere).currentLeader().leaderEpoch()).isEqualTo(3);
        assertThat(elsewhere.nodeEndpoints()).hasSize(1);
        assertThat(new Producing(broker, "elsewhere", 0)
                        .version(9)
                        .answer(Batches.of("a"))
                        .nodeEndpoints())
                .isEmpty();
        assertThat(error(new Producing(broker, "elsewhere", 1).item(Batches.of("a"))))
                .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        assertThat(error(new Producing(broker, "nowhere", 0).item(Batches.of("a"))))
                .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    }

    @Test
    void refusesAcksThatNobodyDefined() {
        broker.lead(TOPIC, 1);
        PartitionProduceResponse item = new Producing(broker, TOPIC, 0).acks(2).item(Batches.of("a"));
        assertRefused(item, ErrorCode.INVALID_REQUIRED_ACKS, -1);
        assertThat(partition().log().logEndOffset()).isZero();
    }

    @Test
    void onlyTheAdminClientWritesInternalTopics() {
        broker.lead("__consumer_offsets", 1);
        Producing producer = new Producing(broker, "__consumer_offsets", 0);
        assertRefused(producer.item(Batches.of("a")), ErrorCode.INVALID_TOPIC_EXCEPTION, -1);
        assertThat(error(producer.clientId("__admin_client").item(Batches.of("a"))))
                .isEqualTo(ErrorCode.NONE);
    }

    @Test
    void namesTheLogStartWithSomeErrorsOnly() {
        broker.lead(TOPIC, 1);
        Producing producer = new Producing(broker, TOPIC, 0);
        producer.item(Batches.of("a", "b"));
        assertThat(partition().deleteRecordsBefore(1)).isEqualTo(ErrorCode.NONE);
        assertRefused(producer.item(corrupt(Batches.of("a"))), ErrorCode.CORRUPT_MESSAGE, -1);
        assertRefused(producer.item(RecordsRef.empty()), ErrorCode.INVALID_RECORD, -1);
        assertRefused(producer.item(null), ErrorCode.INVALID_RECORD, -1);
        assertRefused(producer.item(Batches.idempotent(5, 0, -1, "a")), ErrorCode.INVALID_RECORD, 1);
        assertRefused(producer.item(Batches.ofBytes(1_048_589)), ErrorCode.MESSAGE_TOO_LARGE, -1);
    }

    @Test
    void tellsWhichRecordsAreAtFault() {
        broker.rules = new RecordRules(1 << 20, null, 0, false, Long.MAX_VALUE, Long.MAX_VALUE, true, 1 << 20);
        broker.lead(TOPIC, 1);
        PartitionProduceResponse item = new Producing(broker, TOPIC, 0).item(Batches.of("no key"));
        assertThat(error(item)).isEqualTo(ErrorCode.INVALID_RECORD);
        assertThat(item.recordErrors())
                .singleElement()
                .satisfies(record -> assertThat(record.batchIndex()).isZero());
        assertThat(item.errorMessage()).isNotBlank();
    }

    @Test
    void refusesWhileTooFewReplicasAreInSync() {
        broker.minInSyncReplicas = 2;
        broker.role(TOPIC, 0, 1, 0, ids(1, 2), ids(1));
        assertRefused(new Producing(broker, TOPIC, 0).item(Batches.of("a")), ErrorCode.NOT_ENOUGH_REPLICAS, 0);
        assertThat(error(new Producing(broker, TOPIC, 0).acks(1).item(Batches.of("a"))))
                .isEqualTo(ErrorCode.NONE);
    }

    @Test
    void looksAtTheRolesBeforeTheRecords() {
        broker.minInSyncReplicas = 2;
        Partition partition = broker.role(TOPIC, 0, 1, 0, ids(1, 2), ids(1));
        assertRefused(new Producing(broker, TOPIC, 0).item(corrupt(Batches.of("a"))), ErrorCode.NOT_ENOUGH_REPLICAS, 0);
        broker.replicas.logsFailed(List.of(partition.name()));
        assertRefused(
                new Producing(broker, TOPIC, 0).item(corrupt(Batches.of("a"))), ErrorCode.KAFKA_STORAGE_ERROR, -1);
    }

    @Test
    void refusesTransactionsWithoutAnId() {
        broker.lead(TOPIC, 1);
        Producing producer = new Producing(broker, TOPIC, 0);
        assertThatThrownBy(() -> producer.send(Batches.transactional(5, "a")))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refusal ->
                                assertThat(refusal.error()).isEqualTo(ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED));
        assertThat(partition().log().logEndOffset()).isZero();
    }

    @Test
    @Acceptance(51)
    void aRepeatedBatchIsAnsweredLikeTheFirstTimeAndStoredOnce() {
        broker.lead(TOPIC, 1);
        Producing producer = new Producing(broker, TOPIC, 0);
        assertThat(producer.item(Batches.idempotent(5, 0, 0, "a", "b")).baseOffset())
                .isZero();
        assertThat(producer.item(Batches.idempotent(5, 0, 2, "c")).baseOffset()).isEqualTo(2);
        PartitionProduceResponse again = producer.item(Batches.idempotent(5, 0, 0, "a", "b"));
        assertThat(error(again)).isEqualTo(ErrorCode.NONE);
        assertThat(again.baseOffset()).isZero();
        assertThat(again.logAppendTimeMs()).isEqualTo(Batches.TIMESTAMP);
        assertThat(partition().log().logEndOffset()).isEqualTo(3);
    }

    @Test
    void refusesGapsAndFencedEpochsOfIdempotentProducers() {
        broker.lead(TOPIC, 1);
        Producing producer = new Producing(broker, TOPIC, 0);
        producer.item(Batches.idempotent(5, 1, 0, "a"));
        assertRefused(producer.item(Batches.idempotent(5, 1, 2, "c")), ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, 0);
        assertRefused(producer.item(Batches.idempotent(5, 0, 1, "b")), ErrorCode.INVALID_PRODUCER_EPOCH, 0);
        assertRefused(producer.item(Batches.idempotent(5, 2, 1, "b")), ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, 0);
        assertThat(error(producer.item(Batches.idempotent(5, 2, 0, "b")))).isEqualTo(ErrorCode.NONE);
        assertThat(partition().log().logEndOffset()).isEqualTo(2);
    }

    @Test
    void aBatchThatTakesLongIsCheckedElsewhereWhileTheConnectionPauses() {
        broker.lead(TOPIC, 1);
        Outcome<ProduceResponse> outcome =
                new Producing(broker, TOPIC, 0).send(Batches.compressed(Compression.GZIP, "a", "b"));
        assertThat(outcome.mayContinue().toCompletableFuture()).isNotDone();
        assertThat(partition().log().logEndOffset()).isZero();
        broker.codec.run();
        assertThat(outcome.mayContinue().toCompletableFuture()).isDone();
        assertThat(Producing.itemOf(outcome.response().toCompletableFuture().join())
                        .baseOffset())
                .isZero();
        assertThat(partition().log().logEndOffset()).isEqualTo(2);
    }

    @Test
    void compressesAnewWhereTheTopicWantsIt() throws IOException {
        broker.rules = DataFixture.rules(Compression.LZ4);
        broker.lead(TOPIC, 1);
        Outcome<ProduceResponse> outcome = new Producing(broker, TOPIC, 0).send(Batches.of("a".repeat(500)));
        broker.codec.run();
        assertThat(error(Producing.itemOf(
                        outcome.response().toCompletableFuture().join())))
                .isEqualTo(ErrorCode.NONE);
        assertThat(partition().log().sizeInBytes()).isLessThan(200);
    }

    private Partition replicated() {
        return broker.role(TOPIC, 0, 1, 0, ids(1, 2), ids(1, 2));
    }

    private Partition partition() {
        return broker.replicas.topic(TOPIC).partition(0);
    }

    private static RecordsRef corrupt(RecordsRef records) {
        RecordsRef.Buffer buffer = (RecordsRef.Buffer) records;
        int last = buffer.bytes().writerIndex() - 1;
        buffer.bytes().setByte(last, buffer.bytes().getByte(last) ^ 1);
        return records;
    }

    private static void assertRefused(PartitionProduceResponse item, ErrorCode error, long logStartOffset) {
        assertThat(error(item)).isEqualTo(error);
        assertThat(item.baseOffset()).isEqualTo(-1);
        assertThat(item.logAppendTimeMs()).isEqualTo(-1);
        assertThat(item.logStartOffset()).isEqualTo(logStartOffset);
    }

    private static ErrorCode error(PartitionProduceResponse item) {
        return ErrorCode.of(item.errorCode());
    }

    private static int[] ids(int... ids) {
        return ids;
    }
}
