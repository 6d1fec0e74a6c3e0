package io.barnabas.requests.data;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.message.FetchResponse.PartitionData;
import java.util.ArrayList;

/** Entries of a Fetch answer that bring an error and no records. */
final class FetchErrors {
    private static final int UNKNOWN = -1;

    private FetchErrors() {}

    /** The partition was looked at, and refused to be read. */
    static PartitionData failed(int partition, ErrorCode error) {
        return make(new PartitionData().partitionIndex(partition), error);
    }

    /** The partition is not here; such an entry has an empty list of aborted transactions, the others none. */
    static PartitionData unavailable(int partition, ErrorCode error) {
        return failed(partition, error).abortedTransactions(new ArrayList<>());
    }

    static PartitionData make(PartitionData answer, ErrorCode error) {
        return answer.errorCode(error.code())
                .highWatermark(UNKNOWN)
                .lastStableOffset(UNKNOWN)
                .logStartOffset(UNKNOWN)
                .abortedTransactions(null)
                .records(RecordsRef.empty());
    }
}
