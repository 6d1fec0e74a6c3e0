package io.barnabas.cluster.store;

/**
 * Hears once of the next change of what was read; then it has to be set again, before reading again. Never called
 * after its session is lost. Runs on the store's event thread, or on the executor of {@link StoreSession#on}.
 */
@FunctionalInterface
public interface NodeWatch {
    void fired(NodeEvent event);
}
