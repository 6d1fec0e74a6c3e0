package io.barnabas.group;

import io.barnabas.wire.ErrorCode;
import java.util.List;

/**
 * A group as the tools show it.
 *
 * @param protocolName "" unless the group is stable
 */
public record GroupDescription(
        ErrorCode error, String state, String protocolType, String protocolName, List<DescribedMember> members) {

    public static GroupDescription refused(ErrorCode error) {
        return new GroupDescription(error, "", "", "", List.of());
    }

    /** A group that is not there, which is no error. */
    static GroupDescription dead() {
        return new GroupDescription(ErrorCode.NONE, GroupState.DEAD, "", "", List.of());
    }

    /** @param metadata empty, as the assignment is, unless the group is stable */
    public record DescribedMember(
            String memberId,
            String instanceId,
            String clientId,
            String clientHost,
            byte[] metadata,
            byte[] assignment) {}
}
