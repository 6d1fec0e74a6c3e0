package io.barnabas.requests.group;

import io.barnabas.group.GroupCoordinator;
import io.barnabas.group.GroupOverview;
import io.barnabas.group.ListAnswer;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.wire.message.ListGroupsRequest;
import io.barnabas.wire.message.ListGroupsResponse;
import io.barnabas.wire.message.ListGroupsResponse.ListedGroup;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * ListGroups, v0-v5: the groups of the partitions this broker coordinates. v4 filters by state and tells it, v5
 * likewise for the type.
 */
final class ListGroupsHandler implements DeferredHandler<ListGroupsRequest, ListGroupsResponse> {
    private final GroupCoordinator groups;
    private final Authorizer authorizer;
    private final GroupErrors errors;

    ListGroupsHandler(GroupCoordinator groups, Authorizer authorizer, GroupErrors errors) {
        this.groups = groups;
        this.authorizer = authorizer;
        this.errors = errors;
    }

    @Override
    public CompletionStage<ListGroupsResponse> handle(RequestContext context, ListGroupsRequest request) {
        return groups.list(Set.copyOf(request.statesFilter()), Set.copyOf(request.typesFilter()))
                .thenApply(answer -> write(context, answer));
    }

    private ListGroupsResponse write(RequestContext context, ListAnswer answer) {
        boolean seesAll = authorizer.allowsOnCluster(context, Operation.DESCRIBE);
        List<ListedGroup> listed = answer.groups().stream()
                .filter(group ->
                        seesAll || authorizer.allows(context, Operation.DESCRIBE, ResourceType.GROUP, group.groupId()))
                .map(group -> new ListedGroup()
                        .groupId(group.groupId())
                        .protocolType(group.protocolType())
                        .groupState(group.state())
                        .groupType(GroupOverview.TYPE))
                .toList();
        return new ListGroupsResponse()
                .errorCode(errors.code(context, answer.error()))
                .groups(listed);
    }
}
