package io.barnabas.broker.adoption;

import io.barnabas.broker.StartFailure;
import io.barnabas.cluster.registration.ClusterBase.Standing;
import java.util.Optional;

/**
 * Which cluster a broker with these data enters behind that ZooKeeper, and what has to be done for it. An empty
 * ZooKeeper does not get an id of its own while there are data that have one: whoever named the wrong ZooKeeper would
 * find his data of another cluster from then on. Pure.
 *
 * @param clusterId empty for a new one
 */
public record ClusterChoice(Kind kind, Optional<String> clusterId) {
    public enum Kind {
        /** ZooKeeper has the id. */
        KNOWN,
        /** ZooKeeper has no id yet. */
        CREATE,
        /** ZooKeeper has another one, and nothing else. */
        REPLACE
    }

    /** @param connect where the ZooKeeper is */
    public static ClusterChoice of(Standing zooKeeper, String connect, FoundData data, boolean adopts)
            throws StartFailure {
        if (data.clusterIds().size() > 1) {
            throw new StartFailure("The log directories " + data.where() + " belong to different clusters, "
                    + String.join(", ", data.clusterIds()) + ": name those of one cluster in log.dirs");
        }
        boolean hasId = !data.clusterIds().isEmpty();
        Optional<String> ofData = data.clusterIds().stream().findFirst();
        if (zooKeeper.isEmpty() && !adopts) {
            boolean isOther = hasId && !zooKeeper.clusterId().equals(ofData);
            if (!data.isEmpty() || isOther) {
                throw new StartFailure(found(zooKeeper, connect, data));
            }
        }
        if (zooKeeper.clusterId().isEmpty()) {
            return new ClusterChoice(Kind.CREATE, ofData);
        }
        boolean replaces =
                hasId && zooKeeper.isEmpty() && !zooKeeper.clusterId().equals(ofData);
        return replaces
                ? new ClusterChoice(Kind.REPLACE, ofData)
                : new ClusterChoice(Kind.KNOWN, zooKeeper.clusterId());
    }

    private static String found(Standing zooKeeper, String connect, FoundData data) {
        String knows = zooKeeper.clusterId().map(id -> " (cluster " + id + ")").orElse("");
        return "Found " + data.describe() + " in " + data.where() + ", but ZooKeeper at " + connect + knows
                + " knows neither topics nor brokers: start with --adopt to serve the data where they lie,"
                + " or point zookeeper.connect at the ensemble that they belong to,"
                + " or name an empty directory in log.dirs";
    }
}
