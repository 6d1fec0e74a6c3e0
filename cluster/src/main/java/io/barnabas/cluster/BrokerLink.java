package io.barnabas.cluster;

import io.barnabas.wire.message.LeaderAndIsrRequest;
import io.barnabas.wire.message.LeaderAndIsrResponse;
import io.barnabas.wire.message.StopReplicaRequest;
import io.barnabas.wire.message.StopReplicaResponse;
import io.barnabas.wire.message.UpdateMetadataRequest;
import io.barnabas.wire.message.UpdateMetadataResponse;
import java.util.concurrent.CompletionStage;

/**
 * The controller's way to one broker: the only way by which roles and metadata get there. The local one posts the
 * same object to the broker's role mailbox, never on the caller's stack; the remote one is the network. One request is
 * under way at a time. A stage that fails means that the request may or may not have arrived; it is sent again.
 * A request is shared between links and is not changed by whoever receives it.
 */
public interface BrokerLink extends AutoCloseable {

    CompletionStage<LeaderAndIsrResponse> leaderAndIsr(LeaderAndIsrRequest request);

    CompletionStage<StopReplicaResponse> stopReplica(StopReplicaRequest request);

    CompletionStage<UpdateMetadataResponse> updateMetadata(UpdateMetadataRequest request);

    /** The broker is gone, or the controller is one no more. */
    @Override
    default void close() {}
}
