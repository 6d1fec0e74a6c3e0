package io.barnabas.group;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import java.util.Map;

/**
 * Which offsets are gone.
 *
 * @param error of the whole request
 */
public record DeleteOffsetsAnswer(ErrorCode error, Map<TopicPartition, ErrorCode> errors) {

    public static DeleteOffsetsAnswer refused(ErrorCode error) {
        return new DeleteOffsetsAnswer(error, Map.of());
    }
}
