package io.barnabas.broker.net;

import io.barnabas.requests.ClientConnection;
import io.barnabas.runtime.FaultHandler;
import io.netty.util.internal.OutOfDirectMemoryError;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a peer that went away, and memory that ran short for one connection, from a bug of ours. */
record Troubles(QuietLog log, FaultHandler faults) {
    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    void onConnection(ClientConnection client, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("Connection of {} broke", client, cause);
        } else if (cause instanceof OutOfDirectMemoryError) {
            log.warn("Closing connection of " + client + ": " + cause.getMessage());
        } else {
            faults.fault("connection of " + client, cause);
        }
    }
}
