package io.barnabas.log.crash;

import io.barnabas.log.AbortedTransaction;
import io.barnabas.log.PartitionLog;
import io.barnabas.log.producer.ProducerState;
import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.ControlRecord;
import io.barnabas.wire.record.Records;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What follows from the batches of a log, worked out a second time: producers, leader epochs, aborted transactions. */
final class DerivedState {
    private static final class Producer {
        private short epoch = -1;
        private int lastSequence = -1;
        private long lastOffset = -1;
        private long transactionBegan = -1;
    }

    private final Map<Long, Producer> producers = new HashMap<>();
    private final List<AbortedTransaction> aborted = new ArrayList<>();

    private DerivedState() {}

    static void check(PartitionLog log, List<FoundBatch> found) throws IOException {
        DerivedState expected = new DerivedState();
        for (FoundBatch batch : found) {
            ByteBuf bytes = batch.buffer();
            int epoch = BatchHeader.leaderEpoch(bytes, 0);
            long asked = Math.max(batch.baseOffset(), log.logStartOffset());
            Violation.check(
                    log.leaderEpochs().epochOf(asked) == epoch,
                    "%s: epoch %s at offset %s, not %s; all: %s",
                    log,
                    epoch,
                    asked,
                    log.leaderEpochs().epochOf(asked),
                    log.leaderEpochs().entries());
            expected.add(bytes);
        }
        expected.compareProducers(log);
        expected.compareAborted(log);
    }

    private void add(ByteBuf bytes) {
        if (BatchHeader.producerId(bytes, 0) < 0) {
            return;
        }
        Producer producer = producers.computeIfAbsent(BatchHeader.producerId(bytes, 0), id -> new Producer());
        if (producer.epoch != BatchHeader.producerEpoch(bytes, 0)) {
            producer.epoch = BatchHeader.producerEpoch(bytes, 0);
            producer.lastSequence = -1;
            producer.lastOffset = -1;
        }
        if (BatchHeader.isControl(bytes, 0)) {
            endTransaction(bytes, producer);
            return;
        }
        producer.lastSequence = BatchHeader.lastSequence(bytes, 0);
        producer.lastOffset = BatchHeader.lastOffset(bytes, 0);
        if (BatchHeader.isTransactional(bytes, 0) && producer.transactionBegan < 0) {
            producer.transactionBegan = BatchHeader.baseOffset(bytes, 0);
        }
    }

    private void endTransaction(ByteBuf bytes, Producer producer) {
        long offset = BatchHeader.baseOffset(bytes, 0);
        boolean[] abort = new boolean[1];
        Records.forEach(bytes, record -> abort[0] = ControlRecord.typeOf(record) == ControlRecord.Type.ABORT);
        if (abort[0] && producer.transactionBegan >= 0) {
            aborted.add(new AbortedTransaction(BatchHeader.producerId(bytes, 0), producer.transactionBegan, offset, 0));
        }
        producer.transactionBegan = -1;
    }

    private void compareProducers(PartitionLog log) {
        producers.forEach((id, producer) -> {
            ProducerState state = log.producer(id);
            Violation.check(state != null, "%s has forgotten producer %s", log, id);
            boolean sameData = producer.lastOffset < 0
                    || state.lastSequence() == producer.lastSequence && state.lastDataOffset() == producer.lastOffset;
            boolean beganBefore =
                    state.currentTxnFirstOffset() >= 0 && state.currentTxnFirstOffset() < log.logStartOffset();
            Violation.check(
                    state.epoch() == producer.epoch
                            && sameData
                            && (beganBefore || state.currentTxnFirstOffset() == producer.transactionBegan),
                    "%s: producer %s is at epoch %s, sequence %s, offset %s, transaction from %s; its batches say %s, %s, %s, %s",
                    log,
                    id,
                    state.epoch(),
                    state.lastSequence(),
                    state.lastDataOffset(),
                    state.currentTxnFirstOffset(),
                    producer.epoch,
                    producer.lastSequence,
                    producer.lastOffset,
                    producer.transactionBegan);
        });
        for (ProducerState state : log.producers()) {
            Violation.check(
                    state.lastDataOffset() < log.logEndOffset() && state.currentTxnFirstOffset() < log.logEndOffset(),
                    "%s knows of producer %s beyond its end",
                    log,
                    state.producerId());
        }
    }

    /** Of a transaction that began before the log's start the beginning is not known. */
    private void compareAborted(PartitionLog log) throws IOException {
        long start = log.logStartOffset();
        Map<Long, AbortedTransaction> known = new HashMap<>();
        for (AbortedTransaction one : log.abortedTransactionsFromDisk(start, log.logEndOffset())) {
            known.put(one.lastOffset(), one);
        }
        for (AbortedTransaction expected : aborted) {
            AbortedTransaction one = known.remove(expected.lastOffset());
            Violation.check(
                    one != null
                            && one.producerId() == expected.producerId()
                            && (one.firstOffset() == expected.firstOffset() || one.firstOffset() < start),
                    "%s: aborted is %s, known is %s",
                    log,
                    expected,
                    one);
        }
        known.values().forEach(one -> Violation.check(one.firstOffset() < start, "%s: %s was not aborted", log, one));
    }
}
