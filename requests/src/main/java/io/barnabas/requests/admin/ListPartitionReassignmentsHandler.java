package io.barnabas.requests.admin;

import io.barnabas.requests.ApiException;
import io.barnabas.requests.InlineHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.ListPartitionReassignmentsRequest;
import io.barnabas.wire.message.ListPartitionReassignmentsResponse;

/** ListPartitionReassignments, v0: which partitions are moving. Reassignments are not carried out yet, so none is. */
final class ListPartitionReassignmentsHandler
        implements InlineHandler<ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse> {
    private final AdminPorts ports;

    ListPartitionReassignmentsHandler(AdminPorts ports) {
        this.ports = ports;
    }

    @Override
    public ListPartitionReassignmentsResponse handle(
            RequestContext context, ListPartitionReassignmentsRequest request) {
        if (!ports.authorizer().allowsOnCluster(context, Operation.DESCRIBE)) {
            throw new ApiException(ErrorCode.CLUSTER_AUTHORIZATION_FAILED, null);
        } else if (!ports.isController().getAsBoolean()) {
            throw new ApiException(ErrorCode.NOT_CONTROLLER, null);
        }
        return new ListPartitionReassignmentsResponse();
    }
}
