package io.barnabas.cluster.zookeeper;

import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ServerCnxn;

/** The connections of a {@link LeanServer}. */
final class LeanConnections extends NIOServerCnxnFactory {
    private final boolean isManaged = LeanServer.isManaged();

    @Override
    public void registerConnection(ServerCnxn connection) {
        if (isManaged) {
            super.registerConnection(connection);
        }
    }
}
