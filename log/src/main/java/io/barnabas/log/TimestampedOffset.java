package io.barnabas.log;

/** A record's timestamp, its offset, and the leader epoch it was written in (-1 when unknown). */
public record TimestampedOffset(long timestamp, long offset, int leaderEpoch) {}
