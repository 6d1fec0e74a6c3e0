package io.barnabas.group;

/**
 * How far a group has got in a partition.
 *
 * @param leaderEpoch of the last record consumed, or {@link #NO_EPOCH}
 * @param metadata a word from the client, never null
 * @param expireTimestampMs when it is to be forgotten, or {@link #NO_TIMESTAMP} for the usual rules
 */
public record CommittedOffset(
        long offset, int leaderEpoch, String metadata, long commitTimestampMs, long expireTimestampMs) {
    public static final int NO_EPOCH = -1;
    public static final long NO_TIMESTAMP = -1;

    boolean hasOwnExpiry() {
        return expireTimestampMs != NO_TIMESTAMP;
    }
}
