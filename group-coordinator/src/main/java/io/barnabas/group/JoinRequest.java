package io.barnabas.group;

import java.util.List;

/**
 * A member asks to take part in the next generation.
 *
 * @param memberId "" for a member that is new or has lost its id
 * @param instanceId of a static member, else null
 * @param requireKnownMemberId a new dynamic member is given its id first and must ask again with it
 * @param supportsSkippedAssignment a leader understands that it need not assign
 * @param protocols what it supports, best first
 * @param reason of the client, for the log; may be null
 */
public record JoinRequest(
        String groupId,
        String memberId,
        String instanceId,
        boolean requireKnownMemberId,
        boolean supportsSkippedAssignment,
        String clientId,
        String clientHost,
        int rebalanceTimeoutMs,
        int sessionTimeoutMs,
        String protocolType,
        List<Protocol> protocols,
        String reason) {

    public static final String UNKNOWN_MEMBER_ID = "";

    boolean isNewMember() {
        return memberId.equals(UNKNOWN_MEMBER_ID);
    }

    boolean isStatic() {
        return instanceId != null;
    }

    /** All that its group's record would have to hold fits into one. */
    boolean isStorable() {
        return Texts.isStorable(memberId)
                && isStorableWithSuffix(clientId)
                && isStorableWithSuffix(instanceId)
                && Texts.isStorable(clientHost)
                && Texts.isStorable(protocolType)
                && protocols.stream().allMatch(protocol -> Texts.isStorable(protocol.name()));
    }

    /** A member id is made of it, by adding a dash and a UUID. */
    private static boolean isStorableWithSuffix(String text) {
        return text == null || Texts.isStorable(text + "-00000000-0000-0000-0000-000000000000");
    }
}
