package io.barnabas.txn;

import static io.barnabas.txn.TestBed.CLASSIC;
import static io.barnabas.txn.TestBed.partition;
import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The first protocol: what clients up to 3.9 speak, and newer ones while the feature is off. */
class ClassicTransactionsTest {
    private static final TopicPartition A = partition("a", 0);
    private static final TopicPartition B = partition("b", 3);

    private final TestBed bed = new TestBed();

    @AfterEach
    void nothingBroke() {
        assertThat(bed.faults.faults()).isEmpty();
        assertThat(bed.replayed()).isEqualTo(bed.live());
    }

    @Test
    void givesAnIdInItsFirstEpoch() {
        ProducerAnswer producer = bed.init("tx");
        assertThat(producer.error()).isEqualTo(ErrorCode.NONE);
        assertThat(producer.epoch()).isZero();
        assertThat(bed.statusOf("tx")).isEqualTo("Empty");
    }

    @Test
    void givesTheNextEpochToWhoComesAgain() {
        ProducerAnswer first = bed.init("tx");
        ProducerAnswer second = bed.init("tx");
        assertThat(second).isEqualTo(ProducerAnswer.of(first.producerId(), (short) 1));
    }

    @Test
    void commitsInItsPartitions() {
        ProducerAnswer producer = bed.init("tx");
        assertThat(bed.add("tx", producer, CLASSIC, A)).isEqualTo(ErrorCode.NONE);
        assertThat(bed.add("tx", producer, CLASSIC, A, B)).isEqualTo(ErrorCode.NONE);
        assertThat(bed.end("tx", producer, true, CLASSIC)).isEqualTo(producer);
        assertThat(bed.statusOf("tx")).isEqualTo("PrepareCommit");
        assertThat(bed.onlyMarkers())
                .isEqualTo(new Markers(producer.producerId(), (short) 0, true, 1, CLASSIC, Set.of(A, B)));
        bed.arrive();
        assertThat(bed.statusOf("tx")).isEqualTo("CompleteCommit");
        assertThat(bed.describe("tx").partitions()).isEmpty();
    }

    @Test
    void abortsInItsPartitions() {
        ProducerAnswer producer = ongoing();
        assertThat(bed.end("tx", producer, false, CLASSIC).error()).isEqualTo(ErrorCode.NONE);
        assertThat(bed.statusOf("tx")).isEqualTo("PrepareAbort");
        assertThat(bed.onlyMarkers().committed()).isFalse();
        bed.arrive();
        assertThat(bed.statusOf("tx")).isEqualTo("CompleteAbort");
    }

    @Test
    void beginsTheNextTransactionInTheSameEpoch() {
        ProducerAnswer producer = ongoing();
        bed.end("tx", producer, true, CLASSIC);
        bed.arrive();
        bed.time.advanceMs(100);
        assertThat(bed.add("tx", producer, CLASSIC, B)).isEqualTo(ErrorCode.NONE);
        assertThat(bed.describe("tx").startMs()).isEqualTo(bed.time.nowMs());
        assertThat(bed.describe("tx").partitions()).containsExactly(B);
    }

    @Test
    void writesNothingForPartitionsThatItHas() {
        ProducerAnswer producer = ongoing();
        int before = bed.records().size();
        assertThat(bed.add("tx", producer, CLASSIC, A)).isEqualTo(ErrorCode.NONE);
        assertThat(bed.records()).hasSize(before);
    }

    @Test
    void tellsPartitionsNothingBeforeTheDecisionIsReplicated() {
        ProducerAnswer producer = ongoing();
        bed.partitions.commitAtOnce(false);
        CompletableFuture<ProducerAnswer> answer = bed.transactions
                .end(new EndRequest("tx", producer.producerId(), producer.epoch(), true, CLASSIC))
                .toCompletableFuture();
        assertThat(answer).isNotDone();
        assertThat(bed.told).isEmpty();
        bed.partitions.commitAll();
        assertThat(answer.join().error()).isEqualTo(ErrorCode.NONE);
        assertThat(bed.told).hasSize(1);
        bed.partitions.commitAtOnce(true);
    }

