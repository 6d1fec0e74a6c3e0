package io.barnabas.txn;

/**
 * What the owner of the broker may set.
 *
 * @param maxTimeoutMs the longest timeout that a producer may ask for
 * @param expirationMs how long an id that nobody uses is remembered
 * @param timeoutCheckMs how often transactions are looked at for having timed out
 * @param expirationCheckMs how often ids are looked at for being forgotten
 */
public record TransactionSettings(int maxTimeoutMs, long expirationMs, long timeoutCheckMs, long expirationCheckMs) {}
