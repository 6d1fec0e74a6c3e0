package io.barnabas.cluster.store;

/** An operation on the store ended in a way that whoever asked for it has no answer to. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final AnswerCode code;

    public StoreException(String operation, AnswerCode code) {
        super(operation + ": " + code);
        this.code = code;
    }

    public AnswerCode code() {
        return code;
    }
}
