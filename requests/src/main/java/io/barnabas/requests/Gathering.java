package io.barnabas.requests;

/**
 * Requests of one connection that have begun and wait for others of their kind which have arrived behind them, to share
 * with them what is dear. On the connection's event loop.
 */
@FunctionalInterface
public interface Gathering {
    /** No more will come: does for all, in their order, what they waited for. */
    void end();
}
