package io.barnabas.requests.group;

import io.barnabas.group.GroupCoordinator;
import io.barnabas.group.LeaveAnswer;
import io.barnabas.group.LeaveRequest;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.LeaveGroupRequest;
import io.barnabas.wire.message.LeaveGroupResponse;
import io.barnabas.wire.message.LeaveGroupResponse.MemberResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** LeaveGroup, v0-v5: one member says goodbye; from v3 several, each with its own error; v5 reasons. */
final class LeaveGroupHandler implements DeferredHandler<LeaveGroupRequest, LeaveGroupResponse> {
    private static final int SEVERAL_FROM = 3;

    private final GroupCoordinator groups;
    private final Authorizer authorizer;
    private final GroupErrors errors;

    LeaveGroupHandler(GroupCoordinator groups, Authorizer authorizer, GroupErrors errors) {
        this.groups = groups;
        this.authorizer = authorizer;
        this.errors = errors;
    }

    @Override
    public CompletionStage<LeaveGroupResponse> handle(RequestContext context, LeaveGroupRequest request) {
        if (!authorizer.allows(context, Operation.READ, ResourceType.GROUP, request.groupId())) {
            throw errors.notAuthorized(context);
        }
        if (context.apiVersion() < SEVERAL_FROM) {
            LeaveRequest.Leaver leaver = new LeaveRequest.Leaver(request.memberId(), null, null);
            return groups.leave(new LeaveRequest(request.groupId(), List.of(leaver)))
                    .thenApply(answer -> new LeaveGroupResponse().errorCode(errors.code(context, single(answer))));
        }
        List<LeaveRequest.Leaver> leavers = request.members().stream()
                .map(member -> new LeaveRequest.Leaver(member.memberId(), member.groupInstanceId(), member.reason()))
                .toList();
        return groups.leave(new LeaveRequest(request.groupId(), leavers))
                .thenApply(answer -> several(context, leavers, answer));
    }

    private static ErrorCode single(LeaveAnswer answer) {
        return answer.error() != ErrorCode.NONE
                ? answer.error()
                : answer.errors().get(0);
    }

    private LeaveGroupResponse several(RequestContext context, List<LeaveRequest.Leaver> leavers, LeaveAnswer answer) {
        List<MemberResponse> members = new ArrayList<>();
        for (int i = 0; i < answer.errors().size(); i++) {
            LeaveRequest.Leaver leaver = leavers.get(i);
            members.add(new MemberResponse()
                    .memberId(leaver.memberId())
                    .groupInstanceId(leaver.instanceId())
                    .errorCode(errors.code(context, answer.errors().get(i))));
        }
        return new LeaveGroupResponse()
                .errorCode(errors.code(context, answer.error()))
                .members(members);
    }
}
