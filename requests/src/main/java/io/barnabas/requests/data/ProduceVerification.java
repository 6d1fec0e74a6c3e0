package io.barnabas.requests.data;

import io.barnabas.log.producer.Verification;
import io.barnabas.replication.Partition;
import io.barnabas.requests.TransactionVerifier;
import io.barnabas.requests.TransactionVerifier.Question;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletionStage;

/**
 * Whether the first batch of a transaction may go into a partition. From v12 on Produce itself makes the partition part
 * of the transaction; before that the producer has done so, and the coordinator confirms it.
 */
final class ProduceVerification {
    private static final short ADDS_FROM = 12;
    private static final short KNOWS_ABORTABLE_FROM = 11;

    private final TransactionVerifier verifier;
    private final short version;

    ProduceVerification(TransactionVerifier verifier, short version) {
        this.verifier = verifier;
        this.version = version;
    }

    /** Null when nobody has to be asked: no transaction, or one that has begun in this partition. */
    Verification begin(Partition partition, ByteBuf records) {
        int at = records.readerIndex();
        if (!ProduceHandler.isTransactional(records) || BatchHeader.producerId(records, at) < 0) {
            return null;
        }
        if (!verifier.isOn() && version < ADDS_FROM) {
            return Verification.NOT_NEEDED;
        }
        return partition.beginVerification(
                BatchHeader.producerId(records, at),
                BatchHeader.producerEpoch(records, at),
                BatchHeader.baseSequence(records, at));
    }

    CompletionStage<ErrorCode> ask(String transactionalId, Partition partition, ByteBuf records) {
        int at = records.readerIndex();
        Question question = new Question(
                transactionalId,
                BatchHeader.producerId(records, at),
                BatchHeader.producerEpoch(records, at),
                partition.name());
        CompletionStage<ErrorCode> answer = version >= ADDS_FROM ? verifier.add(question) : verifier.verify(question);
        return answer.thenApply(this::toProducer);
    }

    /** In codes that producers of this version know how to act on. */
    private ErrorCode toProducer(ErrorCode error) {
        return switch (error) {
            case PRODUCER_FENCED -> ErrorCode.INVALID_PRODUCER_EPOCH;
            case TRANSACTION_ABORTABLE ->
                version >= KNOWS_ABORTABLE_FROM ? ErrorCode.TRANSACTION_ABORTABLE : ErrorCode.INVALID_TXN_STATE;
            case CONCURRENT_TRANSACTIONS ->
                version >= ADDS_FROM ? ErrorCode.CONCURRENT_TRANSACTIONS : ErrorCode.NOT_ENOUGH_REPLICAS;
            // To be tried again, without a search for the partition's leader, which is here.
            case COORDINATOR_LOAD_IN_PROGRESS,
                    COORDINATOR_NOT_AVAILABLE,
                    NOT_COORDINATOR,
                    NETWORK_EXCEPTION,
                    REQUEST_TIMED_OUT -> ErrorCode.NOT_ENOUGH_REPLICAS;
            default -> error;
        };
    }
}
