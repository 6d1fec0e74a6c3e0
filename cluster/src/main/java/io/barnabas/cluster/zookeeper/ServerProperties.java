package io.barnabas.cluster.zookeeper;

import java.util.function.IntConsumer;
import org.apache.zookeeper.util.ServiceUtils;

/**
 * The server's classes read these when they are loaded, so they are set before. What somebody has set by hand stays.
 */
final class ServerProperties {
    /** In KiB: the transaction log grows in such steps; the default of 64 MiB is meant for busy ensembles. */
    private static final String LOG_GROWTH = "1024";

    private ServerProperties() {}

    static void apply() {
        setIfMissing("zookeeper.admin.enableServer", "false");
        setIfMissing("zookeeper.jmx.log4j.disable", "true");
        setIfMissing("zookeeper.4lw.commands.whitelist", "ruok,srvr,mntr");
        setIfMissing("zookeeper.preAllocSize", LOG_GROWTH);
        // The few connections are read by the thread that hears of them: no hop, and fewer stacks.
        setIfMissing("zookeeper.nio.numWorkerThreads", "0");
        // The server must take what the client may send.
        setIfMissing("jute.maxbuffer", Integer.toString(4 * 1024 * 1024));
    }

    /** By default a server in trouble ends the process; ours must live on and say so. */
    static void onExitRequest(IntConsumer action) {
        ServiceUtils.setSystemExitProcedure(action::accept);
    }

    private static void setIfMissing(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
