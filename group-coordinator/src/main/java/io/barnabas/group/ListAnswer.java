package io.barnabas.group;

import io.barnabas.wire.ErrorCode;
import java.util.List;

/**
 * The groups of one or all partitions.
 *
 * @param error set when some could not be listed
 */
public record ListAnswer(ErrorCode error, List<GroupOverview> groups) {

    static ListAnswer refused(ErrorCode error) {
        return new ListAnswer(error, List.of());
    }
}
