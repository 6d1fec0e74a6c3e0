package io.barnabas.log.producer;

import static io.barnabas.wire.ErrorCode.INVALID_PRODUCER_EPOCH;
import static io.barnabas.wire.ErrorCode.INVALID_TXN_STATE;
import static io.barnabas.wire.ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER;
import static io.barnabas.wire.ErrorCode.TRANSACTION_COORDINATOR_FENCED;

import io.barnabas.log.AbortedTransaction;
import io.barnabas.log.AppendOrigin;
import io.barnabas.log.AppendOutcome;
import io.barnabas.log.AppendOutcome.Rejected;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.ControlRecord;
import io.barnabas.wire.record.EndTxnMarker;
import io.barnabas.wire.record.RecordIterator;
import io.barnabas.wire.record.RecordView;
import io.barnabas.wire.record.Records;
import io.barnabas.wire.record.UnreadableRecordsException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.collection.LongCollections;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a partition remembers of its idempotent and transactional producers. It follows from the batches in the log
 * alone: {@link #check} decides, {@link #appended} takes up what is in the log, in normal work and in recovery alike.
 * Guarded by the partition's lock. Holds one entry for each producer that wrote within the expiration time.
 */
public final class ProducerStates {
    private static final LongObjectMap<ProducerState> NOBODY = LongCollections.emptyMap();

    /** Not a map of its own until there is a producer: most partitions are idle. */
    private LongObjectMap<ProducerState> producers = NOBODY;

    private final UndecidedTransactions undecided = new UndecidedTransactions();

    private final VerifiedProducers verified = new VerifiedProducers();

    /**
     * Before a batch of a transaction is sent on its way to {@link #check}: the coordinator is to be asked, and what
     * this gives to be shown. Null when the transaction is known to be under way here.
     */
    public Verification beginVerification(long producerId, short epoch, int sequence, long nowMs) {
        ProducerState state = producers.get(producerId);
        boolean underWay = state != null && state.currentTxnFirstOffset() >= 0 && state.epoch() == epoch;
        return underWay ? null : verified.begin(producerId, epoch, sequence, nowMs);
    }

    /**
     * Null when the batch may be appended; else the answer: it is there already, or it is refused.
     *
     * @param verification shown for the first batch of a transaction; else null
     */
    public AppendOutcome check(ByteBuf bytes, int at, AppendOrigin origin, Verification verification) {
        if (origin == AppendOrigin.REPLICATION || BatchHeader.producerId(bytes, at) < 0) {
            return null;
        }
        ProducerState state = producers.get(BatchHeader.producerId(bytes, at));
        AppendOutcome answer = state == null ? null : check(bytes, at, origin, state);
        return answer == null ? checkBeginning(bytes, at, origin, state, verification) : answer;
    }

    /** A late batch must not begin a transaction that nobody would end. */
    private AppendOutcome checkBeginning(
            ByteBuf bytes, int at, AppendOrigin origin, ProducerState state, Verification verification) {
        boolean begins = BatchHeader.isTransactional(bytes, at)
                && !BatchHeader.isControl(bytes, at)
                && (state == null || state.currentTxnFirstOffset() < 0);
        if (!begins) {
            return null;
        }
        if (!verified.isValid(BatchHeader.producerId(bytes, at), verification)) {
            return rejected(INVALID_TXN_STATE, bytes, at, "the partition is not known to be part of the transaction");
        }
        boolean skips = origin == AppendOrigin.CLIENT
                && verification != Verification.NOT_NEEDED
                && BatchHeader.baseSequence(bytes, at) > verification.lowestSequence();
        return skips
                ? rejected(
                        OUT_OF_ORDER_SEQUENCE_NUMBER,
                        bytes,
                        at,
                        "sequence " + verification.lowestSequence() + " was tried before")
                : null;
    }

    private AppendOutcome check(ByteBuf bytes, int at, AppendOrigin origin, ProducerState state) {
        if (BatchHeader.producerEpoch(bytes, at) < state.epoch()) {
            return rejected(INVALID_PRODUCER_EPOCH, bytes, at, "the epoch is older than " + state.epoch());
        }
        if (BatchHeader.isControl(bytes, at)) {
            return checkMarker(bytes, at, state);
        }
        AppendOutcome answer = origin == AppendOrigin.CLIENT ? checkSequence(bytes, at, state) : null;
        if (answer == null && state.currentTxnFirstOffset() >= 0 && !BatchHeader.isTransactional(bytes, at)) {
            return rejected(INVALID_TXN_STATE, bytes, at, "a transaction is open and the batch is not part of it");
        }
        return answer;
    }

    private static AppendOutcome checkMarker(ByteBuf bytes, int at, ProducerState state) {
        EndTxnMarker marker = marker(bytes, at);
        if (marker != null && marker.coordinatorEpoch() < state.coordinatorEpoch()) {
            return rejected(
                    TRANSACTION_COORDINATOR_FENCED, bytes, at, "a later coordinator, " + state.coordinatorEpoch());
        }
        return null;
    }

    private static AppendOutcome checkSequence(ByteBuf bytes, int at, ProducerState state) {
        int first = BatchHeader.baseSequence(bytes, at);
        if (BatchHeader.producerEpoch(bytes, at) != state.epoch()) {
            boolean begins = first == 0 || state.epoch() == ProducerState.NO_EPOCH;
            return begins ? null : rejected(OUT_OF_ORDER_SEQUENCE_NUMBER, bytes, at, "a new epoch begins with 0");
        }
        // An idempotent producer retries with the same sequence; answering the first append keeps the retry invisible.
        AppendOutcome duplicate = state.duplicateOf(first, BatchHeader.lastSequence(bytes, at));
        if (duplicate != null || state.isNext(first)) {
            return duplicate;
        }
        return rejected(OUT_OF_ORDER_SEQUENCE_NUMBER, bytes, at, "the last one was " + state.lastSequence());
    }

    private static Rejected rejected(ErrorCode error, ByteBuf bytes, int at, String why) {
        return new Rejected(
                error,
                "producer " + BatchHeader.producerId(bytes, at) + " epoch " + BatchHeader.producerEpoch(bytes, at)
                        + " sequence " + BatchHeader.baseSequence(bytes, at) + ": " + why);
    }

    /** The batch, with its offsets in it, is in the log. Gives the transaction that it aborted, or null. */
    public AbortedTransaction appended(ByteBuf bytes, int at) {
        long producerId = BatchHeader.producerId(bytes, at);
        if (producerId < 0) {
            return null;
        }
        ProducerState state = producers.get(producerId);
        if (state == null) {
            state = new ProducerState(producerId);
            add(state);
        }
        if (BatchHeader.isControl(bytes, at)) {
            return appendedMarker(bytes, at, state);
        }
        appendedData(bytes, at, state);
        return null;
    }

    private void appendedData(ByteBuf bytes, int at, ProducerState state) {
        long baseOffset = BatchHeader.baseOffset(bytes, at);
        state.appended(
                BatchHeader.producerEpoch(bytes, at),
                BatchHeader.lastSequence(bytes, at),
                BatchHeader.lastOffset(bytes, at),
                BatchHeader.lastOffsetDelta(bytes, at),
                BatchHeader.maxTimestamp(bytes, at));
        if (BatchHeader.isTransactional(bytes, at) && state.currentTxnFirstOffset() < 0) {
            state.beganTransaction(baseOffset);
            undecided.began(baseOffset);
            verified.end(state.producerId());
        }
    }

    private AbortedTransaction appendedMarker(ByteBuf bytes, int at, ProducerState state) {
        EndTxnMarker marker = marker(bytes, at);
        if (marker == null) {
            return null;
        }
        verified.end(state.producerId());
        long first = state.currentTxnFirstOffset();
        long last = BatchHeader.lastOffset(bytes, at);
        boolean wasOpen = first >= 0 && undecided.end(first, last);
        state.endedTransaction(
                BatchHeader.producerEpoch(bytes, at), marker.coordinatorEpoch(), BatchHeader.maxTimestamp(bytes, at));
        return wasOpen && !marker.committed()
                ? new AbortedTransaction(state.producerId(), first, last, firstOpenOr(last + 1))
                : null;
    }

    private long firstOpenOr(long otherwise) {
        long first = undecided.firstOpen();
        return first == UndecidedTransactions.NONE ? otherwise : first;
    }

    private void add(ProducerState state) {
        if (producers == NOBODY) {
            producers = new LongObjectHashMap<>(8);
        }
        producers.put(state.producerId(), state);
    }

    /** Null when the control batch is none of a transaction; such are skipped. */
    private static EndTxnMarker marker(ByteBuf bytes, int at) {
        ByteBuf batch = bytes.slice(at, BatchHeader.sizeInBytes(bytes, at));
        try (RecordIterator records = new RecordIterator(batch, Records.NO_BOUND, ByteBufAllocator.DEFAULT)) {
            RecordView record = records.next();
            ControlRecord.Type type = record == null ? null : ControlRecord.typeOf(record);
            return type == ControlRecord.Type.ABORT || type == ControlRecord.Type.COMMIT
                    ? EndTxnMarker.read(record)
                    : null;
        } catch (UnreadableRecordsException malformed) {
            // Its checksum is right, so it was written like that; it ends no transaction.
            return null;
        }
    }

    /** All before this offset is decided and replicated: no transaction is open there. {@code Long.MAX_VALUE}: all is. */
    public long firstUnstableOffset() {
        return undecided.first();
    }

    /** True when a transaction ended for good. */
    public boolean highWatermarkMoved(long highWatermark) {
        return undecided.highWatermarkMoved(highWatermark);
    }

    /** Where each producer's last batch with data ended, which must not vanish from the log. */
    public Map<Long, LastBatch> lastBatches() {
        Map<Long, LastBatch> last = new HashMap<>();
        producers.forEach((id, state) -> last.put(id, new LastBatch(state.lastDataOffset(), state.epoch())));
        return last;
    }

    /** @param lastDataOffset negative when only a marker is known of the producer */
    public record LastBatch(long lastDataOffset, short epoch) {}

    /** Forgets producers that have been silent, and have no transaction open. */
    public void removeExpired(long nowMs, long expirationMs) {
        verified.removeOlderThan(nowMs - expirationMs);
        if (!producers.isEmpty()) {
            producers
                    .values()
                    .removeIf(state ->
                            state.currentTxnFirstOffset() < 0 && nowMs - state.lastTimestamp() >= expirationMs);
        }
    }

    /** Null when the partition does not remember the producer. */
    public ProducerState get(long producerId) {
        return producers.get(producerId);
    }

    public List<ProducerState> all() {
        return new ArrayList<>(producers.values());
    }

    public int count() {
        return producers.size();
    }

    public void clear() {
        producers = NOBODY;
        undecided.clear();
    }

    /** Takes up what a snapshot holds. */
    void restore(List<ProducerState> states) {
        clear();
        for (ProducerState state : states) {
            add(state);
            if (state.currentTxnFirstOffset() >= 0) {
                undecided.began(state.currentTxnFirstOffset());
            }
        }
    }

    /** What is asked about producers at this moment; it is in no file. */
    public void takeOverVerifications(ProducerStates former) {
        verified.takeOver(former.verified);
    }
}
