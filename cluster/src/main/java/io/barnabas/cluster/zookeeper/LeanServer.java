package io.barnabas.cluster.zookeeper;

import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;

/** A ZooKeeper server that shows itself as MBeans only where somebody can be expected to look at them. */
final class LeanServer extends ZooKeeperServer {
    LeanServer(FileTxnSnapLog files, int tickMs, int minSessionMs, int maxSessionMs, int backlog) {
        super(files, tickMs, minSessionMs, maxSessionMs, backlog, null, "", false);
    }

    /**
     * Java's management costs a start a tenth of its CPU time and some megabytes; whoever started the process with its
     * options wants it.
     */
    static boolean isManaged() {
        return System.getProperties().stringPropertyNames().stream()
                .anyMatch(name -> name.startsWith("com.sun.management.jmxremote"));
    }

    @Override
    protected void registerJMX() {
        if (isManaged()) {
            super.registerJMX();
        }
    }
}
