package io.barnabas.requests.group;

import io.barnabas.group.GroupCoordinator;
import io.barnabas.group.GroupDescription;
import io.barnabas.group.GroupState;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.runtime.Stages;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.DescribeGroupsRequest;
import io.barnabas.wire.message.DescribeGroupsResponse;
import io.barnabas.wire.message.DescribeGroupsResponse.DescribedGroup;
import io.barnabas.wire.message.DescribeGroupsResponse.DescribedGroupMember;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * DescribeGroups, v0-v6: groups with their members. v3 tells what the caller may do, v4 instance ids; from v6 a group
 * that is not there is an error, before it was a dead one.
 */
final class DescribeGroupsHandler implements DeferredHandler<DescribeGroupsRequest, DescribeGroupsResponse> {
    private static final int UNKNOWN_IS_ERROR_FROM = 6;

    private final GroupCoordinator groups;
    private final Authorizer authorizer;
    private final GroupErrors errors;

    DescribeGroupsHandler(GroupCoordinator groups, Authorizer authorizer, GroupErrors errors) {
        this.groups = groups;
        this.authorizer = authorizer;
        this.errors = errors;
    }

    @Override
    public CompletionStage<DescribeGroupsResponse> handle(RequestContext context, DescribeGroupsRequest request) {
        List<CompletionStage<DescribedGroup>> described = new ArrayList<>();
        for (String group : request.groups()) {
            described.add(describe(context, group, request.includeAuthorizedOperations()));
        }
        return Stages.all(described).thenApply(all -> new DescribeGroupsResponse().groups(all));
    }

    private CompletionStage<DescribedGroup> describe(RequestContext context, String group, boolean withOperations) {
        if (!authorizer.allows(context, Operation.DESCRIBE, ResourceType.GROUP, group)) {
            GroupDescription refused = GroupDescription.refused(ErrorCode.GROUP_AUTHORIZATION_FAILED);
            return CompletableFuture.completedStage(write(context, group, refused));
        }
        return groups.describe(group).thenApply(description -> {
            DescribedGroup answer = write(context, group, description);
            if (withOperations && description.error() == ErrorCode.NONE) {
                answer.authorizedOperations(authorizer.authorizedOperations(context, ResourceType.GROUP, group));
            }
            return answer;
        });
    }

    private DescribedGroup write(RequestContext context, String group, GroupDescription description) {
        boolean missing = context.apiVersion() >= UNKNOWN_IS_ERROR_FROM
                && description.state().equals(GroupState.DEAD);
        ErrorCode error = missing ? ErrorCode.GROUP_ID_NOT_FOUND : description.error();
        List<DescribedGroupMember> members = new ArrayList<>();
        description
                .members()
                .forEach(member -> members.add(new DescribedGroupMember()
                        .memberId(member.memberId())
                        .groupInstanceId(member.instanceId())
                        .clientId(member.clientId())
                        .clientHost(member.clientHost())
                        .memberMetadata(member.metadata())
                        .memberAssignment(member.assignment())));
        return new DescribedGroup()
                .groupId(group)
                .errorCode(errors.code(context, error))
                .errorMessage(missing ? "Group " + group + " not found." : null)
                .groupState(description.state())
                .protocolType(description.protocolType())
                .protocolData(description.protocolName())
                .members(members);
    }
}
