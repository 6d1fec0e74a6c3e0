package io.barnabas.txn;

import io.barnabas.wire.ErrorCode;
import java.util.List;

/** The transactional ids that this broker coordinates, or why they cannot be told now. */
public record TransactionListing(ErrorCode error, List<Entry> transactions) {

    /** @param status as people read it */
    public record Entry(String transactionalId, long producerId, String status) {}

    static TransactionListing refused(ErrorCode error) {
        return new TransactionListing(error, List.of());
    }
}
