package io.barnabas.broker;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.replication.ControllerEpochs;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.UpdateMetadataRequest;
import io.barnabas.wire.message.UpdateMetadataResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Takes metadata from a controller, unless it is one of the past or means an earlier life of this broker. Changes run on
 * the role mailbox, between those of roles.
 */
final class MetadataUpdates {
    private static final int NO_BROKER_EPOCH = -1;

    private final MetadataCache metadata;
    private final ControllerEpochs controllerEpochs;
    private final LongSupplier brokerEpoch;
    private final Consumer<List<TopicPartition>> onDeleted;
    private final Executor mailbox;

    /** @param onDeleted hears, on the mailbox, of partitions whose topics are gone */
    MetadataUpdates(
            MetadataCache metadata,
            ControllerEpochs controllerEpochs,
            LongSupplier brokerEpoch,
            Consumer<List<TopicPartition>> onDeleted,
            Executor mailbox) {
        this.metadata = metadata;
        this.controllerEpochs = controllerEpochs;
        this.brokerEpoch = brokerEpoch;
        this.onDeleted = onDeleted;
        this.mailbox = mailbox;
    }

    CompletionStage<UpdateMetadataResponse> update(UpdateMetadataRequest request) {
        return CompletableFuture.supplyAsync(() -> apply(request), mailbox);
    }

    private UpdateMetadataResponse apply(UpdateMetadataRequest request) {
        ErrorCode refusal = refusal(request);
        if (refusal == ErrorCode.NONE) {
            List<TopicPartition> deleted = metadata.apply(request);
            if (!deleted.isEmpty()) {
                onDeleted.accept(deleted);
            }
        }
        return new UpdateMetadataResponse().errorCode(refusal.code());
    }

    private ErrorCode refusal(UpdateMetadataRequest request) {
        long meant = request.brokerEpoch();
        if (meant != NO_BROKER_EPOCH && meant < brokerEpoch.getAsLong()) {
            return ErrorCode.STALE_BROKER_EPOCH;
        }
        return controllerEpochs.accept(request.controllerEpoch()) ? ErrorCode.NONE : ErrorCode.STALE_CONTROLLER_EPOCH;
    }
}
