package io.barnabas.txn;

import io.barnabas.coordinator.CoordinatorRuntime;
import io.barnabas.coordinator.PartitionWriter;
import io.barnabas.coordinator.RuntimeSettings;
import io.barnabas.coordinator.ShardEnvironment;
import io.barnabas.runtime.Clock;
import io.barnabas.runtime.FaultHandler;
import io.barnabas.runtime.Stages;
import io.barnabas.runtime.Timers;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transactions whose partition of {@code __transaction_state} this broker leads. Any thread may ask; answers come
 * on the threads of the mailboxes.
 */
public final class TransactionCoordinator implements AutoCloseable {
    public static final String TOPIC = "__transaction_state";

    private static final Logger LOG = LoggerFactory.getLogger(TransactionCoordinator.class);

    private final CoordinatorRuntime<TransactionMachine, TransactionRecord> runtime;
    private final TransactionSettings settings;
    private final ProducerIds producerIds;
    private final MarkerSender markers;
    private final IntSupplier partitions;

    /**
     * What a transaction coordinator works with.
     *
     * @param featureLevel of {@code transaction.version}; decides the form of records
     */
    public record Environment(
            TransactionSettings settings,
            RuntimeSettings runtime,
            PartitionWriter writer,
            IntSupplier featureLevel,
            Clock clock,
            Timers timers,
            Executor mailboxes,
            Executor loaders,
            FaultHandler faults) {}

    /** @param partitions how many {@code __transaction_state} has, or will have when it is created */
    public TransactionCoordinator(
            Environment environment, ProducerIds producerIds, MarkerSender markers, IntSupplier partitions) {
        this(environment, producerIds, markers, partitions, machine -> {});
    }

    /** @param made sees each state machine */
    TransactionCoordinator(
            Environment environment,
            ProducerIds producerIds,
            MarkerSender markers,
            IntSupplier partitions,
            Consumer<TransactionMachine> made) {
        this.settings = environment.settings();
        this.producerIds = producerIds;
        this.markers = markers;
        this.partitions = partitions;
        this.runtime = new CoordinatorRuntime<>(new ShardEnvironment<>(
                TOPIC,
                (partition, leaderEpoch) -> {
                    TransactionMachine machine = machine(partition.partition(), leaderEpoch);
                    made.accept(machine);
                    return machine;
                },
                new TransactionRecordCodec(environment.featureLevel()),
                environment.writer(),
                environment.runtime(),
                environment.clock(),
                environment.timers(),
                environment.mailboxes(),
                environment.loaders(),
                environment.faults()));
    }

    private TransactionMachine machine(int partition, int leaderEpoch) {
        return new TransactionMachine(settings, prepared -> tellPartitions(partition, leaderEpoch, prepared));
    }

    /** The partition of {@link #TOPIC} that a transactional id lives in. */
    public int partitionFor(String transactionalId) {
        return CoordinatorRuntime.partitionFor(transactionalId, partitions.getAsInt());
    }

    /** This broker leads the partition from that epoch on. */
    public void elected(int partition, int leaderEpoch) {
        runtime.elected(partition, leaderEpoch);
    }

    /** This broker does not lead the partition any more; no epoch: it was deleted. */
    public void resigned(int partition, OptionalInt leaderEpoch) {
        runtime.resigned(partition, leaderEpoch);
        markers.forget(partition);
    }

    /** A producer takes a transactional id over, or begins with it. */
    public CompletionStage<ProducerAnswer> init(InitRequest request) {
        if (!isStorable(request.transactionalId())) {
            return answered(ProducerAnswer.refused(ErrorCode.INVALID_REQUEST));
        }
        if (request.timeoutMs() <= 0 || request.timeoutMs() > settings.maxTimeoutMs()) {
            return answered(ProducerAnswer.refused(ErrorCode.INVALID_TRANSACTION_TIMEOUT));
        }
        return withFreshIdIfNeeded(freshId -> runtime.submit(
                partitionFor(request.transactionalId()),
                error -> ProducerAnswer.refused(StoreErrors.of(error)),
                (machine, waiter, nowMs) -> machine.initialisations().init(request, freshId, waiter, nowMs)));
    }

    /** Partitions become part of the transaction. */
    public CompletionStage<ErrorCode> add(AddRequest request) {
        if (!isStorable(request.transactionalId())) {
            return answered(ErrorCode.INVALID_REQUEST);
        }
        return runtime.submit(
                partitionFor(request.transactionalId()),
                StoreErrors::of,
                (machine, waiter, nowMs) -> machine.additions().add(request, waiter, nowMs));
    }

