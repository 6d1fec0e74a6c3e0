package io.barnabas.wire.record;

/** Why one record of a refused batch was not acceptable; the index counts from zero. */
public record RecordError(int index, String message) {}
