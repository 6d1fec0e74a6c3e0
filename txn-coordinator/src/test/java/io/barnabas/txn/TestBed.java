package io.barnabas.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.coordinator.AppliedBatch;
import io.barnabas.coordinator.DeferredExecutor;
import io.barnabas.coordinator.MemoryPartitions;
import io.barnabas.coordinator.RuntimeSettings;
import io.barnabas.testkit.RecordedFaults;
import io.barnabas.testkit.SimulatedTime;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.AllocateProducerIdsResponse;
import io.barnabas.wire.record.Compression;
import io.barnabas.wire.record.RecordIterator;
import io.barnabas.wire.record.RecordView;
import io.barnabas.wire.record.Records;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** A transaction coordinator with one partition in memory, on one thread, with simulated time. */
final class TestBed implements MarkerSender {
    static final TopicPartition LOG = new TopicPartition(TransactionCoordinator.TOPIC, 0);
    static final int MAX_TIMEOUT_MS = 900_000;
    static final int TIMEOUT_MS = 60_000;
    static final long EXPIRATION_MS = 7 * 24 * 3_600_000L;
    static final long TIMEOUT_CHECK_MS = 10_000;
    static final long EXPIRATION_CHECK_MS = 3_600_000;
    static final short CLASSIC = 0;
    static final short V2 = 2;

    final SimulatedTime time = new SimulatedTime();
    final MemoryPartitions partitions = new MemoryPartitions();
    final DeferredExecutor loaders = new DeferredExecutor();
    final RecordedFaults faults = new RecordedFaults();
    final List<Told> told = new ArrayList<>();
    final TransactionCoordinator transactions;
    int featureLevel = 2;
    private TransactionMachine newest;
    private long nextProducerId = 1000;
    private int epoch;

    /** Markers on their way. */
    record Told(Markers markers, CompletableFuture<Boolean> written) {}

    TestBed() {
        ProducerIds ids = new ProducerIds(this::allocate, time, time);
        transactions = new TransactionCoordinator(
                new TransactionCoordinator.Environment(
                        new TransactionSettings(MAX_TIMEOUT_MS, EXPIRATION_MS, TIMEOUT_CHECK_MS, EXPIRATION_CHECK_MS),
                        new RuntimeSettings(5000, 1000, Compression.NONE),
                        partitions,
                        () -> featureLevel,
                        time,
                        time,
                        Runnable::run,
                        loaders,
                        faults),
                ids,
                this,
                () -> 1,
                machine -> newest = machine);
        lead();
    }

    private CompletionStage<AllocateProducerIdsResponse> allocate() {
        nextProducerId += 1000;
        return CompletableFuture.completedStage(new AllocateProducerIdsResponse()
                .producerIdStart(nextProducerId)
                .producerIdLen(1000));
    }

    @Override
    public CompletionStage<Boolean> send(int coordinatorPartition, Markers markers) {
        Told one = new Told(markers, new CompletableFuture<>());
        told.add(one);
        return one.written;
    }

    @Override
    public void forget(int coordinatorPartition) {
        told.clear();
    }

    /** All markers on their way arrive. */
    void arrive() {
        List<Told> arriving = List.copyOf(told);
        told.clear();
        arriving.forEach(one -> one.written.complete(true));
    }

    /** The markers on their way, of which there is one set. */
    Markers onlyMarkers() {
        assertThat(told).hasSize(1);
        return told.get(0).markers;
    }

    void lead() {
        transactions.elected(0, ++epoch);
    }

    /** The coordinator forgets everything and reads its partition. */
    void restart() {
        transactions.resigned(0, OptionalInt.of(++epoch));
        lead();
    }

    int coordinatorEpoch() {
        return epoch;
    }

    ProducerAnswer init(String id) {
        return init(id, TransactionState.NO_ID, TransactionState.NO_EPOCH);
    }

    ProducerAnswer init(String id, long producerId, int producerEpoch) {
        return now(transactions.init(new InitRequest(id, TIMEOUT_MS, producerId, (short) producerEpoch)));
    }

    ErrorCode add(String id, ProducerAnswer producer, int clientVersion, TopicPartition... more) {
        return now(transactions.add(
                new AddRequest(id, producer.producerId(), producer.epoch(), Set.of(more), (short) clientVersion)));
    }

    ErrorCode verify(String id, ProducerAnswer producer, TopicPartition partition) {
        return now(transactions.verify(
                        new AddRequest(id, producer.producerId(), producer.epoch(), Set.of(partition), CLASSIC)))
                .get(partition);
    }

    ProducerAnswer end(String id, ProducerAnswer producer, boolean committed, int clientVersion) {
        return now(transactions.end(
                new EndRequest(id, producer.producerId(), producer.epoch(), committed, (short) clientVersion)));
    }

    TransactionDescription describe(String id) {
        return now(transactions.describe(id));
    }

    String statusOf(String id) {
        return describe(id).status();
    }

    List<TransactionListing.Entry> list(Set<String> statuses, Set<Long> ids, long minMs, Predicate<String> names) {
        return now(transactions.list(new TransactionFilter(statuses, ids, minMs, names)))
                .transactions();
    }

    /** What lives, but for what is not kept in the log. */
    Map<String, TransactionState> live() {
        return stored(newest.transactions());
    }

    TransactionState state(String id) {
        return newest.transactions().find(id);
    }

    /** What somebody else would make of the log. */
    Map<String, TransactionState> replayed() {
        TransactionMachine fresh = new TransactionMachine(
                new TransactionSettings(MAX_TIMEOUT_MS, EXPIRATION_MS, TIMEOUT_CHECK_MS, EXPIRATION_CHECK_MS),
                state -> {});
        records().forEach(record -> fresh.apply(record, new AppliedBatch(0, -1, false)));
        return stored(fresh.transactions());
    }

    private static Map<String, TransactionState> stored(Transactions transactions) {
        Map<String, TransactionState> states = new TreeMap<>();
        transactions.all().forEach(state -> states.put(state.transactionalId(), state.asStored()));
        return states;
    }

    /** What the log holds, in its order. */
    List<TransactionRecord> records() {
        List<TransactionRecord> records = new ArrayList<>();
        for (ByteBuf batch : partitions.batches(LOG)) {
            try (RecordIterator iterator = new RecordIterator(batch, Records.NO_BOUND, ByteBufAllocator.DEFAULT)) {
                for (RecordView record = iterator.next(); record != null; record = iterator.next()) {
                    records.add(new TransactionRecordCodec(() -> 2).decode(record.key(), record.value()));
                }
            }
        }
        return records;
    }

    static TopicPartition partition(String topic, int partition) {
        return new TopicPartition(topic, partition);
    }

    static <T> T now(CompletionStage<T> stage) {
        CompletableFuture<T> answer = stage.toCompletableFuture();
        assertThat(answer).isDone();
        return answer.join();
    }
}
