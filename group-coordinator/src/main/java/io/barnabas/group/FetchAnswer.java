package io.barnabas.group;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import java.util.Map;

/**
 * A group's offsets.
 *
 * @param error of the whole group
 */
public record FetchAnswer(ErrorCode error, Map<TopicPartition, FetchedOffset> offsets) {

    public static FetchAnswer refused(ErrorCode error) {
        return new FetchAnswer(error, Map.of());
    }

    /** @param offset -1 when there is none */
    public record FetchedOffset(long offset, int leaderEpoch, String metadata, ErrorCode error) {
        private static final long NONE = -1;

        static FetchedOffset of(CommittedOffset committed) {
            return new FetchedOffset(committed.offset(), committed.leaderEpoch(), committed.metadata(), ErrorCode.NONE);
        }

        /** No offset: because there is none, or because of the error. */
        public static FetchedOffset none(ErrorCode error) {
            return new FetchedOffset(NONE, CommittedOffset.NO_EPOCH, "", error);
        }
    }
}
