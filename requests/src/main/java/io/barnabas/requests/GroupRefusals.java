package io.barnabas.requests;

import static io.barnabas.requests.RecordRefusals.each;

import io.barnabas.requests.Refusals.Refusal;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.message.DeleteGroupsRequest;
import io.barnabas.wire.message.DeleteGroupsResponse;
import io.barnabas.wire.message.DescribeGroupsRequest;
import io.barnabas.wire.message.DescribeGroupsResponse;
import io.barnabas.wire.message.FindCoordinatorRequest;
import io.barnabas.wire.message.FindCoordinatorResponse;
import io.barnabas.wire.message.HeartbeatResponse;
import io.barnabas.wire.message.JoinGroupRequest;
import io.barnabas.wire.message.JoinGroupResponse;
import io.barnabas.wire.message.LeaveGroupResponse;
import io.barnabas.wire.message.ListGroupsResponse;
import io.barnabas.wire.message.OffsetCommitRequest;
import io.barnabas.wire.message.OffsetCommitResponse;
import io.barnabas.wire.message.OffsetDeleteResponse;
import io.barnabas.wire.message.OffsetFetchRequest;
import io.barnabas.wire.message.OffsetFetchResponse;
import io.barnabas.wire.message.SyncGroupResponse;
import java.util.Arrays;

/** Refusals of the APIs about groups and their offsets. */
final class GroupRefusals {
    private static final int MANY_COORDINATORS_FROM = 4;
    private static final int OFFSETS_NAME_ERROR_ONCE_FROM = 2;
    private static final int OFFSETS_OF_MANY_GROUPS_FROM = 8;

    private GroupRefusals() {}

    static ApiMessage answer(ApiMessage request, Refusal refusal) {
        return switch (request.apiKey()) {
            case FIND_COORDINATOR -> findCoordinator((FindCoordinatorRequest) request, refusal);
            case JOIN_GROUP ->
                new JoinGroupResponse().errorCode(refusal.error()).memberId(((JoinGroupRequest) request).memberId());
            case SYNC_GROUP -> new SyncGroupResponse().errorCode(refusal.error());
            case HEARTBEAT -> new HeartbeatResponse().errorCode(refusal.error());
            case LEAVE_GROUP -> new LeaveGroupResponse().errorCode(refusal.error());
            case LIST_GROUPS -> new ListGroupsResponse().errorCode(refusal.error());
            case DESCRIBE_GROUPS -> describeGroups((DescribeGroupsRequest) request, refusal);
            case DELETE_GROUPS -> deleteGroups((DeleteGroupsRequest) request, refusal);
            case OFFSET_COMMIT -> offsetCommit((OffsetCommitRequest) request, refusal);
            case OFFSET_FETCH -> offsetFetch((OffsetFetchRequest) request, refusal);
            case OFFSET_DELETE -> new OffsetDeleteResponse().errorCode(refusal.error());
            default -> null;
        };
    }

    private static FindCoordinatorResponse findCoordinator(FindCoordinatorRequest request, Refusal refusal) {
        if (refusal.version() < MANY_COORDINATORS_FROM) {
            return new FindCoordinatorResponse()
                    .errorCode(refusal.error())
                    .errorMessage(refusal.detail())
                    .nodeId(-1)
                    .port(-1);
        }
        return new FindCoordinatorResponse()
                .coordinators(each(
                        request.coordinatorKeys(),
                        key -> new FindCoordinatorResponse.Coordinator()
                                .key(key)
                                .nodeId(-1)
                                .port(-1)
                                .errorCode(refusal.error())
                                .errorMessage(refusal.detail())));
    }

    private static DescribeGroupsResponse describeGroups(DescribeGroupsRequest request, Refusal refusal) {
        return new DescribeGroupsResponse()
                .groups(each(
                        request.groups(),
                        group -> new DescribeGroupsResponse.DescribedGroup()
                                .groupId(group)
                                .errorCode(refusal.error())
                                .errorMessage(refusal.detail())));
    }

    private static DeleteGroupsResponse deleteGroups(DeleteGroupsRequest request, Refusal refusal) {
        return new DeleteGroupsResponse()
                .results(each(
                        request.groupsNames(),
                        group -> new DeleteGroupsResponse.DeletableGroupResult()
                                .groupId(group)
                                .errorCode(refusal.error())
                                .errorMessage(refusal.detail())));
    }

    private static OffsetCommitResponse offsetCommit(OffsetCommitRequest request, Refusal refusal) {
        return new OffsetCommitResponse()
                .topics(each(
                        request.topics(),
                        topic -> new OffsetCommitResponse.OffsetCommitResponseTopic()
                                .name(topic.name())
                                .topicId(topic.topicId())
                                .partitions(each(
                                        topic.partitions(),
                                        partition -> new OffsetCommitResponse.OffsetCommitResponsePartition()
                                                .partitionIndex(partition.partitionIndex())
                                                .errorCode(refusal.error())))));
    }

    private static OffsetFetchResponse offsetFetch(OffsetFetchRequest request, Refusal refusal) {
        if (refusal.version() >= OFFSETS_OF_MANY_GROUPS_FROM) {
            return new OffsetFetchResponse()
                    .groups(each(
                            request.groups(),
                            group -> new OffsetFetchResponse.OffsetFetchResponseGroup()
                                    .groupId(group.groupId())
                                    .errorCode(refusal.error())));
        }
        if (refusal.version() >= OFFSETS_NAME_ERROR_ONCE_FROM) {
            return new OffsetFetchResponse().errorCode(refusal.error());
        }
        return new OffsetFetchResponse()
                .topics(each(
                        request.topics(),
                        topic -> new OffsetFetchResponse.OffsetFetchResponseTopic()
                                .name(topic.name())
                                .partitions(Arrays.stream(topic.partitionIndexes())
                                        .mapToObj(partition -> new OffsetFetchResponse.OffsetFetchResponsePartition()
                                                .partitionIndex(partition)
                                                .committedOffset(-1)
                                                .metadata("")
                                                .errorCode(refusal.error()))
                                        .toList())));
    }
}
