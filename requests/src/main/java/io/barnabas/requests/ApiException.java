package io.barnabas.requests;

import io.barnabas.wire.ErrorCode;

/** Refuses a whole request; thrown by handlers only and caught in one place. Has no stack: it is an answer, not a fault. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode error;

    /** @param detail for the client, where the answer has a place for it */
    public ApiException(ErrorCode error, String detail) {
        super(detail, null, false, false);
        this.error = error;
    }

    public ErrorCode error() {
        return error;
    }
}
