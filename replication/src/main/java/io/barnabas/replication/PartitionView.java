package io.barnabas.replication;

import io.barnabas.wire.ErrorCode;

/**
 * What readers need of a partition's role. Immutable: one look at it is consistent in itself.
 *
 * @param leaderId -1 when there is none
 * @param epochStartOffset the log end at which this broker became leader in this epoch; -1 unless it leads
 * @param inSync ids of the in-sync replicas; known to the leader only
 */
public record PartitionView(
        Role role,
        int leaderId,
        int leaderEpoch,
        int partitionEpoch,
        long epochStartOffset,
        int[] replicas,
        int[] inSync) {
    public static final int NO_EPOCH = -1;
    public static final int NO_LEADER = -1;

    private static final int[] NOBODY = {};

    static final PartitionView UNDECIDED = without(Role.UNDECIDED);

    static PartitionView without(Role role) {
        return new PartitionView(role, NO_LEADER, NO_EPOCH, NO_EPOCH, -1, NOBODY, NOBODY);
    }

    static PartitionView of(Role role, RoleChange change, long epochStartOffset, int[] inSync) {
        return new PartitionView(
                role,
                change.leader(),
                change.leaderEpoch(),
                change.partitionEpoch(),
                epochStartOffset,
                change.replicas(),
                inSync);
    }

    /** The same epochs and leader under another role; nothing is known of the in-sync set any more. */
    PartitionView as(Role changed) {
        return new PartitionView(changed, leaderId, leaderEpoch, partitionEpoch, -1, replicas, NOBODY);
    }

    public boolean isLeader() {
        return role == Role.LEADER;
    }

    /**
     * Why somebody who believes in {@code currentLeaderEpoch} (-1: does not say) may not be served as by a leader;
     * {@code NONE} when he may.
     */
    public ErrorCode leaderRefusal(int currentLeaderEpoch) {
        ErrorCode epochs = refusal(currentLeaderEpoch);
        return epochs == ErrorCode.NONE && role != Role.LEADER ? ErrorCode.NOT_LEADER_OR_FOLLOWER : epochs;
    }

    /** Likewise for a question that a follower may answer too. */
    public ErrorCode refusal(int currentLeaderEpoch) {
        switch (role) {
            case OFFLINE:
                return ErrorCode.KAFKA_STORAGE_ERROR;
            case UNDECIDED:
            case GONE:
                return ErrorCode.NOT_LEADER_OR_FOLLOWER;
            case LEADER:
            case FOLLOWER:
                return epochRefusal(currentLeaderEpoch);
        }
        throw new AssertionError(role);
    }

    /** Why an append would be refused that needs so many replicas in sync; as many as there are is always enough. */
    ErrorCode appendRefusal(int minInSync) {
        ErrorCode refusal = leaderRefusal(NO_EPOCH);
        boolean tooFew = inSync.length < Math.min(minInSync, replicas.length);
        return refusal == ErrorCode.NONE && tooFew ? ErrorCode.NOT_ENOUGH_REPLICAS : refusal;
    }

    boolean hasReplica(int brokerId) {
        for (int replica : replicas) {
            if (replica == brokerId) {
                return true;
            }
        }
        return false;
    }

    private ErrorCode epochRefusal(int currentLeaderEpoch) {
        if (currentLeaderEpoch == NO_EPOCH || currentLeaderEpoch == leaderEpoch) {
            return ErrorCode.NONE;
        }
        return currentLeaderEpoch < leaderEpoch ? ErrorCode.FENCED_LEADER_EPOCH : ErrorCode.UNKNOWN_LEADER_EPOCH;
    }
}
