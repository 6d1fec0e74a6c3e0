package io.barnabas.requests.group;

import io.barnabas.group.GroupCoordinator;
import io.barnabas.group.SyncAnswer;
import io.barnabas.group.SyncRequest;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.SyncGroupRequest;
import io.barnabas.wire.message.SyncGroupResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * SyncGroup, v0-v5: answered when the leader's assignment is stored. v3 static members; from v5 the member says, and
 * hears, which protocol it takes for the group's.
 */
final class SyncGroupHandler implements DeferredHandler<SyncGroupRequest, SyncGroupResponse> {
    private static final int NAMES_PROTOCOL_FROM = 5;

    private final GroupCoordinator groups;
    private final Authorizer authorizer;
    private final GroupErrors errors;

    SyncGroupHandler(GroupCoordinator groups, Authorizer authorizer, GroupErrors errors) {
        this.groups = groups;
        this.authorizer = authorizer;
        this.errors = errors;
    }

    @Override
    public CompletionStage<SyncGroupResponse> handle(RequestContext context, SyncGroupRequest request) {
        boolean namesProtocol = request.protocolType() != null && request.protocolName() != null;
        if (context.apiVersion() >= NAMES_PROTOCOL_FROM && !namesProtocol) {
            throw errors.refused(context, ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
        }
        if (!authorizer.allows(context, Operation.READ, ResourceType.GROUP, request.groupId())) {
            throw errors.notAuthorized(context);
        }
        Map<String, byte[]> assignments = new HashMap<>();
        request.assignments().forEach(assignment -> assignments.put(assignment.memberId(), assignment.assignment()));
        return groups.sync(new SyncRequest(
                        request.groupId(),
                        request.generationId(),
                        request.memberId(),
                        request.groupInstanceId(),
                        request.protocolType(),
                        request.protocolName(),
                        assignments))
                .thenApply(answer -> write(context, answer));
    }

    private SyncGroupResponse write(RequestContext context, SyncAnswer answer) {
        return new SyncGroupResponse()
                .errorCode(errors.code(context, answer.error()))
                .protocolType(answer.protocolType())
                .protocolName(answer.protocolName())
                .assignment(answer.assignment());
    }
}
