package io.barnabas.requests;

/** Ends the connection instead of answering, where the protocol has no other way to report. Has no stack. */
public final class CloseConnection extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param reason for the log line */
    public CloseConnection(String reason) {
        super(reason, null, false, false);
    }
}
