package io.barnabas.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.ByteReader;
import io.barnabas.wire.message.ResponseHeader;
import java.util.concurrent.CompletableFuture;

/** Sends an answer through its bytes, and completes with what they say. */
public record DecodedAnswer<R extends ApiMessage>(CompletableFuture<R> answer) implements Exchange {
    @Override
    public void bytesNotNeeded() {}

    @Override
    public void mayContinue() {}

    @Override
    @SuppressWarnings("unchecked")
    public void answer(RequestContext context, ApiMessage response) {
        try {
            ByteReader reader = new ByteReader(Frames.response(context, response));
            ResponseHeader.read(reader, context.apiKey().responseHeaderVersion(context.apiVersion()));
            R read = (R) context.apiKey().readResponse(reader, context.apiVersion());
            assertThat(reader.remaining()).isZero();
            answer.complete(read);
        } catch (Throwable unreadable) {
            answer.completeExceptionally(unreadable);
        }
    }

    @Override
    public void endSilently() {
        answer.completeExceptionally(new AssertionError("no answer"));
    }

    @Override
    public void close(String reason) {
        answer.completeExceptionally(new AssertionError("closed: " + reason));
    }
}