    @Test
    void refusesAnInitWithoutAProperIdOrTimeout() {
        assertThat(bed.init("").error()).isEqualTo(ErrorCode.INVALID_REQUEST);
        for (int timeoutMs : new int[] {-1, 0, TestBed.MAX_TIMEOUT_MS + 1}) {
            assertThat(TestBed.now(bed.transactions.init(new InitRequest("tx", timeoutMs, -1, (short) -1)))
                            .error())
                    .isEqualTo(ErrorCode.INVALID_TRANSACTION_TIMEOUT);
        }
        assertThat(TestBed.now(bed.transactions.init(new InitRequest("tx", TestBed.MAX_TIMEOUT_MS, -1, (short) -1)))
                        .error())
                .isEqualTo(ErrorCode.NONE);
    }

    @Test
    void takesIdsOfAnyCharacters() {
        for (String id : new String[] {"*", "a b", "ü/..", "User:x", "\n", "🐙"}) {
            assertThat(bed.init(id).error()).isEqualTo(ErrorCode.NONE);
        }
        assertThat(bed.init("x".repeat(Short.MAX_VALUE + 1)).error()).isEqualTo(ErrorCode.INVALID_REQUEST);
        bed.restart();
        assertThat(bed.statusOf("🐙")).isEqualTo("Empty");
    }

    @Test
    void abortsWhatWasLeftOpenBeforeItGivesTheIdAway() {
        ProducerAnswer old = ongoing();
        assertThat(bed.init("tx").error()).isEqualTo(ErrorCode.CONCURRENT_TRANSACTIONS);
        assertThat(bed.onlyMarkers().committed()).isFalse();
        assertThat(bed.onlyMarkers().epoch()).isEqualTo((short) 1);
        assertThat(bed.init("tx").error()).as("markers under way").isEqualTo(ErrorCode.CONCURRENT_TRANSACTIONS);
        bed.arrive();
        assertThat(bed.init("tx")).isEqualTo(ProducerAnswer.of(old.producerId(), (short) 2));
        assertThat(bed.add("tx", old, CLASSIC, A)).isEqualTo(ErrorCode.PRODUCER_FENCED);
        assertThat(bed.end("tx", old, true, CLASSIC).error()).isEqualTo(ErrorCode.PRODUCER_FENCED);
    }

