package io.barnabas.requests.txn;

import io.barnabas.coordinator.PartitionWriter;
import io.barnabas.log.producer.Verification;

/** What a partition's log wants to see before the first batch of a transaction; null when the batch is not the first. */
public record PartitionProof(Verification verification) implements PartitionWriter.Proof {}
