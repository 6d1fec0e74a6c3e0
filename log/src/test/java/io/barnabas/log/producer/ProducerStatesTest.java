package io.barnabas.log.producer;

import static io.barnabas.wire.ErrorCode.INVALID_PRODUCER_EPOCH;
import static io.barnabas.wire.ErrorCode.INVALID_TXN_STATE;
import static io.barnabas.wire.ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER;
import static io.barnabas.wire.ErrorCode.TRANSACTION_COORDINATOR_FENCED;
import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.AppendOrigin;
import io.barnabas.log.AppendOutcome;
import io.barnabas.log.AppendOutcome.Appended;
import io.barnabas.log.AppendOutcome.Rejected;
import io.barnabas.log.TestBatches;
import io.barnabas.log.segment.Batches;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.record.EndTxnMarker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ProducerStatesTest {
    private static final long PRODUCER = 900_001;
    private static final long NOW = 1_700_000_000_000L;

    private final ProducerStates states = new ProducerStates();
    private long nextOffset;

    @Test
    void acceptsAnyFirstSequenceOfAnUnknownProducer() {
        assertThat(append(0, 17, 3)).isNull();
        assertThat(append(0, 20, 1)).isNull();
    }

    @Test
    void refusesAGapInTheSequence() {
        append(0, 0, 3);
        assertThat(error(append(0, 4, 1))).isEqualTo(OUT_OF_ORDER_SEQUENCE_NUMBER);
        assertThat(append(0, 3, 1)).isNull();
    }

    @Test
    void answersEachOfTheLastFiveBatchesWithItsOwnOffsets() {
        for (int i = 0; i < 6; i++) {
            assertThat(append(0, 2 * i, 2)).isNull();
        }
        for (int i = 1; i < 6; i++) {
            assertThat(check(0, 2 * i, 2)).isEqualTo(new Appended(2 * i, 2 * i + 1, NOW, true));
        }
        assertThat(error(check(0, 0, 2))).isEqualTo(OUT_OF_ORDER_SEQUENCE_NUMBER);
    }

    @Test
    void takesABatchOfOtherLengthForNoDuplicate() {
        append(0, 0, 3);
        assertThat(error(check(0, 0, 2))).isEqualTo(OUT_OF_ORDER_SEQUENCE_NUMBER);
    }

    @Test
    void wrapsSequencesAround() {
        assertThat(append(0, Integer.MAX_VALUE - 1, 2)).isNull();
        assertThat(append(0, 0, 1)).isNull();
        states.clear();
        assertThat(append(0, Integer.MAX_VALUE - 1, 4)).isNull();
        assertThat(append(0, 2, 1)).isNull();
        assertThat(check(0, Integer.MAX_VALUE - 1, 4)).isInstanceOf(Appended.class);
    }

    @Test
    void refusesAnOldEpochAndWantsANewOneToBeginWithZero() {
        append(3, 0, 1);
        assertThat(error(check(2, 1, 1))).isEqualTo(INVALID_PRODUCER_EPOCH);
        assertThat(error(check(2, 0, 1))).isEqualTo(INVALID_PRODUCER_EPOCH);
        assertThat(error(check(4, 1, 1))).isEqualTo(OUT_OF_ORDER_SEQUENCE_NUMBER);
        assertThat(append(4, 0, 1)).isNull();
        assertThat(append(4, 1, 1)).isNull();
    }

    @Test
    void asksReplicasAndCoordinatorsForNoSequence() {
        append(0, 0, 1);
        ByteBuf gap = TestBatches.idempotent(PRODUCER, 0, 9, 1, NOW);
        assertThat(states.check(gap, 0, AppendOrigin.REPLICATION, null)).isNull();
        assertThat(states.check(gap, 0, AppendOrigin.COORDINATOR, null)).isNull();
    }

    @Test
    void keepsTheFirstOpenTransactionUnstableUntilItsMarkerIsReplicated() {
        append(0, 0, 2);
        assertThat(states.firstUnstableOffset()).isEqualTo(Long.MAX_VALUE);
        take(TestBatches.transactional(7, 0, 0, NOW));
        take(TestBatches.transactional(8, 0, 0, NOW));
        assertThat(states.firstUnstableOffset()).isEqualTo(2);
        take(marker(7, 0, 1));
        assertThat(states.firstUnstableOffset()).isEqualTo(2);
        assertThat(states.highWatermarkMoved(4)).isFalse();
        assertThat(states.highWatermarkMoved(5)).isTrue();
        assertThat(states.firstUnstableOffset()).isEqualTo(3);
        take(marker(8, 0, 1));
        states.highWatermarkMoved(6);
        assertThat(states.firstUnstableOffset()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refusesPlainBatchesWhileATransactionIsOpen() {
        take(TestBatches.transactional(PRODUCER, 0, 0, NOW));
        assertThat(error(check(0, 1, 1))).isEqualTo(INVALID_TXN_STATE);
        take(marker(PRODUCER, 0, 1));
        assertThat(check(0, 1, 1)).isNull();
    }

    @Test
    void beginsNoTransactionThatNobodyConfirmed() {
        ByteBuf first = TestBatches.transactional(PRODUCER, 0, 0, NOW);
        assertThat(error(states.check(first, 0, AppendOrigin.CLIENT, null))).isEqualTo(INVALID_TXN_STATE);
        assertThat(error(states.check(first, 0, AppendOrigin.COORDINATOR, null)))
                .isEqualTo(INVALID_TXN_STATE);
        assertThat(states.check(first, 0, AppendOrigin.REPLICATION, null)).isNull();
        Verification verification = states.beginVerification(PRODUCER, (short) 0, 0, NOW);
        assertThat(states.check(first, 0, AppendOrigin.CLIENT, verification)).isNull();
        take(first);
        assertThat(states.beginVerification(PRODUCER, (short) 0, 1, NOW)).isNull();
        assertThat(states.check(TestBatches.transactional(PRODUCER, 0, 1, NOW), 0, AppendOrigin.CLIENT, null))
                .isNull();
    }

    @Test
    void trustsNoConfirmationFromBeforeAMarker() {
        Verification verification = states.beginVerification(PRODUCER, (short) 0, 0, NOW);
        take(marker(PRODUCER, 0, 1));
        assertThat(error(states.check(
                        TestBatches.transactional(PRODUCER, 0, 0, NOW), 0, AppendOrigin.CLIENT, verification)))
                .isEqualTo(INVALID_TXN_STATE);
    }

    @Test
    void trustsNoConfirmationOfAnEarlierTransaction() {
        Verification verification = states.beginVerification(PRODUCER, (short) 0, 0, NOW);
        take(TestBatches.transactional(PRODUCER, 0, 0, NOW));
        take(marker(PRODUCER, 0, 1));
        assertThat(error(states.check(
                        TestBatches.transactional(PRODUCER, 0, 1, NOW), 0, AppendOrigin.CLIENT, verification)))
                .isEqualTo(INVALID_TXN_STATE);
    }

    @Test
    void beginsATransactionWithItsFirstBatch() {
        states.beginVerification(PRODUCER, (short) 0, 0, NOW);
        Verification verification = states.beginVerification(PRODUCER, (short) 0, 1, NOW);
        assertThat(error(states.check(
                        TestBatches.transactional(PRODUCER, 0, 1, NOW), 0, AppendOrigin.CLIENT, verification)))
                .as("the batch before it has not come")
                .isEqualTo(OUT_OF_ORDER_SEQUENCE_NUMBER);
        assertThat(states.check(TestBatches.transactional(PRODUCER, 0, 0, NOW), 0, AppendOrigin.CLIENT, verification))
                .isNull();
    }

    @Test
    void asksAgainForTheNextEpochOfAnOpenTransaction() {
        take(TestBatches.transactional(PRODUCER, 0, 0, NOW));
        assertThat(states.beginVerification(PRODUCER, (short) 0, 1, NOW)).isNull();
        assertThat(states.beginVerification(PRODUCER, (short) 1, 0, NOW)).isNotNull();
    }

    @Test
    void needsNoConfirmationWhereThatIsSwitchedOff() {
        assertThat(states.check(
                        TestBatches.transactional(PRODUCER, 0, 0, NOW),
                        0,
                        AppendOrigin.CLIENT,
                        Verification.NOT_NEEDED))
                .isNull();
    }

    @Test
    void fencesMarkersOfOldProducersAndOldCoordinators() {
        take(TestBatches.transactional(PRODUCER, 5, 0, NOW));
        take(marker(PRODUCER, 5, 9));
        assertThat(error(states.check(marker(PRODUCER, 4, 9), 0, AppendOrigin.COORDINATOR, null)))
                .isEqualTo(INVALID_PRODUCER_EPOCH);
        assertThat(error(states.check(marker(PRODUCER, 5, 8), 0, AppendOrigin.COORDINATOR, null)))
                .isEqualTo(TRANSACTION_COORDINATOR_FENCED);
        assertThat(states.check(marker(PRODUCER, 6, 9), 0, AppendOrigin.COORDINATOR, null))
                .isNull();
    }

    @Test
    void forgetsBatchesOfAnEpochThatAMarkerEnded() {
        take(TestBatches.transactional(PRODUCER, 5, 0, NOW));
        take(marker(PRODUCER, 6, 9));
        assertThat(states.get(PRODUCER).lastSequence()).isEqualTo(-1);
        assertThat(append(6, 0, 1)).isNull();
    }

    @Test
    void forgetsSilentProducersButNoneWithAnOpenTransaction() {
        append(0, 0, 1);
        take(TestBatches.transactional(8, 0, 0, NOW));
        states.removeExpired(NOW + 999, 1000);
        assertThat(states.count()).isEqualTo(2);
        states.removeExpired(NOW + 1000, 1000);
        assertThat(states.all()).extracting(ProducerState::producerId).containsExactly(8L);
    }

    @Test
    void readsAndWritesTheSnapshotThatApacheWrote() {
        byte[] golden = HexFormat.of()
                .parseHex(
                        "0001eee9b3e300000002"
                                + "00000000000dbba1000400000000000000000000000800000000000001a1f70c2bc3ffffffffffffffffffffffff"
                                + "000000000000000e000400000000000000000000001900000000000001a1f70dc17a00000000ffffffffffffffff");
        states.restore(ProducerSnapshot.read(ByteBuffer.wrap(golden)));
        ProducerState plain = states.get(900_001);
        assertThat(plain.epoch()).isEqualTo((short) 4);
        assertThat(plain.lastSequence()).isZero();
        assertThat(plain.lastDataOffset()).isEqualTo(8);
        assertThat(plain.coordinatorEpoch()).isEqualTo(-1);
        assertThat(states.get(14).lastDataOffset()).isEqualTo(25);
        assertThat(states.get(14).coordinatorEpoch()).isZero();
        assertThat(sortedEntries(ProducerSnapshot.write(states))).isEqualTo(sortedEntries(ByteBuffer.wrap(golden)));
    }

    @Test
    void takesADamagedSnapshotForNone() {
        append(0, 0, 1);
        ByteBuffer good = ProducerSnapshot.write(states);
        for (int i = 0; i < good.limit(); i++) {
            ByteBuffer damaged =
                    ByteBuffer.allocate(good.limit()).put(good.duplicate()).flip();
            damaged.put(i, (byte) (damaged.get(i) ^ 1));
            assertThat(ProducerSnapshot.read(damaged)).as("byte %s", i).isNull();
        }
        assertThat(ProducerSnapshot.read(good.slice(0, 9))).isNull();
        assertThat(ProducerSnapshot.read(ByteBuffer.allocate(0))).isNull();
    }

    @Test
    void writesTenBytesWhenThereIsNobody() {
        assertThat(ProducerSnapshot.write(states).remaining()).isEqualTo(10);
        assertThat(ProducerSnapshot.read(ProducerSnapshot.write(states))).isEmpty();
    }

    /** Appends if that is allowed; gives what {@code check} said. */
    private AppendOutcome append(int epoch, int sequence, int records) {
        AppendOutcome answer = check(epoch, sequence, records);
        if (answer == null) {
            take(TestBatches.idempotent(PRODUCER, epoch, sequence, records, NOW));
        }
        return answer;
    }

    private AppendOutcome check(int epoch, int sequence, int records) {
        return states.check(
                TestBatches.idempotent(PRODUCER, epoch, sequence, records, NOW), 0, AppendOrigin.CLIENT, null);
    }

    private void take(ByteBuf batch) {
        TestBatches.stamped(batch, nextOffset, 0);
        states.appended(batch, 0);
        nextOffset = Batches.lastOffset(batch, 0) + 1;
    }

    private static ByteBuf marker(long producerId, int epoch, int coordinatorEpoch) {
        return TestBatches.heap(new EndTxnMarker(true, coordinatorEpoch)
                .build(producerId, (short) epoch, NOW, UnpooledByteBufAllocator.DEFAULT));
    }

    private static ErrorCode error(AppendOutcome outcome) {
        return ((Rejected) outcome).error();
    }

    private static Set<String> sortedEntries(ByteBuffer snapshot) {
        Set<String> entries = new TreeSet<>();
        byte[] bytes = new byte[snapshot.remaining()];
        snapshot.get(bytes);
        for (int at = 10; at < bytes.length; at += 46) {
            entries.add(HexFormat.of().formatHex(bytes, at, at + 46));
        }
        return entries;
    }
}
