package io.barnabas.requests.group;

import io.barnabas.group.GroupCoordinator;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.runtime.Stages;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.DeleteGroupsRequest;
import io.barnabas.wire.message.DeleteGroupsResponse;
import io.barnabas.wire.message.DeleteGroupsResponse.DeletableGroupResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** DeleteGroups, v0-v3: groups without members are forgotten, with their offsets. v3 explains errors. */
final class DeleteGroupsHandler implements DeferredHandler<DeleteGroupsRequest, DeleteGroupsResponse> {
    private final GroupCoordinator groups;
    private final Authorizer authorizer;
    private final GroupErrors errors;

    DeleteGroupsHandler(GroupCoordinator groups, Authorizer authorizer, GroupErrors errors) {
        this.groups = groups;
        this.authorizer = authorizer;
        this.errors = errors;
    }

    @Override
    public CompletionStage<DeleteGroupsResponse> handle(RequestContext context, DeleteGroupsRequest request) {
        List<CompletionStage<DeletableGroupResult>> results = new ArrayList<>();
        for (String group : new LinkedHashSet<>(request.groupsNames())) {
            results.add(delete(context, group)
                    .thenApply(error -> new DeletableGroupResult()
                            .groupId(group)
                            .errorCode(errors.code(context, error))
                            .errorMessage(error == ErrorCode.NONE ? null : error.defaultMessage())));
        }
        return Stages.all(results).thenApply(all -> new DeleteGroupsResponse().results(all));
    }

    private CompletionStage<ErrorCode> delete(RequestContext context, String group) {
        return authorizer.allows(context, Operation.DELETE, ResourceType.GROUP, group)
                ? groups.deleteGroup(group)
                : CompletableFuture.completedStage(ErrorCode.GROUP_AUTHORIZATION_FAILED);
    }
}
