package io.barnabas.requests.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.AppendOrigin;
import io.barnabas.replication.Partition;
import io.barnabas.requests.PipelinedHandler.Outcome;
import io.barnabas.requests.TransactionVerifier.Question;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.ProduceResponse;
import io.barnabas.wire.record.EndTxnMarker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first batch of a transaction waits until its coordinator has been asked. */
class ProduceInTransactionTest {
    private static final String TOPIC = "t";
    private static final long PRODUCER = 5;

    @TempDir
    private Path directory;

    private DataFixture broker;

    @BeforeEach
    void start() throws Exception {
        broker = new DataFixture(directory);
        broker.lead(TOPIC, 1);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void appendsOnceTheCoordinatorConfirms() {
        Outcome<ProduceResponse> outcome = send(11, 0);
        assertThat(outcome.response().toCompletableFuture()).isNotDone();
        assertThat(outcome.mayContinue().toCompletableFuture())
                .as("later batches must not overtake")
                .isNotDone();
        assertThat(broker.verifier.verified)
                .containsExactly(
                        new Question("tx", PRODUCER, (short) 0, partition().name()));
        assertThat(answer(outcome, ErrorCode.NONE)).isEqualTo(ErrorCode.NONE);
        assertThat(outcome.mayContinue().toCompletableFuture()).isDone();
        assertThat(partition().log().logEndOffset()).isEqualTo(1);
    }

    @Test
    void asksOncePerTransaction() {
        answer(send(11, 0), ErrorCode.NONE);
        Outcome<ProduceResponse> second = send(11, 1);
        assertThat(second.response().toCompletableFuture()).isDone();
        assertThat(broker.verifier.verified).hasSize(1);
        end();
        send(11, 2);
        assertThat(broker.verifier.verified).hasSize(2);
    }

    @Test
    void makesThePartitionPartOfTheTransactionFromVersion12On() {
        Outcome<ProduceResponse> outcome = send(12, 0);
        assertThat(broker.verifier.added).hasSize(1);
        assertThat(broker.verifier.verified).isEmpty();
        assertThat(answer(outcome, ErrorCode.NONE)).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void lateBatchesAreRefusedWhenTheMarkerCameInBetween() {
        Outcome<ProduceResponse> late = send(11, 0);
        end();
        assertThat(answer(late, ErrorCode.NONE)).isEqualTo(ErrorCode.INVALID_TXN_STATE);
        assertThat(partition().log().logEndOffset()).as("the marker alone").isEqualTo(1);
    }

    @Test
    void tellsTheProducerWhatItsVersionKnows() {
        Map<ErrorCode, ErrorCode> old = Map.of(
                ErrorCode.INVALID_PRODUCER_ID_MAPPING, ErrorCode.INVALID_PRODUCER_ID_MAPPING,
                ErrorCode.PRODUCER_FENCED, ErrorCode.INVALID_PRODUCER_EPOCH,
                ErrorCode.TRANSACTION_ABORTABLE, ErrorCode.INVALID_TXN_STATE,
                ErrorCode.CONCURRENT_TRANSACTIONS, ErrorCode.NOT_ENOUGH_REPLICAS,
                ErrorCode.NOT_COORDINATOR, ErrorCode.NOT_ENOUGH_REPLICAS,
                ErrorCode.COORDINATOR_LOAD_IN_PROGRESS, ErrorCode.NOT_ENOUGH_REPLICAS,
                ErrorCode.COORDINATOR_NOT_AVAILABLE, ErrorCode.NOT_ENOUGH_REPLICAS);
        old.forEach((said, told) -> assertThat(answer(send(10, 0), said)).isEqualTo(told));
        assertThat(answer(send(11, 0), ErrorCode.TRANSACTION_ABORTABLE)).isEqualTo(ErrorCode.TRANSACTION_ABORTABLE);
        assertThat(answer(send(12, 0), ErrorCode.CONCURRENT_TRANSACTIONS)).isEqualTo(ErrorCode.CONCURRENT_TRANSACTIONS);
        assertThat(partition().log().logEndOffset()).isZero();
    }

    @Test
    void believesProducersWhereVerificationIsOff() {
        broker.verifier.on = false;
        assertThat(send(11, 0).response().toCompletableFuture()).isDone();
        assertThat(broker.verifier.verified).isEmpty();
        assertThat(partition().log().logEndOffset()).isEqualTo(1);
    }

    private Outcome<ProduceResponse> send(int version, int sequence) {
        return new Producing(broker, TOPIC, 0)
                .version(version)
                .transactionalId("tx")
                .send(Batches.transactional(PRODUCER, sequence, "a"));
    }

    private ErrorCode answer(Outcome<ProduceResponse> outcome, ErrorCode said) {
        broker.verifier.answer(said);
        broker.codec.run();
        ProduceResponse response = outcome.response().toCompletableFuture().join();
        return ErrorCode.of(Producing.itemOf(response).errorCode());
    }

    private void end() {
        ByteBuf marker = new EndTxnMarker(true, 1).build(PRODUCER, (short) 0, 1, ByteBufAllocator.DEFAULT);
        partition().appendAsLeader(marker, AppendOrigin.COORDINATOR, Partition.ACKS_ALL, Partition.ANY_EPOCH);
        marker.release();
    }

    private Partition partition() {
        return broker.replicas.topic(TOPIC).partition(0);
    }
}
