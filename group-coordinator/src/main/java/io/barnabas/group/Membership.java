package io.barnabas.group;

import io.barnabas.wire.ErrorCode;

/** Whether somebody who says so is a member. */
final class Membership {
    private Membership() {}

    /**
     * NONE, or why not.
     *
     * @param instanceId null for a dynamic member
     */
    static ErrorCode check(Group group, String memberId, String instanceId) {
        if (instanceId != null) {
            String current = group.memberIdOfInstance(instanceId);
            if (current == null) {
                return ErrorCode.UNKNOWN_MEMBER_ID;
            }
            if (!current.equals(memberId)) {
                return ErrorCode.FENCED_INSTANCE_ID;
            }
        }
        return group.has(memberId) ? ErrorCode.NONE : ErrorCode.UNKNOWN_MEMBER_ID;
    }

    /** As {@link #check}, and that the member knows the current generation. */
    static ErrorCode check(Group group, String memberId, String instanceId, int generation) {
        ErrorCode error = check(group, memberId, instanceId);
        if (error != ErrorCode.NONE) {
            return error;
        }
        return generation == group.generation() ? ErrorCode.NONE : ErrorCode.ILLEGAL_GENERATION;
    }
}
