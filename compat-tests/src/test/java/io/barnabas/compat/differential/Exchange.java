package io.barnabas.compat.differential;

import io.barnabas.wire.ApiMessage;

/** A request, what the scenario calls it, and the answer, which may come long after. Written by the thread that plays. */
final class Exchange {
    private final String what;
    private final String api;
    private final short version;
    private final ApiMessage request;
    private Answer answer = Answer.SILENCE;

    /** @param request null when what was sent is no well-formed request */
    Exchange(String what, String api, short version, ApiMessage request) {
        this.what = what;
        this.api = api;
        this.version = version;
        this.request = request;
    }

    void answered(Answer answer) {
        this.answer = answer;
    }

    String what() {
        return what;
    }

    String api() {
        return api;
    }

    short version() {
        return version;
    }

    Answer answer() {
        return answer;
    }

    /** In one line. */
    String request() {
        String text = String.valueOf(request);
        return text.length() > 600 ? text.substring(0, 600) + "..." : text;
    }
}
