package io.barnabas.txn;

import io.barnabas.config.BrokerConfig;
import io.barnabas.config.BrokerKeys;
import io.barnabas.coordinator.RuntimeSettings;
import io.barnabas.wire.record.Compression;

/**
 * What the owner of the broker may set.
 *
 * @param maxTimeoutMs the longest timeout that a producer may ask for
 * @param expirationMs how long an id that nobody uses is remembered
 * @param timeoutCheckMs how often transactions are looked at for having timed out
 * @param expirationCheckMs how often ids are looked at for being forgotten
 */
public record TransactionSettings(int maxTimeoutMs, long expirationMs, long timeoutCheckMs, long expirationCheckMs) {

    public static TransactionSettings from(BrokerConfig config) {
        return new TransactionSettings(
                config.get(BrokerKeys.TRANSACTION_MAX_TIMEOUT_MS),
                config.get(BrokerKeys.TRANSACTIONAL_ID_EXPIRATION_MS),
                config.get(BrokerKeys.TRANSACTION_ABORT_TIMED_OUT_TRANSACTION_CLEANUP_INTERVAL_MS),
                config.get(BrokerKeys.TRANSACTION_REMOVE_EXPIRED_TRANSACTION_CLEANUP_INTERVAL_MS));
    }

    /** What the transactions' runtime is to be told. */
    public static RuntimeSettings runtimeFrom(BrokerConfig config) {
        return new RuntimeSettings(
                config.get(BrokerKeys.REQUEST_TIMEOUT_MS),
                config.get(BrokerKeys.TRANSACTION_STATE_LOG_LOAD_BUFFER_SIZE),
                Compression.NONE);
    }
}
