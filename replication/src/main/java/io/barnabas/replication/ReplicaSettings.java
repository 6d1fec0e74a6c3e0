package io.barnabas.replication;

import java.util.function.IntPredicate;

/**
 * What every partition of a broker shares.
 *
 * @param localId id of this broker
 * @param lagMaxMs {@code replica.lag.time.max.ms}: a follower this long behind is not waited for
 * @param isLive whether a broker is known to be up
 */
public record ReplicaSettings(int localId, long lagMaxMs, IntPredicate isLive) {}
