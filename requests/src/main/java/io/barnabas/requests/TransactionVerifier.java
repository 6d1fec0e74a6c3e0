package io.barnabas.requests;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks the coordinator of a transaction, before a partition takes its first batch. Any thread. */
public interface TransactionVerifier {

    /** False when the owner of the broker wants partitions to believe what producers say. */
    boolean isOn();

    /** A transaction and a partition that is about to be written to in it. */
    record Question(String transactionalId, long producerId, short producerEpoch, TopicPartition partition) {}

    /** NONE when the partition is part of the transaction. */
    CompletionStage<ErrorCode> verify(Question question);

    /** Makes it part of the transaction, as producers of the second protocol expect; NONE when it is. */
    CompletionStage<ErrorCode> add(Question question);

    /** For a broker that knows of no transactions. */
    static TransactionVerifier none() {
        return new TransactionVerifier() {
            @Override
            public boolean isOn() {
                return true;
            }

            @Override
            public CompletionStage<ErrorCode> verify(Question question) {
                return CompletableFuture.completedStage(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
            }

            @Override
            public CompletionStage<ErrorCode> add(Question question) {
                return verify(question);
            }
        };
    }
}
