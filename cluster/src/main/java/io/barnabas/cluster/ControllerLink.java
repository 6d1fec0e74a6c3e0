package io.barnabas.cluster;

import io.barnabas.wire.message.AllocateProducerIdsRequest;
import io.barnabas.wire.message.AllocateProducerIdsResponse;
import io.barnabas.wire.message.AlterPartitionRequest;
import io.barnabas.wire.message.AlterPartitionResponse;
import io.barnabas.wire.message.ControlledShutdownRequest;
import io.barnabas.wire.message.ControlledShutdownResponse;
import java.util.concurrent.CompletionStage;

/**
 * A broker's way to the controller, wherever it is. Any thread may call. Refusals are error codes in the answers, such
 * as NOT_CONTROLLER; a stage fails only when the way itself is broken.
 */
public interface ControllerLink {

    CompletionStage<AlterPartitionResponse> alterPartition(AlterPartitionRequest request);

    CompletionStage<AllocateProducerIdsResponse> allocateProducerIds(AllocateProducerIdsRequest request);

    CompletionStage<ControlledShutdownResponse> controlledShutdown(ControlledShutdownRequest request);
}
