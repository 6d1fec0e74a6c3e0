package io.barnabas.compat.differential;

import io.barnabas.wire.ApiMessage;

/** What came back on a connection after a request. */
public sealed interface Answer permits Answer.Decoded, Answer.Word {

    /** A whole answer, read with the request's version. */
    record Decoded(ApiMessage message) implements Answer {}

    /** What is not an answer, in a word or two; two of them are equal when their words are. */
    record Word(String text) implements Answer {}

    Word CLOSED = new Word("connection closed");
    Word SILENCE = new Word("no answer");

    /** Fails when the broker did not answer with this message. */
    default <T extends ApiMessage> T as(Class<T> type) {
        if (this instanceof Decoded decoded) {
            return type.cast(decoded.message);
        }
        throw new IllegalStateException("instead of " + type.getSimpleName() + ": " + ((Word) this).text);
    }
}
