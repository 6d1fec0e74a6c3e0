package io.barnabas.requests;

import io.barnabas.wire.ApiMessage;
import java.util.ArrayList;
import java.util.List;

/** Keeps what was reported, in order. */
final class RecordedExchange implements Exchange {
    final List<String> events = new ArrayList<>();
    RequestContext context;
    ApiMessage answer;

    @Override
    public void bytesNotNeeded() {
        events.add("bytes not needed");
    }

    @Override
    public void mayContinue() {
        events.add("may continue");
    }

    @Override
    public void answer(RequestContext answered, ApiMessage response) {
        events.add("answer");
        context = answered;
        answer = response;
    }

    @Override
    public void endSilently() {
        events.add("silence");
    }

    @Override
    public void close(String reason) {
        events.add("close: " + reason);
    }
}
