package io.barnabas.broker.cli;

import io.barnabas.config.BrokerConfig;

/** Starts a broker and stays until it has ended. */
@FunctionalInterface
public interface BrokerLauncher {

    /**
     * @param config checked
     * @return the status the process ends with
     */
    int launch(BrokerConfig config);
}
