package io.barnabas.coordinator;

/**
 * The batch that an applied record came in.
 *
 * @param baseOffset of the batch in the log
 * @param producerId of a transactional batch; otherwise meaningless
 * @param transactional its records count only once the producer's marker says so
 */
public record AppliedBatch(long baseOffset, long producerId, boolean transactional) {}
