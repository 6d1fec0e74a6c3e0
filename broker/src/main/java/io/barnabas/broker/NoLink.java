package io.barnabas.broker;

import io.barnabas.cluster.BrokerLink;
import io.barnabas.cluster.LiveBroker;
import io.barnabas.wire.message.LeaderAndIsrRequest;
import io.barnabas.wire.message.LeaderAndIsrResponse;
import io.barnabas.wire.message.StopReplicaRequest;
import io.barnabas.wire.message.StopReplicaResponse;
import io.barnabas.wire.message.UpdateMetadataRequest;
import io.barnabas.wire.message.UpdateMetadataResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Another broker of the cluster, which this version cannot reach: it speaks to clients only. */
record NoLink(LiveBroker broker) implements BrokerLink {

    @Override
    public CompletionStage<LeaderAndIsrResponse> leaderAndIsr(LeaderAndIsrRequest request) {
        return unreachable();
    }

    @Override
    public CompletionStage<StopReplicaResponse> stopReplica(StopReplicaRequest request) {
        return unreachable();
    }

    @Override
    public CompletionStage<UpdateMetadataResponse> updateMetadata(UpdateMetadataRequest request) {
        return unreachable();
    }

    private <T> CompletionStage<T> unreachable() {
        return CompletableFuture.failedStage(new UnsupportedOperationException(
                "broker " + broker.id() + " cannot be told: brokers of this version do not speak to each other yet"));
    }
}
