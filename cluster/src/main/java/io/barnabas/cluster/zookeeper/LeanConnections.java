package io.barnabas.cluster.zookeeper;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.apache.zookeeper.server.NIOServerCnxn;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ServerCnxn;

/** The connections of a {@link LeanServer}. */
final class LeanConnections extends NIOServerCnxnFactory {
    private final boolean isManaged = LeanServer.isManaged();

    @Override
    protected NIOServerCnxn createConnection(SocketChannel socket, SelectionKey key, SelectorThread selector)
            throws IOException {
        return new PromptConnection(zkServer, socket, key, this, selector);
    }

    @Override
    public void registerConnection(ServerCnxn connection) {
        if (isManaged) {
            super.registerConnection(connection);
        }
    }
}
