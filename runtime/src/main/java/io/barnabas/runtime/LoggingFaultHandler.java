package io.barnabas.runtime;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a fault once with its stack; ends the process when the JVM itself is broken. */
public final class LoggingFaultHandler implements FaultHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LoggingFaultHandler.class);

    @Override
    public void fault(String where, Throwable cause) {
        if (cause instanceof VirtualMachineError) {
            // Nothing can be trusted any more, not even the logger; a restart recovers what was acknowledged.
            System.err.println("Ending the process, fault in " + where + ": " + cause);
            Runtime.getRuntime().halt(3);
        }
        LOG.error("Fault in {}", where, cause);
    }
}
