package io.barnabas.requests.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.requests.ClientConnection;
import io.barnabas.requests.PipelinedHandler.Outcome;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.ProduceResponse;
import io.barnabas.wire.message.ProduceResponse.PartitionProduceResponse;
import io.barnabas.wire.record.Compression;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Produces of one connection that arrived together. */
class GatheredAppendsTest {
    private static final String TOPIC = "orders";

    @TempDir
    Path directory;

    private DataFixture broker;
    private ClientConnection connection;
    private Producing producer;
    private int timersAtRest;

    @BeforeEach
    void start() throws IOException {
        broker = new DataFixture(directory);
        broker.lead(TOPIC, 2);
        connection = broker.context(ApiKey.PRODUCE, 11).connection();
        producer = new Producing(broker, TOPIC, 0).on(connection);
        timersAtRest = broker.time.waitingTasks();
    }

    @AfterEach
    void stop() {
        broker.close();
        assertThat(broker.faults.faults()).isEmpty();
    }

    @Test
    void areAppendedInTheirOrderOnceTheLastOneHasCome() {
        var first = followed(producer, Batches.idempotent(5, 0, 0, "a", "b"));
        var second = followed(producer, Batches.idempotent(5, 0, 2, "c"));
        var last = last(producer, Batches.idempotent(5, 0, 3, "d"));
        assertThat(endOffset(0)).isZero();
        assertThat(first.mayContinue().toCompletableFuture()).isNotDone();

        assertThat(connection.endGathering()).isTrue();

        assertThat(first.mayContinue().toCompletableFuture()).isDone();
        assertThat(item(first).baseOffset()).isZero();
        assertThat(item(second).baseOffset()).isEqualTo(2);
        assertThat(item(last).baseOffset()).isEqualTo(3);
        assertThat(endOffset(0)).isEqualTo(4);
        assertThat(broker.time.waitingTasks()).isEqualTo(timersAtRest);
        assertThat(connection.endGathering()).isFalse();
    }

    @Test
    void areAnsweredEachForItself() {
        var good = followed(producer, Batches.idempotent(5, 0, 0, "a"));
        var outOfOrder = followed(producer, Batches.idempotent(5, 0, 9, "b"));
        var elsewhere = followed(new Producing(broker, TOPIC, 1).on(connection), Batches.of("c"));
        var nowhere = followed(new Producing(broker, "unknown", 0).on(connection), Batches.of("d"));
        var next = last(producer, Batches.idempotent(5, 0, 1, "e"));

        connection.endGathering();

        assertThat(error(good)).isEqualTo(ErrorCode.NONE);
        assertThat(error(outOfOrder)).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
        assertThat(error(elsewhere)).isEqualTo(ErrorCode.NONE);
        assertThat(error(nowhere)).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        assertThat(error(next)).isEqualTo(ErrorCode.NONE);
        assertThat(item(next).baseOffset()).isEqualTo(1);
    }

    @Test
    void areNotOvertakenByOneThatTakesLong() {
        var first = followed(producer, Batches.idempotent(5, 0, 0, "a"));
        RecordsRef second = Batches.compressed(Compression.GZIP, "b");
        var slow = followed(producer, second);

        assertThat(item(first).baseOffset()).isZero();
        assertThat(connection.gathering()).isNull();
        assertThat(slow.mayContinue().toCompletableFuture()).isNotDone();

        broker.codec.run();
        assertThat(item(slow).baseOffset()).isEqualTo(1);
    }

    @Test
    void waitForTheirCommitAsOthersDo() {
        broker.role("copied", 0, DataFixture.LOCAL_ID, 0, new int[] {DataFixture.LOCAL_ID, 2}, new int[] {
            DataFixture.LOCAL_ID, 2
        });
        Producing copied = new Producing(broker, "copied", 0).on(connection);
        var first = followed(copied, Batches.of("a"));
        var second = last(copied, Batches.of("b"));

        connection.endGathering();
        assertThat(first.mayContinue().toCompletableFuture()).isDone();
        assertThat(first.response().toCompletableFuture()).isNotDone();

        broker.replicas.partition(new TopicPartition("copied", 0)).followerFetched(2, 1, 0, 2);
        assertThat(error(first)).isEqualTo(ErrorCode.NONE);
        assertThat(second.response().toCompletableFuture()).isNotDone();

        broker.time.advanceMs(30_001);
        assertThat(error(second)).isEqualTo(ErrorCode.REQUEST_TIMED_OUT);
    }

    private Outcome<ProduceResponse> followed(Producing from, RecordsRef records) {
        connection.followed(true);
        return from.send(records);
    }

    private Outcome<ProduceResponse> last(Producing from, RecordsRef records) {
        connection.followed(false);
        return from.send(records);
    }

    private long endOffset(int partition) {
        return broker.replicas
                .partition(new TopicPartition(TOPIC, partition))
                .log()
                .logEndOffset();
    }

    private static PartitionProduceResponse item(Outcome<ProduceResponse> outcome) {
        CompletableFuture<ProduceResponse> response = outcome.response().toCompletableFuture();
        assertThat(response).isDone();
        return Producing.itemOf(response.join());
    }

    private static ErrorCode error(Outcome<ProduceResponse> outcome) {
        return ErrorCode.of(item(outcome).errorCode());
    }
}
