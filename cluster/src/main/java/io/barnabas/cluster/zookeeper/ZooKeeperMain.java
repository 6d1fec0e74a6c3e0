package io.barnabas.cluster.zookeeper;

import org.apache.zookeeper.server.quorum.QuorumPeerMain;

/**
 * ZooKeeper alone in a process, behind {@code bin/zookeeper-server-start.sh}: takes ZooKeeper's own properties file,
 * one server or a member of an ensemble.
 */
public final class ZooKeeperMain {
    private ZooKeeperMain() {}

    public static void main(String[] arguments) {
        ServerProperties.apply();
        QuorumPeerMain.main(arguments);
    }
}
