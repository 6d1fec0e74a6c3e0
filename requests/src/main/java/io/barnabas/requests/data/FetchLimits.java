package io.barnabas.requests.data;

import io.barnabas.wire.message.FetchRequest;

/**
 * How much one fetch may bring and how long it may wait.
 *
 * @param maxBytes of records in the answer; a first batch that is larger comes all the same
 * @param minBytes worth answering before the time is over
 * @param hard no first batch comes that is larger: the reader gets a part of it and tells its user
 * @param replicaId of the follower that asks; negative for a consumer
 */
record FetchLimits(int maxBytes, int minBytes, long maxWaitMs, boolean hard, Isolation isolation, int replicaId) {
    private static final short ONE_BATCH_ANYWAY_FROM = 3;

    /** @param brokerMaxBytes {@code fetch.max.bytes} */
    static FetchLimits of(FetchRequest request, short version, int brokerMaxBytes) {
        int replicaId = replicaIdOf(request);
        int maxBytes = Math.max(0, Math.min(request.maxBytes(), brokerMaxBytes));
        return new FetchLimits(
                maxBytes,
                Math.min(request.minBytes(), maxBytes),
                request.maxWaitMs(),
                version < ONE_BATCH_ANYWAY_FROM,
                Isolation.of(replicaId, request.isolationLevel()),
                replicaId);
    }

    boolean fromFollower() {
        return replicaId >= 0;
    }

    /** Version 15 moved the field. */
    private static int replicaIdOf(FetchRequest request) {
        int inState = request.replicaState().replicaId();
        return inState >= 0 ? inState : request.replicaId();
    }
}
