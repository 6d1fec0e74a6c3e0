package io.barnabas.group;

import java.util.List;

/** Members leave, or an administrator removes them. */
public record LeaveRequest(String groupId, List<Leaver> leavers) {

    /**
     * Who.
     *
     * @param memberId "" with an instance id: whoever has that instance id
     * @param instanceId null for a dynamic member
     * @param reason for the log; may be null
     */
    public record Leaver(String memberId, String instanceId, String reason) {}
}
