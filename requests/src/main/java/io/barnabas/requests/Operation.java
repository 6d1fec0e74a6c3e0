package io.barnabas.requests;

/** What somebody wants to do to a resource, with the codes of the protocol. */
public enum Operation {
    READ(3),
    WRITE(4),
    CREATE(5),
    DELETE(6),
    ALTER(7),
    DESCRIBE(8),
    CLUSTER_ACTION(9),
    DESCRIBE_CONFIGS(10),
    ALTER_CONFIGS(11),
    IDEMPOTENT_WRITE(12),
    CREATE_TOKENS(13),
    DESCRIBE_TOKENS(14),
    TWO_PHASE_COMMIT(15);

    private final int code;

    Operation(int code) {
        this.code = code;
    }

    /** Also the position of its bit in the fields of authorized operations. */
    public int code() {
        return code;
    }
}
