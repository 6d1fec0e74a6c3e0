package io.barnabas.broker;

import io.barnabas.cluster.BrokerLink;
import io.barnabas.cluster.configs.ConfigStore;
import io.barnabas.replication.Replicas;
import io.barnabas.wire.message.LeaderAndIsrRequest;
import io.barnabas.wire.message.LeaderAndIsrResponse;
import io.barnabas.wire.message.StopReplicaRequest;
import io.barnabas.wire.message.StopReplicaResponse;
import io.barnabas.wire.message.UpdateMetadataRequest;
import io.barnabas.wire.message.UpdateMetadataResponse;
import java.util.concurrent.CompletionStage;

/**
 * The controller's way to the broker that it lives in: the same objects, posted to the role mailbox and checked there
 * like those that come over the network. Any thread may call.
 */
record LocalBrokerLink(ConfigStore configs, Replicas replicas, MetadataUpdates metadata) implements BrokerLink {

    @Override
    public CompletionStage<LeaderAndIsrResponse> leaderAndIsr(LeaderAndIsrRequest request) {
        return configs.prepareFor(request).thenCompose(known -> replicas.leaderAndIsr(request));
    }

    @Override
    public CompletionStage<StopReplicaResponse> stopReplica(StopReplicaRequest request) {
        return replicas.stopReplica(request);
    }

    @Override
    public CompletionStage<UpdateMetadataResponse> updateMetadata(UpdateMetadataRequest request) {
        return metadata.update(request);
    }
}
