package io.barnabas.cluster.topics;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.Uuid;

/**
 * What became of one topic of a command.
 *
 * @param message for people, null for none
 * @param topicId {@link Uuid#ZERO} where it is not known
 * @param partitions how many the topic has or would have, -1 where that is not known
 * @param replicationFactor of partition 0, -1 where that is not known
 */
public record TopicOutcome(
        String topic, ErrorCode error, String message, Uuid topicId, int partitions, int replicationFactor) {

    public static TopicOutcome refused(String topic, ErrorCode error, String message) {
        return new TopicOutcome(topic, error, message, Uuid.ZERO, -1, -1);
    }

    static TopicOutcome done(String topic) {
        return new TopicOutcome(topic, ErrorCode.NONE, null, Uuid.ZERO, -1, -1);
    }

    public boolean isDone() {
        return error == ErrorCode.NONE;
    }

    TopicOutcome timedOut() {
        return new TopicOutcome(topic, ErrorCode.REQUEST_TIMED_OUT, null, topicId, partitions, replicationFactor);
    }
}
