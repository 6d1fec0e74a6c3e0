package io.barnabas.compat.differential;

import io.barnabas.wire.message.DescribeGroupsRequest;
import io.barnabas.wire.message.HeartbeatRequest;
import io.barnabas.wire.message.JoinGroupRequest;
import io.barnabas.wire.message.JoinGroupRequest.JoinGroupRequestProtocol;
import io.barnabas.wire.message.LeaveGroupRequest;
import io.barnabas.wire.message.LeaveGroupRequest.MemberIdentity;
import io.barnabas.wire.message.SyncGroupRequest;
import io.barnabas.wire.message.SyncGroupRequest.SyncGroupRequestAssignment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Requests of group members as scenarios need them: sessions outlast every scenario. */
final class GroupRequests {
    static final int LONG_MS = 600_000;
    static final String TYPE = "differential";

    private GroupRequests() {}

    /** A join of a dynamic member which says the same for each protocol. */
    static JoinGroupRequest join(String group, String memberId, String... protocols) {
        List<JoinGroupRequestProtocol> all = new ArrayList<>();
        for (String protocol : protocols) {
            all.add(new JoinGroupRequestProtocol().name(protocol).metadata(bytes("as before")));
        }
        return new JoinGroupRequest()
                .groupId(group)
                .memberId(memberId)
                .sessionTimeoutMs(LONG_MS)
                .rebalanceTimeoutMs(LONG_MS)
                .protocolType(TYPE)
                .protocols(all);
    }

    /** Every member named gets its own name as assignment. */
    static SyncGroupRequest sync(String group, int generation, String memberId, String... assigned) {
        List<SyncGroupRequestAssignment> all = new ArrayList<>();
        for (String member : assigned) {
            all.add(new SyncGroupRequestAssignment().memberId(member).assignment(bytes("assigned")));
        }
        return new SyncGroupRequest()
                .groupId(group)
                .generationId(generation)
                .memberId(memberId)
                .protocolType(TYPE)
                .protocolName("range")
                .assignments(all);
    }

    static HeartbeatRequest heartbeat(String group, int generation, String memberId) {
        return new HeartbeatRequest().groupId(group).generationId(generation).memberId(memberId);
    }

    /** Leaves in the form of the version: one member, or several. */
    static LeaveGroupRequest leave(int version, String group, String... memberIds) {
        LeaveGroupRequest request = new LeaveGroupRequest().groupId(group);
        return version < 3
                ? request.memberId(memberIds[0])
                : request.members(new ArrayList<>(Arrays.stream(memberIds)
                        .map(id -> new MemberIdentity().memberId(id))
                        .toList()));
    }

    static DescribeGroupsRequest describe(String... groups) {
        return new DescribeGroupsRequest().groups(List.of(groups)).includeAuthorizedOperations(true);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
