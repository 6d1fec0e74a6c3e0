package io.barnabas.requests.group;

import io.barnabas.group.GroupCoordinator;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.wire.message.HeartbeatRequest;
import io.barnabas.wire.message.HeartbeatResponse;
import java.util.concurrent.CompletionStage;

/** Heartbeat, v0-v4: a member shows that it lives. v3 static members. */
final class HeartbeatHandler implements DeferredHandler<HeartbeatRequest, HeartbeatResponse> {
    private final GroupCoordinator groups;
    private final Authorizer authorizer;
    private final GroupErrors errors;

    HeartbeatHandler(GroupCoordinator groups, Authorizer authorizer, GroupErrors errors) {
        this.groups = groups;
        this.authorizer = authorizer;
        this.errors = errors;
    }

    @Override
    public CompletionStage<HeartbeatResponse> handle(RequestContext context, HeartbeatRequest request) {
        if (!authorizer.allows(context, Operation.READ, ResourceType.GROUP, request.groupId())) {
            throw errors.notAuthorized(context);
        }
        return groups.heartbeat(
                        request.groupId(), request.memberId(), request.groupInstanceId(), request.generationId())
                .thenApply(error -> new HeartbeatResponse().errorCode(errors.code(context, error)));
    }
}
