package io.barnabas.txn;

import static io.barnabas.txn.TestBed.CLASSIC;
import static io.barnabas.txn.TestBed.V2;
import static io.barnabas.txn.TestBed.partition;
import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The protocol in which each transaction has an epoch of its own. */
class SecondProtocolTest {
    private static final TopicPartition A = partition("a", 0);

    private final TestBed bed = new TestBed();

    @AfterEach
    void nothingBroke() {
        assertThat(bed.faults.faults()).isEmpty();
        assertThat(bed.replayed()).isEqualTo(bed.live());
    }

    @Test
    void endsEachTransactionWithTheNextEpoch() {
        ProducerAnswer producer = bed.init("tx");
        bed.add("tx", producer, V2, A);
        ProducerAnswer next = bed.end("tx", producer, true, V2);
        assertThat(next).isEqualTo(ProducerAnswer.of(producer.producerId(), (short) 1));
        assertThat(bed.onlyMarkers()).isEqualTo(new Markers(producer.producerId(), (short) 1, true, 1, V2, Set.of(A)));
        bed.arrive();
        assertThat(bed.statusOf("tx")).isEqualTo("CompleteCommit");
        assertThat(bed.add("tx", producer, V2, A)).as("late").isEqualTo(ErrorCode.PRODUCER_FENCED);
        assertThat(bed.add("tx", next, V2, A)).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void answersARepeatedEndAsTheFirst() {
        ProducerAnswer producer = bed.init("tx");
        bed.add("tx", producer, V2, A);
        ProducerAnswer next = bed.end("tx", producer, true, V2);
        assertThat(bed.end("tx", producer, true, V2).error()).isEqualTo(ErrorCode.CONCURRENT_TRANSACTIONS);
        assertThat(bed.end("tx", producer, false, V2).error()).isEqualTo(ErrorCode.INVALID_TXN_STATE);
        bed.arrive();
        assertThat(bed.end("tx", producer, true, V2)).isEqualTo(next);
        assertThat(bed.end("tx", producer, false, V2).error()).isEqualTo(ErrorCode.INVALID_TXN_STATE);
        bed.restart();
        assertThat(bed.end("tx", producer, true, V2)).isEqualTo(next);
    }

    @Test
    void abortsWhatNeverBegan() {
        ProducerAnswer producer = bed.init("tx");
        ProducerAnswer second = bed.end("tx", producer, false, V2);
        assertThat(second.epoch()).isEqualTo((short) 1);
        assertThat(bed.onlyMarkers().partitions()).isEmpty();
        bed.arrive();
        assertThat(bed.statusOf("tx")).isEqualTo("CompleteAbort");
        ProducerAnswer third = bed.end("tx", second, false, V2);
        assertThat(third.epoch()).isEqualTo((short) 2);
        bed.arrive();
        assertThat(bed.end("tx", third, true, V2).error()).isEqualTo(ErrorCode.INVALID_TXN_STATE);
    }

    @Test
    void doesNotCommitWhatNeverBegan() {
        ProducerAnswer producer = bed.init("tx");
        assertThat(bed.end("tx", producer, true, V2).error()).isEqualTo(ErrorCode.INVALID_TXN_STATE);
    }

    @Test
    void doesNotEndTheNextTransactionForALateRequest() {
        ProducerAnswer producer = bed.init("tx");
        bed.add("tx", producer, V2, A);
        ProducerAnswer next = bed.end("tx", producer, true, V2);
        bed.arrive();
        bed.add("tx", next, V2, A);
        assertThat(bed.end("tx", producer, true, V2).error()).isEqualTo(ErrorCode.PRODUCER_FENCED);
        assertThat(bed.statusOf("tx")).isEqualTo("Ongoing");
    }

    @Test
    void goesOnUnderAnotherIdWhenTheEpochsAreUsedUp() {
        ProducerAnswer producer = bed.init("tx");
        for (int epoch = 1; epoch < Short.MAX_VALUE; epoch++) {
            producer = bed.init("tx");
        }
        bed.add("tx", producer, V2, A);
        ProducerAnswer next = bed.end("tx", producer, true, V2);
        assertThat(next.error()).isEqualTo(ErrorCode.NONE);
        assertThat(next.epoch()).isZero();
        assertThat(next.producerId()).isNotEqualTo(producer.producerId());
        assertThat(bed.onlyMarkers().producerId()).isEqualTo(producer.producerId());
        assertThat(bed.onlyMarkers().epoch()).isEqualTo(Short.MAX_VALUE);
        bed.restart();
        bed.arrive();
        assertThat(bed.end("tx", producer, true, V2)).as("the answer was lost").isEqualTo(next);
        assertThat(bed.add("tx", next, V2, A)).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void fencesWithOneEpochWhenTimeIsUp() {
        ProducerAnswer producer = bed.init("tx");
        bed.add("tx", producer, V2, A);
        bed.time.advanceMs(TestBed.TIMEOUT_MS + 2 * TestBed.TIMEOUT_CHECK_MS);
        assertThat(bed.onlyMarkers().epoch()).isEqualTo((short) 1);
        assertThat(bed.end("tx", producer, true, V2).error()).isEqualTo(ErrorCode.PRODUCER_FENCED);
        bed.arrive();
        assertThat(bed.end("tx", producer, true, V2).error()).isEqualTo(ErrorCode.PRODUCER_FENCED);
        assertThat(bed.end("tx", producer, false, V2).error()).isEqualTo(ErrorCode.PRODUCER_FENCED);
        bed.restart();
        assertThat(bed.end("tx", producer, false, V2).error()).isEqualTo(ErrorCode.PRODUCER_FENCED);
    }

    @Test
    void letsTheNextTransactionWaitForTheOneBefore() {
        ProducerAnswer producer = bed.init("tx");
        bed.add("tx", producer, V2, A);
        ProducerAnswer next = bed.end("tx", producer, true, V2);
        assertThat(bed.add("tx", next, V2, A)).isEqualTo(ErrorCode.CONCURRENT_TRANSACTIONS);
        assertThat(bed.end("tx", next, false, V2).error()).isEqualTo(ErrorCode.CONCURRENT_TRANSACTIONS);
        bed.arrive();
        assertThat(bed.end("tx", next, false, V2).epoch()).isEqualTo((short) 2);
        assertThat(bed.onlyMarkers().committed()).isFalse();
    }

    @Test
    void letsAProducerChangeFromOneProtocolToTheOther() {
        ProducerAnswer producer = bed.init("tx");
        bed.add("tx", producer, CLASSIC, A);
        bed.end("tx", producer, true, CLASSIC);
        bed.arrive();
        bed.add("tx", producer, V2, A);
        assertThat(bed.end("tx", producer, true, V2).epoch()).isEqualTo((short) 1);
    }
}
