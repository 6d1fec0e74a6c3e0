package io.barnabas.cluster.topics;

import io.barnabas.cluster.MetadataImage;
import io.barnabas.cluster.topics.Plan.Refused;
import io.barnabas.wire.ErrorCode;
import java.util.List;
import java.util.Optional;

/** The brokers that new replicas may be placed on. Pure. */
final class LiveBrokers {
    private LiveBrokers() {}

    static List<ReplicaPlacement.Broker> of(MetadataImage metadata) {
        return metadata.brokers().values().stream()
                .map(broker -> new ReplicaPlacement.Broker(broker.id(), broker.rack()))
                .toList();
    }

    /** Why so many replicas cannot be placed; empty when they can. */
    static Optional<Refused> refusal(List<ReplicaPlacement.Broker> live, int replicationFactor) {
        if (replicationFactor <= 0) {
            return Optional.of(
                    new Refused(ErrorCode.INVALID_REPLICATION_FACTOR, "Replication factor must be larger than 0."));
        } else if (replicationFactor > live.size()) {
            return Optional.of(new Refused(
                    ErrorCode.INVALID_REPLICATION_FACTOR,
                    "Replication factor: " + replicationFactor + " larger than available brokers: " + live.size()
                            + "."));
        } else if (ReplicaPlacement.racksAreMixed(live)) {
            return Optional.of(new Refused(
                    ErrorCode.UNKNOWN_SERVER_ERROR,
                    "Not all brokers have rack information for replica rack aware assignment."));
        }
        return Optional.empty();
    }
}
