package io.barnabas.bench.load;

/** One connection and what it asks. */
public record Lane(RawConnection connection, Replay replay) {}