    @Test
    void refusesPartitionsOfStrangersAndZombies() {
        assertThat(bed.add("tx", ProducerAnswer.of(7, (short) 0), CLASSIC, A))
                .isEqualTo(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
        ProducerAnswer producer = bed.init("tx");
        assertThat(bed.add("tx", ProducerAnswer.of(producer.producerId() + 1, (short) 0), CLASSIC, A))
                .isEqualTo(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
        assertThat(bed.add("tx", ProducerAnswer.of(producer.producerId(), (short) 1), CLASSIC, A))
                .isEqualTo(ErrorCode.PRODUCER_FENCED);
        assertThat(bed.add("", producer, CLASSIC, A)).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void refusesPartitionsWhileMarkersAreUnderWay() {
        ProducerAnswer producer = ongoing();
        bed.end("tx", producer, true, CLASSIC);
        assertThat(bed.add("tx", producer, CLASSIC, B)).isEqualTo(ErrorCode.CONCURRENT_TRANSACTIONS);
        bed.arrive();
        assertThat(bed.add("tx", producer, CLASSIC, B)).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void takesTenThousandPartitions() {
        ProducerAnswer producer = bed.init("tx");
        TopicPartition[] many = new TopicPartition[10_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = partition("wide", i);
        }
        assertThat(bed.add("tx", producer, CLASSIC, many)).isEqualTo(ErrorCode.NONE);
        bed.restart();
        assertThat(bed.describe("tx").partitions()).hasSize(10_000);
    }

    @Test
    void confirmsPartitionsOfTheTransactionUnderWayOnly() {
        ProducerAnswer producer = ongoing();
        assertThat(bed.verify("tx", producer, A)).isEqualTo(ErrorCode.NONE);
        assertThat(bed.verify("tx", producer, B)).isEqualTo(ErrorCode.TRANSACTION_ABORTABLE);
        assertThat(bed.verify("other", producer, A)).isEqualTo(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
        assertThat(bed.verify("tx", ProducerAnswer.of(producer.producerId(), (short) 5), A))
                .isEqualTo(ErrorCode.PRODUCER_FENCED);
        bed.end("tx", producer, false, CLASSIC);
        assertThat(bed.verify("tx", producer, A)).isEqualTo(ErrorCode.CONCURRENT_TRANSACTIONS);
        bed.arrive();
        assertThat(bed.verify("tx", producer, A)).isEqualTo(ErrorCode.TRANSACTION_ABORTABLE);
    }

    @Test
    void endsATransactionOnce() {
        ProducerAnswer producer = bed.init("tx");
        assertThat(bed.end("tx", producer, true, CLASSIC).error()).isEqualTo(ErrorCode.INVALID_TXN_STATE);
        assertThat(bed.end("tx", producer, false, CLASSIC).error()).isEqualTo(ErrorCode.INVALID_TXN_STATE);
        bed.add("tx", producer, CLASSIC, A);
        bed.end("tx", producer, true, CLASSIC);
        assertThat(bed.end("tx", producer, true, CLASSIC).error()).isEqualTo(ErrorCode.CONCURRENT_TRANSACTIONS);
        assertThat(bed.end("tx", producer, false, CLASSIC).error()).isEqualTo(ErrorCode.INVALID_TXN_STATE);
        bed.arrive();
        assertThat(bed.end("tx", producer, true, CLASSIC).error()).isEqualTo(ErrorCode.NONE);
        assertThat(bed.end("tx", producer, false, CLASSIC).error()).isEqualTo(ErrorCode.INVALID_TXN_STATE);
    }

    @Test
    void refusesToEndForStrangersAndZombies() {
        ProducerAnswer producer = ongoing();
        assertThat(bed.end("other", producer, true, CLASSIC).error()).isEqualTo(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
        assertThat(bed.end("tx", ProducerAnswer.of(1, (short) 0), true, CLASSIC).error())
                .isEqualTo(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
        assertThat(bed.end("tx", ProducerAnswer.of(producer.producerId(), (short) 9), true, CLASSIC)
                        .error())
                .isEqualTo(ErrorCode.PRODUCER_FENCED);
        assertThat(bed.end("", producer, true, CLASSIC).error()).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void letsAProducerThatNamesItselfBumpItsEpoch() {
        ProducerAnswer producer = bed.init("tx");
        ProducerAnswer bumped = bed.init("tx", producer.producerId(), producer.epoch());
        assertThat(bumped.epoch()).isEqualTo((short) 1);
        assertThat(bed.init("tx", producer.producerId(), producer.epoch()))
                .as("the answer was lost")
                .isEqualTo(bumped);
        assertThat(bed.init("tx", producer.producerId(), 7).error()).isEqualTo(ErrorCode.PRODUCER_FENCED);
        assertThat(bed.init("tx", producer.producerId() + 5, 0).error()).isEqualTo(ErrorCode.PRODUCER_FENCED);
    }

    @Test
    void givesANewIdWhenTheEpochsAreUsedUp() {
        ProducerAnswer producer = bed.init("tx");
        for (int epoch = 1; epoch < Short.MAX_VALUE; epoch++) {
            assertThat(bed.init("tx").epoch()).isEqualTo((short) epoch);
        }
        ProducerAnswer rotated = bed.init("tx", producer.producerId(), Short.MAX_VALUE - 1);
        assertThat(rotated.epoch()).isZero();
        assertThat(rotated.producerId()).isNotEqualTo(producer.producerId());
        ProducerAnswer again = bed.init("tx", producer.producerId(), Short.MAX_VALUE - 1);
        assertThat(again).as("the answer was lost").isEqualTo(rotated);
    }

    @Test
    void fencesInTheLastEpochToo() {
        ProducerAnswer producer = bed.init("tx");
        for (int epoch = 1; epoch < Short.MAX_VALUE; epoch++) {
            producer = bed.init("tx");
        }
        bed.add("tx", producer, CLASSIC, A);
        bed.init("tx");
        assertThat(bed.onlyMarkers().epoch()).isEqualTo(Short.MAX_VALUE);
        bed.arrive();
        assertThat(bed.init("tx").epoch()).isZero();
    }

    @Test
    void abortsATransactionThatTakesTooLong() {
        ProducerAnswer producer = ongoing();
        bed.time.advanceMs(TestBed.TIMEOUT_MS);
        assertThat(bed.statusOf("tx")).isEqualTo("Ongoing");
        bed.time.advanceMs(TestBed.TIMEOUT_CHECK_MS);
        assertThat(bed.statusOf("tx")).isEqualTo("PrepareAbort");
        assertThat(bed.onlyMarkers().epoch()).isEqualTo((short) 1);
        assertThat(bed.end("tx", producer, true, CLASSIC).error()).isEqualTo(ErrorCode.PRODUCER_FENCED);
        bed.arrive();
        assertThat(bed.statusOf("tx")).isEqualTo("CompleteAbort");
        assertThat(bed.init("tx").epoch()).isEqualTo((short) 2);
    }

    @Test
    void abortsWhatTimedOutWhileNobodyWatched() {
        ongoing();
        bed.restart();
        bed.time.advanceMs(TestBed.TIMEOUT_MS + 2 * TestBed.TIMEOUT_CHECK_MS);
        assertThat(bed.statusOf("tx")).isEqualTo("PrepareAbort");
    }

    @Test
    void forgetsIdsThatNobodyUses() {
        ProducerAnswer open = ongoing();
        bed.init("idle");
        for (int hours = 0; hours < 24 * 7 + 1; hours++) {
            bed.time.advanceMs(TestBed.EXPIRATION_CHECK_MS);
        }
        assertThat(bed.describe("idle").error()).isEqualTo(ErrorCode.TRANSACTIONAL_ID_NOT_FOUND);
        assertThat(bed.statusOf("tx")).as("its markers never came through").isEqualTo("PrepareAbort");
        assertThat(bed.init("idle").producerId()).isNotEqualTo(open.producerId());
    }

    @Test
    void tellsPartitionsAgainAfterARestart() {
        ProducerAnswer producer = ongoing();
        bed.end("tx", producer, true, CLASSIC);
        bed.restart();
        assertThat(bed.onlyMarkers())
                .isEqualTo(new Markers(
                        producer.producerId(), (short) 0, true, bed.coordinatorEpoch(), CLASSIC, Set.of(A)));
        bed.arrive();
        assertThat(bed.statusOf("tx")).isEqualTo("CompleteCommit");
    }

    @Test
    void staysWhereItIsWhenPartitionsRefuseItsMarkers() {
        ProducerAnswer producer = ongoing();
        bed.end("tx", producer, true, CLASSIC);
        bed.told.get(0).written().complete(false);
        assertThat(bed.statusOf("tx")).isEqualTo("PrepareCommit");
    }

    @Test
    void ignoresMarkersOfATransactionThatIsComplete() {
        ProducerAnswer producer = ongoing();
        bed.end("tx", producer, true, CLASSIC);
        TestBed.Told first = bed.told.get(0);
        bed.arrive();
        bed.add("tx", producer, CLASSIC, B);
        bed.end("tx", producer, true, CLASSIC);
        int before = bed.records().size();
        first.written().complete(true);
        assertThat(bed.records()).hasSize(before);
    }

    @Test
    void completesLaterWhenTheLogRefuses() {
        ProducerAnswer producer = ongoing();
        bed.end("tx", producer, true, CLASSIC);
        bed.partitions.refuseAppends(ErrorCode.NOT_ENOUGH_REPLICAS);
        bed.arrive();
        assertThat(bed.statusOf("tx")).isEqualTo("PrepareCommit");
        bed.time.advanceMs(1000);
        bed.partitions.refuseAppends(ErrorCode.NONE);
        bed.time.advanceMs(1000);
        assertThat(bed.statusOf("tx")).isEqualTo("CompleteCommit");
    }

    @Test
    void tellsClientsToLookForTheCoordinatorAgainWhenTheLogRefuses() {
        ProducerAnswer producer = ongoing();
        bed.partitions.refuseAppends(ErrorCode.NOT_ENOUGH_REPLICAS);
        assertThat(bed.init("new").error()).isEqualTo(ErrorCode.COORDINATOR_NOT_AVAILABLE);
        assertThat(bed.add("tx", producer, CLASSIC, B)).isEqualTo(ErrorCode.COORDINATOR_NOT_AVAILABLE);
        assertThat(bed.end("tx", producer, true, CLASSIC).error()).isEqualTo(ErrorCode.COORDINATOR_NOT_AVAILABLE);
        bed.partitions.refuseAppends(ErrorCode.RECORD_LIST_TOO_LARGE);
        assertThat(bed.add("tx", producer, CLASSIC, B)).isEqualTo(ErrorCode.UNKNOWN_SERVER_ERROR);
        assertThat(bed.statusOf("tx")).isEqualTo("Ongoing");
        assertThat(bed.describe("tx").partitions()).containsExactly(A);
    }

    @Test
    void saysWhoItIsWhileItLoadsAndAfterItResigned() {
        bed.loaders.hold();
        bed.restart();
        assertThat(bed.init("tx").error()).isEqualTo(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
        bed.loaders.release();
        assertThat(bed.init("tx").error()).isEqualTo(ErrorCode.NONE);
        bed.transactions.resigned(0, OptionalInt.of(99));
        assertThat(bed.init("tx").error()).isEqualTo(ErrorCode.NOT_COORDINATOR);
        bed.transactions.elected(0, 100);
    }

    @Test
    void showsTransactionsToAdministrators() {
        ProducerAnswer open = ongoing();
        bed.init("idle");
        bed.time.advanceMs(5000);
        assertThat(bed.describe("tx").status()).isEqualTo("Ongoing");
        assertThat(bed.describe("tx").partitions()).containsExactly(A);
        assertThat(bed.describe("nobody").error()).isEqualTo(ErrorCode.TRANSACTIONAL_ID_NOT_FOUND);
        assertThat(bed.list(Set.of(), Set.of(), -1, id -> true)).hasSize(2);
        assertThat(bed.list(Set.of("Ongoing"), Set.of(), -1, id -> true))
                .containsExactly(new TransactionListing.Entry("tx", open.producerId(), "Ongoing"));
        assertThat(bed.list(Set.of(), Set.of(open.producerId()), -1, id -> true))
                .hasSize(1);
        assertThat(bed.list(Set.of(), Set.of(), 4999, id -> true)).hasSize(1);
        assertThat(bed.list(Set.of(), Set.of(), 5000, id -> true)).isEmpty();
        assertThat(bed.list(Set.of(), Set.of(), -1, id -> id.startsWith("i"))).hasSize(1);
        assertThat(new TransactionFilter(Set.of("Ongoing", "Sleepy"), Set.of(), -1, id -> true).unknownStatuses())
                .containsExactly("Sleepy");
    }

    private ProducerAnswer ongoing() {
        ProducerAnswer producer = bed.init("tx");
        assertThat(bed.add("tx", producer, CLASSIC, A)).isEqualTo(ErrorCode.NONE);
        return producer;
    }
}
