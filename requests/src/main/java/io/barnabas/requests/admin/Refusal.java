package io.barnabas.requests.admin;

import io.barnabas.wire.ErrorCode;

/**
 * How one item of a request ended.
 *
 * @param message for people, null for none
 */
record Refusal(ErrorCode error, String message) {
    static final Refusal NONE = new Refusal(ErrorCode.NONE, null);

    static Refusal of(ErrorCode error) {
        return new Refusal(error, error.defaultMessage());
    }

    static Refusal invalid(String message) {
        return new Refusal(ErrorCode.INVALID_REQUEST, message);
    }

    boolean isNone() {
        return error == ErrorCode.NONE;
    }
}
