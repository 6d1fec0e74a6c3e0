package io.barnabas.requests.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.requests.group.Bed;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.AllocateProducerIdsResponse;
import io.barnabas.wire.message.InitProducerIdRequest;
import io.barnabas.wire.message.InitProducerIdResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InitProducerIdHandlerTest {
    private final Bed bed = new Bed();

    @Test
    void givesEachProducerAnIdInEveryVersion() {
        CompletableFuture<InitProducerIdResponse> first = bed.start(0, idempotent());
        assertThat(first).isNotDone();
        bed.blocks
                .get(0)
                .complete(
                        new AllocateProducerIdsResponse().producerIdStart(4000).producerIdLen(1000));
        assertThat(first.join().producerId()).isEqualTo(4000);
        for (int version = 1; version <= 5; version++) {
            InitProducerIdResponse response = bed.call(version, idempotent());
            assertThat(response.errorCode()).isZero();
            assertThat(response.producerId()).isEqualTo(4000 + version);
            assertThat(response.producerEpoch()).isZero();
        }
    }

    @Test
    void givesANewIdToAProducerThatNamesItsOldOne() {
        bed.start(4, idempotent());
        bed.blocks.get(0).complete(new AllocateProducerIdsResponse().producerIdLen(1000));
        InitProducerIdResponse response = bed.call(4, idempotent().producerId(0).producerEpoch((short) 3));
        assertThat(response.producerId()).isEqualTo(1);
        assertThat(response.producerEpoch()).isZero();
    }

    @Test
    void asksTheClientToComeAgainWhenThereAreNoIds() {
        CompletableFuture<InitProducerIdResponse> answer = bed.start(5, idempotent());
        bed.blocks.get(0).complete(new AllocateProducerIdsResponse().errorCode(ErrorCode.NOT_CONTROLLER.code()));
        assertThat(answer.join().errorCode()).isEqualTo(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS.code());
        assertThat(answer.join().producerId()).isEqualTo(-1);
        assertThat(answer.join().producerEpoch()).isEqualTo((short) -1);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(refused(idempotent().transactionalId("t"))).isEqualTo(ErrorCode.INVALID_TRANSACTION_TIMEOUT);
        assertThat(refused(idempotent().transactionalId(""))).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(refused(idempotent().producerId(5))).isEqualTo(ErrorCode.INVALID_REQUEST);
        bed.forbidden.add("t");
        assertThat(refused(idempotent())).isEqualTo(ErrorCode.CLUSTER_AUTHORIZATION_FAILED);
        assertThat(refused(idempotent().transactionalId("t")))
                .isEqualTo(ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
    }

    private ErrorCode refused(InitProducerIdRequest request) {
        InitProducerIdResponse response = bed.call(5, request);
        return ErrorCode.of(response.errorCode());
    }

    private static InitProducerIdRequest idempotent() {
        return new InitProducerIdRequest().transactionalId(null).transactionTimeoutMs(Integer.MAX_VALUE);
    }
}
