package io.barnabas.requests;

import static io.barnabas.requests.Operation.ALTER;
import static io.barnabas.requests.Operation.ALTER_CONFIGS;
import static io.barnabas.requests.Operation.CLUSTER_ACTION;
import static io.barnabas.requests.Operation.CREATE;
import static io.barnabas.requests.Operation.CREATE_TOKENS;
import static io.barnabas.requests.Operation.DELETE;
import static io.barnabas.requests.Operation.DESCRIBE;
import static io.barnabas.requests.Operation.DESCRIBE_CONFIGS;
import static io.barnabas.requests.Operation.DESCRIBE_TOKENS;
import static io.barnabas.requests.Operation.IDEMPOTENT_WRITE;
import static io.barnabas.requests.Operation.READ;
import static io.barnabas.requests.Operation.TWO_PHASE_COMMIT;
import static io.barnabas.requests.Operation.WRITE;

import java.util.Set;

/** What access rules protect, with the codes of the protocol and the operations that make sense on each. */
public enum ResourceType {
    TOPIC(2, READ, WRITE, CREATE, DESCRIBE, DELETE, ALTER, DESCRIBE_CONFIGS, ALTER_CONFIGS),
    GROUP(3, READ, DESCRIBE, DELETE),
    CLUSTER(4, CREATE, CLUSTER_ACTION, DESCRIBE_CONFIGS, ALTER_CONFIGS, IDEMPOTENT_WRITE, ALTER, DESCRIBE),
    TRANSACTIONAL_ID(5, DESCRIBE, WRITE, TWO_PHASE_COMMIT),
    DELEGATION_TOKEN(6, DESCRIBE),
    USER(7, CREATE_TOKENS, DESCRIBE_TOKENS);

    /** The one resource of type CLUSTER. */
    public static final String CLUSTER_NAME = "kafka-cluster";

    private final int code;
    private final Set<Operation> operations;

    ResourceType(int code, Operation... operations) {
        this.code = code;
        this.operations = Set.of(operations);
    }

    public int code() {
        return code;
    }

    public Set<Operation> operations() {
        return operations;
    }
}
