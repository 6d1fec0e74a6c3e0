package io.barnabas.coordinator;

import io.barnabas.wire.record.Compression;

/**
 * What the owner of a coordinator may set.
 *
 * @param commitTimeoutMs how long an answer waits for replication
 * @param loadBufferBytes how much is read at a time while loading
 * @param compression of the batches written
 */
public record RuntimeSettings(long commitTimeoutMs, int loadBufferBytes, Compression compression) {}
