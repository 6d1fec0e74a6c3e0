package io.barnabas.requests.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.DeleteGroupsRequest;
import io.barnabas.wire.message.DeleteGroupsResponse;
import io.barnabas.wire.message.DescribeGroupsRequest;
import io.barnabas.wire.message.DescribeGroupsResponse;
import io.barnabas.wire.message.HeartbeatRequest;
import io.barnabas.wire.message.HeartbeatResponse;
import io.barnabas.wire.message.JoinGroupRequest;
import io.barnabas.wire.message.JoinGroupRequest.JoinGroupRequestProtocol;
import io.barnabas.wire.message.JoinGroupResponse;
import io.barnabas.wire.message.LeaveGroupRequest;
import io.barnabas.wire.message.LeaveGroupResponse;
import io.barnabas.wire.message.ListGroupsRequest;
import io.barnabas.wire.message.ListGroupsResponse;
import io.barnabas.wire.message.SyncGroupRequest;
import io.barnabas.wire.message.SyncGroupRequest.SyncGroupRequestAssignment;
import io.barnabas.wire.message.SyncGroupResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MembershipApisTest {
    private static final byte[] METADATA = {0, 0, 0, 0, 0, 0};

    private final Bed bed = new Bed().ready();

    @Test
    void takesAMemberThroughAGenerationInEveryVersion() {
        for (int version = 0; version <= 9; version++) {
            String group = "g" + version;
            JoinGroupResponse joined = join(version, group);
            assertThat(joined.errorCode()).isZero();
            assertThat(joined.generationId()).isEqualTo(1);
            assertThat(joined.protocolName()).isEqualTo("range");
            assertThat(joined.leader()).isEqualTo(joined.memberId()).startsWith("me-");
            assertThat(joined.members()).hasSize(1);
            assertThat(joined.members().get(0).metadata()).isEqualTo(METADATA);
            assertThat(joined.protocolType()).isEqualTo(version >= 7 ? "consumer" : null);

            SyncGroupResponse synced = sync(Math.min(version, 5), group, joined.memberId(), "consumer", "range");
            assertThat(synced.errorCode()).isZero();
            assertThat(synced.assignment()).isEqualTo(new byte[] {1});

            HeartbeatResponse heartbeat = bed.call(
                    Math.min(version, 4),
                    new HeartbeatRequest()
                            .groupId(group)
                            .memberId(joined.memberId())
                            .generationId(1));
            assertThat(heartbeat.errorCode()).isZero();
            leave(Math.min(version, 5), group, joined.memberId());
        }
    }

    @Test
    void tellsOlderVersionsNoProtocolAsAnEmptyOne() {
        JoinGroupRequest unknown = joinRequest("g").memberId("who");
        for (int version = 0; version <= 9; version++) {
            JoinGroupResponse refused = bed.call(version, unknown);
            assertThat(refused.errorCode()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID.code());
            assertThat(refused.protocolName()).isEqualTo(version < 7 ? "" : null);
            assertThat(refused.generationId()).isEqualTo(-1);
            assertThat(refused.memberId()).isEqualTo("who");
        }
    }

    @Test
    void wantsTheProtocolNamedFromVersion5Of() {
        JoinGroupResponse joined = join(5, "g");
        assertThat(sync(5, "g", joined.memberId(), null, null).errorCode())
                .isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL.code());
        assertThat(sync(4, "g", joined.memberId(), null, null).errorCode()).isZero();
    }

    @Test
    void answersGoodbyesInTheFormOfTheVersion() {
        LeaveGroupResponse single =
                bed.call(2, new LeaveGroupRequest().groupId("g").memberId("who"));
        assertThat(single.errorCode()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID.code());
        LeaveGroupResponse several = bed.call(
                5,
                new LeaveGroupRequest()
                        .groupId("g")
                        .members(List.of(
                                new LeaveGroupRequest.MemberIdentity().memberId("who"),
                                new LeaveGroupRequest.MemberIdentity().groupInstanceId("i"))));
        assertThat(several.errorCode()).isZero();
        assertThat(several.members())
                .extracting(LeaveGroupResponse.MemberResponse::errorCode)
                .containsExactly(ErrorCode.UNKNOWN_MEMBER_ID.code(), ErrorCode.UNKNOWN_MEMBER_ID.code());
        assertThat(several.members().get(1).groupInstanceId()).isEqualTo("i");
        LeaveGroupResponse nameless = bed.call(3, new LeaveGroupRequest());
        assertThat(nameless.errorCode()).isEqualTo(ErrorCode.INVALID_GROUP_ID.code());
    }

    @Test
    void describesGroupsInEveryVersion() {
        JoinGroupResponse joined = join(3, "g");
        sync(3, "g", joined.memberId(), "consumer", "range");
        bed.forbidden.add("secret");
        for (int version = 0; version <= 6; version++) {
            DescribeGroupsResponse response = bed.call(
                    version,
                    new DescribeGroupsRequest()
                            .groups(List.of("g", "nobody", "secret"))
                            .includeAuthorizedOperations(version >= 3));
            DescribeGroupsResponse.DescribedGroup group = response.groups().get(0);
            assertThat(group.groupState()).isEqualTo("Stable");
            assertThat(group.protocolData()).isEqualTo("range");
            assertThat(group.members().get(0).clientHost()).isEqualTo("/127.0.0.1");
            assertThat(group.members().get(0).memberAssignment()).isEqualTo(new byte[] {1});
            assertThat(group.authorizedOperations())
                    .isEqualTo(version >= 3 ? 1 << 3 | 1 << 6 | 1 << 8 : Integer.MIN_VALUE);
            DescribeGroupsResponse.DescribedGroup dead = response.groups().get(1);
            assertThat(dead.groupState()).isEqualTo("Dead");
            assertThat(dead.errorCode()).isEqualTo(version < 6 ? 0 : ErrorCode.GROUP_ID_NOT_FOUND.code());
            assertThat(response.groups().get(2).errorCode()).isEqualTo(ErrorCode.GROUP_AUTHORIZATION_FAILED.code());
        }
    }

    @Test
    void listsAndDeletesGroupsInEveryVersion() {
        JoinGroupResponse joined = join(3, "g");
        join(3, "other");
        for (int version = 0; version <= 5; version++) {
            ListGroupsResponse listed = bed.call(version, new ListGroupsRequest());
            assertThat(listed.groups())
                    .extracting(ListGroupsResponse.ListedGroup::groupId)
                    .containsExactlyInAnyOrder("g", "other");
            assertThat(listed.groups().get(0).groupType()).isEqualTo(version < 5 ? "" : "classic");
            assertThat(listed.groups().get(0).groupState()).isEqualTo(version < 4 ? "" : "CompletingRebalance");
        }
        ListGroupsResponse none = bed.call(5, new ListGroupsRequest().typesFilter(List.of("consumer")));
        assertThat(none.groups()).isEmpty();
        bed.forbidden.add("g");
        ListGroupsResponse visible = bed.call(5, new ListGroupsRequest());
        assertThat(visible.groups())
                .extracting(ListGroupsResponse.ListedGroup::groupId)
                .containsExactly("other");
        bed.forbidden.clear();

        for (int version = 0; version <= 3; version++) {
            DeleteGroupsResponse refused = bed.call(version, new DeleteGroupsRequest().groupsNames(List.of("g")));
            assertThat(refused.results().get(0).errorCode()).isEqualTo(ErrorCode.NON_EMPTY_GROUP.code());
        }
        leave(2, "g", joined.memberId());
        DeleteGroupsResponse deleted = bed.call(2, new DeleteGroupsRequest().groupsNames(List.of("g", "nobody", "g")));
        assertThat(deleted.results())
                .extracting(DeleteGroupsResponse.DeletableGroupResult::errorCode)
                .containsExactly((short) 0, ErrorCode.GROUP_ID_NOT_FOUND.code());
    }

    @Test
    void refusesWhoIsNotAllowed() {
        bed.forbidden.add("g");
        short refusal = ErrorCode.GROUP_AUTHORIZATION_FAILED.code();
        JoinGroupResponse joined = bed.call(9, joinRequest("g"));
        assertThat(joined.errorCode()).isEqualTo(refusal);
        assertThat(sync(5, "g", "m", "consumer", "range").errorCode()).isEqualTo(refusal);
        HeartbeatResponse heartbeat = bed.call(4, new HeartbeatRequest().groupId("g"));
        assertThat(heartbeat.errorCode()).isEqualTo(refusal);
        LeaveGroupResponse left = bed.call(5, new LeaveGroupRequest().groupId("g"));
        assertThat(left.errorCode()).isEqualTo(refusal);
        DeleteGroupsResponse deleted = bed.call(2, new DeleteGroupsRequest().groupsNames(List.of("g")));
        assertThat(deleted.results().get(0).errorCode()).isEqualTo(refusal);
    }

    /** Joins a group of its own, in one or two steps. */
    private JoinGroupResponse join(int version, String group) {
        JoinGroupRequest request = joinRequest(group);
        CompletableFuture<JoinGroupResponse> answer = bed.start(version, request);
        if (version >= 4) {
            assertThat(answer.join().errorCode()).isEqualTo(ErrorCode.MEMBER_ID_REQUIRED.code());
            answer = bed.start(version, request.memberId(answer.join().memberId()));
        }
        assertThat(answer).isNotDone();
        bed.time.advanceMs(Bed.INITIAL_DELAY_MS);
        return answer.join();
    }

    private static JoinGroupRequest joinRequest(String group) {
        return new JoinGroupRequest()
                .groupId(group)
                .sessionTimeoutMs(30_000)
                .rebalanceTimeoutMs(60_000)
                .protocolType("consumer")
                .protocols(List.of(new JoinGroupRequestProtocol().name("range").metadata(METADATA)));
    }

    private SyncGroupResponse sync(int version, String group, String memberId, String type, String name) {
        return bed.call(
                version,
                new SyncGroupRequest()
                        .groupId(group)
                        .generationId(1)
                        .memberId(memberId)
                        .protocolType(type)
                        .protocolName(name)
                        .assignments(List.of(new SyncGroupRequestAssignment()
                                .memberId(memberId)
                                .assignment(new byte[] {1}))));
    }

    private void leave(int version, String group, String memberId) {
        LeaveGroupResponse left = bed.call(
                version,
                version < 3
                        ? new LeaveGroupRequest().groupId(group).memberId(memberId)
                        : new LeaveGroupRequest()
                                .groupId(group)
                                .members(List.of(new LeaveGroupRequest.MemberIdentity().memberId(memberId))));
        assertThat(left.errorCode()).isZero();
        assertThat(left.members())
                .allSatisfy(member -> assertThat(member.errorCode()).isZero());
    }
}