    /** An error for each partition that is not part of the transaction. */
    public CompletionStage<Map<TopicPartition, ErrorCode>> verify(AddRequest request) {
        if (!isStorable(request.transactionalId())) {
            return answered(Additions.forAll(request.partitions(), ErrorCode.INVALID_REQUEST));
        }
        return runtime.submit(
                partitionFor(request.transactionalId()),
                error -> Additions.forAll(request.partitions(), StoreErrors.of(error)),
                (machine, waiter, nowMs) -> machine.additions().verify(request, waiter));
    }

    /** The decision is made when the answer comes; the partitions hear of it afterwards. */
    public CompletionStage<ProducerAnswer> end(EndRequest request) {
        if (!isStorable(request.transactionalId())) {
            return answered(ProducerAnswer.refused(ErrorCode.INVALID_REQUEST));
        }
        return withFreshIdIfNeeded(freshId -> runtime.submit(
                partitionFor(request.transactionalId()),
                error -> ProducerAnswer.refused(StoreErrors.of(error)),
                (machine, waiter, nowMs) -> machine.endings().end(request, freshId, waiter, nowMs)));
    }

    public CompletionStage<TransactionDescription> describe(String transactionalId) {
        return runtime.submit(
                partitionFor(transactionalId),
                error -> TransactionDescription.refused(transactionalId, StoreErrors.of(error)),
                (machine, waiter, nowMs) -> machine.views().describe(transactionalId, waiter));
    }

    public CompletionStage<TransactionListing> list(TransactionFilter filter) {
        List<CompletionStage<TransactionListing>> answers = runtime.submitToAll(
                TransactionListing::refused,
                (machine, waiter, nowMs) -> machine.views().list(filter, waiter, nowMs));
        return Stages.all(answers).thenApply(TransactionCoordinator::merge);
    }

    @Override
    public void close() {
        runtime.close();
    }

    private static TransactionListing merge(List<TransactionListing> parts) {
        List<TransactionListing.Entry> all = new ArrayList<>();
        for (TransactionListing part : parts) {
            if (part.error() != ErrorCode.NONE && part.error() != ErrorCode.NOT_COORDINATOR) {
                return TransactionListing.refused(StoreErrors.of(part.error()));
            }
            all.addAll(part.transactions());
        }
        return new TransactionListing(ErrorCode.NONE, all);
    }

    /** Producer ids come from elsewhere, so that a command that turns out to need one is given a second time. */
    private CompletionStage<ProducerAnswer> withFreshIdIfNeeded(LongFunction<CompletionStage<ProducerAnswer>> command) {
        return command.apply(TransactionState.NO_ID)
                .thenCompose(answer -> answer.needsFreshId() ? withFreshId(command) : answered(answer));
    }

    private CompletionStage<ProducerAnswer> withFreshId(LongFunction<CompletionStage<ProducerAnswer>> command) {
        return producerIds
                .next()
                .thenCompose(fresh -> fresh.error() == ErrorCode.NONE
                        ? command.apply(fresh.producerId())
                        : answered(ProducerAnswer.refused(fresh.error())));
    }

    private void tellPartitions(int partition, int coordinatorEpoch, TransactionState prepared) {
        Markers all = new Markers(
                prepared.producerId(),
                prepared.epoch(),
                prepared.isCommit(),
                coordinatorEpoch,
                prepared.clientVersion(),
                prepared.partitions());
        markers.send(partition, all).thenAccept(written -> {
            if (written) {
                complete(partition, prepared);
            } else {
                LOG.warn(
                        "Partitions do not take the markers of producer {} epoch {} from coordinator epoch {};"
                                + " the transaction of {} stays as it is",
                        prepared.producerId(),
                        prepared.epoch(),
                        coordinatorEpoch,
                        prepared.transactionalId());
            }
        });
    }

    private void complete(int partition, TransactionState prepared) {
        runtime.submit(
                partition,
                error -> false,
                (machine, waiter, nowMs) -> machine.decisions().told(prepared, waiter, nowMs));
    }

    /** Not empty, and short enough for a record's key. */
    private static boolean isStorable(String transactionalId) {
        return !transactionalId.isEmpty() && transactionalId.getBytes(StandardCharsets.UTF_8).length <= Short.MAX_VALUE;
    }

    private static <T> CompletionStage<T> answered(T answer) {
        return CompletableFuture.completedStage(answer);
    }
}
