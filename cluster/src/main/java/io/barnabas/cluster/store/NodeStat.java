package io.barnabas.cluster.store;

/**
 * What the store knows about a node besides its data.
 *
 * @param czxid transaction that created the node; a broker's epoch is that of its registration
 * @param version counts the changes of the data since the creation
 * @param ephemeralOwner id of the session that the node lives with, 0 for a persistent node
 * @param ctimeMs creation time by the store's clock
 */
public record NodeStat(long czxid, int version, long ephemeralOwner, long ctimeMs) {}
