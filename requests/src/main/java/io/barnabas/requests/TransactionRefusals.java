package io.barnabas.requests;

import io.barnabas.requests.Refusals.Refusal;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.message.AddOffsetsToTxnResponse;
import io.barnabas.wire.message.AllocateProducerIdsResponse;
import io.barnabas.wire.message.EndTxnResponse;
import io.barnabas.wire.message.InitProducerIdResponse;
import io.barnabas.wire.message.ListTransactionsResponse;

/** Refusals of the APIs about producer ids and transactions. */
final class TransactionRefusals {
    private TransactionRefusals() {}

    static ApiMessage answer(ApiMessage request, Refusal refusal) {
        return switch (request.apiKey()) {
            case INIT_PRODUCER_ID ->
                new InitProducerIdResponse()
                        .errorCode(refusal.error())
                        .producerId(-1)
                        .producerEpoch((short) -1);
            case ADD_OFFSETS_TO_TXN -> new AddOffsetsToTxnResponse().errorCode(refusal.error());
            case END_TXN -> new EndTxnResponse().errorCode(refusal.error());
            case LIST_TRANSACTIONS -> new ListTransactionsResponse().errorCode(refusal.error());
            case ALLOCATE_PRODUCER_IDS -> new AllocateProducerIdsResponse().errorCode(refusal.error());
            default -> null;
        };
    }
}
