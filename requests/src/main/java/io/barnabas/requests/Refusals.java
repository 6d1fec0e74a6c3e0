package io.barnabas.requests;

import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.ErrorCode;

/**
 * Answers that refuse a whole request in the form of its API: most name the error once, some repeat it for each thing
 * that was asked about. Stateless.
 */
final class Refusals {
    private Refusals() {}

    /** Null when the API has no way to say it. */
    static ApiMessage answer(ApiMessage request, short version, ErrorCode error, String detail) {
        Refusal refusal = new Refusal(version, error.code(), detail);
        ApiMessage answer = RecordRefusals.answer(request, refusal);
        if (answer == null) {
            answer = GroupRefusals.answer(request, refusal);
        }
        if (answer == null) {
            answer = TransactionRefusals.answer(request, refusal);
        }
        return answer != null ? answer : AdminRefusals.answer(request, refusal);
    }

    /**
     * @param version the form of the answer
     * @param error its code
     * @param detail for people, where there is a place for it
     */
    record Refusal(short version, short error, String detail) {}
}
