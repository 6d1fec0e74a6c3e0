package io.barnabas.log;

/**
 * Two logs of one partition in two directories, as a crash leaves them between the two renames that end a move. Whatever
 * was written to one after the other stood still, so the one that holds all of the other is the one to keep. Pure.
 */
final class TwinLogs {
    private TwinLogs() {}

    /** The one that has all that the other has; null when that is neither, and somebody has to look. */
    static PartitionLog complete(PartitionLog one, PartitionLog other) {
        boolean isOneTopic =
                one.topicId().equals(other.topicId()) && !one.topicId().isZero();
        if (!isOneTopic && one.sizeInBytes() + other.sizeInBytes() > 0) {
            return null;
        } else if (holds(one, other)) {
            return one;
        }
        return holds(other, one) ? other : null;
    }

    private static boolean holds(PartitionLog whole, PartitionLog part) {
        if (part.sizeInBytes() == 0) {
            return whole.logEndOffset() >= part.logEndOffset();
        }
        int epoch = part.leaderEpochs().epochOf(part.logEndOffset() - 1);
        if (epoch == LeaderEpochs.NO_EPOCH) {
            return false;
        }
        LeaderEpochs.EndOffset end = whole.leaderEpochs().endOffsetOf(epoch, whole.logEndOffset());
        return end.epoch() == epoch && end.endOffset() >= part.logEndOffset();
    }
}
