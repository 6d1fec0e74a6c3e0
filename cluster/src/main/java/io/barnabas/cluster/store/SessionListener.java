package io.barnabas.cluster.store;

/** Hears how the connection to the store fares. Called one at a time, in the order of the events; returns at once. */
public interface SessionListener {

    /** A session stands: the first one, or the one after a lost one. */
    default void established(StoreSession session) {}

    /** The connection broke; the session may still live. */
    default void disconnected(StoreSession session) {}

    /** The connection is back in time. */
    default void reconnected(StoreSession session) {}

    /** The session is over and its ephemeral nodes are gone; a new one is being sought. */
    default void lost(StoreSession session) {}
}
