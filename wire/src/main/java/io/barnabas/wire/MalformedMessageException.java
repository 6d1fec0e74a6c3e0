package io.barnabas.wire;

/** The bytes are not the message they should be; says which message, which byte and what is wrong there. */
public final class MalformedMessageException extends RuntimeException {
    public MalformedMessageException(String message) {
        super(message);
    }
}
