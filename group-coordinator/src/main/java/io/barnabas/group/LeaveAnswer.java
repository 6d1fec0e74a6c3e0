package io.barnabas.group;

import io.barnabas.wire.ErrorCode;
import java.util.List;

/**
 * Who has left.
 *
 * @param error of the whole request
 * @param errors one for each leaver, in the order of the request; empty when the whole request was refused
 */
public record LeaveAnswer(ErrorCode error, List<ErrorCode> errors) {

    public static LeaveAnswer refused(ErrorCode error) {
        return new LeaveAnswer(error, List.of());
    }
}
