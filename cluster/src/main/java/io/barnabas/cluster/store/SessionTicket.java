package io.barnabas.cluster.store;

/** What a process must know to act in the name of a session: kept on disk so that a restart can end its predecessor's. */
public record SessionTicket(long sessionId, byte[] password) {}
