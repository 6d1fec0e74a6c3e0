package io.barnabas.cluster.zookeeper;

import org.apache.zookeeper.server.FinalRequestProcessor;
import org.apache.zookeeper.server.Request;
import org.apache.zookeeper.server.SyncRequestProcessor;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;

/**
 * A ZooKeeper server for few clients: a request passes two threads less on its way, and the server shows itself as
 * MBeans only where somebody can be expected to look at them.
 */
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

    /** Nobody is held back here, so that no thread need stand at the door. */
    @Override
    public void enqueueRequest(Request request) {
        submitRequestNow(request);
    }

    /** As the plain server does, but without a thread that only prepares. */
    @Override
    protected void setupRequestProcessors() {
        SyncRequestProcessor writing = new SyncRequestProcessor(this, new FinalRequestProcessor(this));
        writing.start();
        firstProcessor = new PreparationInPlace(this, writing);
    }

    @Override
    protected void registerJMX() {
        if (isManaged()) {
            super.registerJMX();
        }
    }
}
