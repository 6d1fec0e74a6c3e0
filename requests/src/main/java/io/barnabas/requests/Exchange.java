package io.barnabas.requests;

import io.barnabas.wire.ApiMessage;

/**
 * One request's way out, as the network offers it. Any thread may call; calls after the end, or after the connection
 * has gone, do nothing (an answer that holds records is then released).
 */
public interface Exchange {

    /** The bytes of the request are no longer needed. */
    void bytesNotNeeded();

    /** Likewise, and the connection's next request may start. */
    void mayContinue();

    /** Ends the exchange with an answer. */
    void answer(RequestContext context, ApiMessage response);

    /** Ends the exchange; the client does not expect an answer. */
    void endSilently();

    /** Ends the exchange and the connection with one line in the log. */
    void close(String reason);
}
