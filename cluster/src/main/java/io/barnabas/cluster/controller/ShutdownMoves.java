package io.barnabas.cluster.controller;

import io.barnabas.cluster.LiveBroker;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.ControlledShutdownRequest;
import io.barnabas.wire.message.ControlledShutdownResponse;
import io.barnabas.wire.message.ControlledShutdownResponse.RemainingPartition;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * ControlledShutdown: a broker is about to stop. What it leads moves to others, what it follows stops; what only it
 * holds stays with it to the end and is not spoken of.
 */
final class ShutdownMoves {
    private static final long EPOCH_NOT_SAID = -1;

    private final ClusterState state;
    private final Roles roles;

    ShutdownMoves(Reign reign, Roles roles) {
        this.state = reign.state;
        this.roles = roles;
    }

    CompletionStage<ControlledShutdownResponse> prepare(ControlledShutdownRequest request) {
        LiveBroker broker = state.brokers().get(request.brokerId());
        if (broker == null) {
            return refused(ErrorCode.BROKER_NOT_AVAILABLE);
        } else if (request.brokerEpoch() != EPOCH_NOT_SAID && request.brokerEpoch() < broker.epoch()) {
            return refused(ErrorCode.STALE_BROKER_EPOCH);
        }
        int id = broker.id();
        state.stopping().add(id);
        List<TopicPartition> shared = sharedPartitionsOn(id);
        List<TopicPartition> led =
                shared.stream().filter(partition -> leads(id, partition)).toList();
        List<Replica> followed = shared.stream()
                .filter(partition -> !leads(id, partition))
                .map(partition -> new Replica(partition, id))
                .toList();
        return roles.moveAway(led)
                .thenCompose(moved -> roles.takeOffline(followed))
                .thenApply(done -> new ControlledShutdownResponse()
                        .remainingPartitions(sharedPartitionsOn(id).stream()
                                .filter(partition -> leads(id, partition))
                                .map(ShutdownMoves::remaining)
                                .toList()));
    }

    private List<TopicPartition> sharedPartitionsOn(int broker) {
        return state.replicasOn(broker).stream()
                .map(Replica::partition)
                .filter(partition -> !state.isDeleting(partition.topic()))
                .filter(partition -> state.replicas(partition).size() > 1 && state.leadership(partition) != null)
                .toList();
    }

    private boolean leads(int broker, TopicPartition partition) {
        return state.leadership(partition).leader() == broker;
    }

    private static RemainingPartition remaining(TopicPartition partition) {
        return new RemainingPartition().topicName(partition.topic()).partitionIndex(partition.partition());
    }

    private static CompletionStage<ControlledShutdownResponse> refused(ErrorCode error) {
        return CompletableFuture.completedFuture(new ControlledShutdownResponse().errorCode(error.code()));
    }
}
