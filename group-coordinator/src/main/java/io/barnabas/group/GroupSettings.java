package io.barnabas.group;

/**
 * What the owner of the coordinator may set.
 *
 * @param maxSize members of a group
 * @param initialRebalanceDelayMs how long the first join of an empty group waits for others
 * @param maxOffsetMetadataChars of the text kept with an offset
 * @param offsetRetentionMs how long offsets that nobody uses are kept
 * @param retentionCheckMs how often that is looked at
 */
public record GroupSettings(
        int minSessionTimeoutMs,
        int maxSessionTimeoutMs,
        int maxSize,
        int initialRebalanceDelayMs,
        int maxOffsetMetadataChars,
        long offsetRetentionMs,
        long retentionCheckMs) {}
