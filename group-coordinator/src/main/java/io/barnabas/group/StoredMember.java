package io.barnabas.group;

import java.util.Arrays;
import java.util.Objects;

/**
 * A member in a group's record.
 *
 * @param instanceId null for a dynamic member
 * @param subscription its metadata for the generation's protocol
 */
public record StoredMember(
        String memberId,
        String instanceId,
        String clientId,
        String clientHost,
        int rebalanceTimeoutMs,
        int sessionTimeoutMs,
        byte[] subscription,
        byte[] assignment) {

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredMember that
                && memberId.equals(that.memberId)
                && Objects.equals(instanceId, that.instanceId)
                && clientId.equals(that.clientId)
                && clientHost.equals(that.clientHost)
                && rebalanceTimeoutMs == that.rebalanceTimeoutMs
                && sessionTimeoutMs == that.sessionTimeoutMs
                && Arrays.equals(subscription, that.subscription)
                && Arrays.equals(assignment, that.assignment);
    }

    @Override
    public int hashCode() {
        return memberId.hashCode();
    }
}
