package io.barnabas.requests;

/** Decides who may do what. Any thread asks; the answer comes at once. */
@FunctionalInterface
public interface Authorizer {

    boolean allows(RequestContext context, Operation operation, ResourceType type, String name);

    /** May the caller do this to the cluster as a whole? */
    default boolean allowsOnCluster(RequestContext context, Operation operation) {
        return allows(context, operation, ResourceType.CLUSTER, ResourceType.CLUSTER_NAME);
    }

    /** The field of authorized operations in answers: one bit for each operation that the caller may do. */
    default int authorizedOperations(RequestContext context, ResourceType type, String name) {
        int bits = 0;
        for (Operation operation : type.operations()) {
            if (allows(context, operation, type, name)) {
                bits |= 1 << operation.code();
            }
        }
        return bits;
    }

    static Authorizer allowAll() {
        return (context, operation, type, name) -> true;
    }
}
