package io.barnabas.wire;

/** The body of a request or of a response. */
public interface ApiMessage extends Message {
    ApiKey apiKey();
}
