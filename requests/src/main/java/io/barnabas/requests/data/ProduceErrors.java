package io.barnabas.requests.data;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;

/** Which refusals of Produce name the log start offset, as Kafka's do. */
final class ProduceErrors {
    private static final short ONE_BATCH_FROM = 3;

    private ProduceErrors() {}

    static boolean tellLogStart(ErrorCode error, ByteBuf records, short version) {
        return switch (error) {
            case INVALID_RECORD -> isWellFormed(records, version);
            case INVALID_TIMESTAMP,
                    NOT_ENOUGH_REPLICAS,
                    OUT_OF_ORDER_SEQUENCE_NUMBER,
                    INVALID_PRODUCER_EPOCH,
                    INVALID_TXN_STATE,
                    UNKNOWN_SERVER_ERROR,
                    UNSUPPORTED_FOR_MESSAGE_FORMAT,
                    TRANSACTION_COORDINATOR_FENCED -> true;
            default -> false;
        };
    }

    /** What is not, was refused before anybody looked at the log. */
    private static boolean isWellFormed(ByteBuf records, short version) {
        int at = records.readerIndex();
        int bytes = records.readableBytes();
        if (bytes < BatchHeader.HEADER_BYTES) {
            return false;
        }
        int first = BatchHeader.sizeInBytes(records, at);
        return version < ONE_BATCH_FROM
                ? first <= bytes
                : first == bytes && BatchHeader.magic(records, at) == BatchHeader.MAGIC_V2;
    }
}
