package io.barnabas.requests.group;

import io.barnabas.requests.ApiRegistry;
import io.barnabas.requests.Versions;
import io.barnabas.wire.ApiKey;

/** Registers the APIs about groups and their offsets. */
public final class GroupApis {
    private GroupApis() {}

    public static void register(ApiRegistry registry, GroupPorts ports) {
        TopicNames topics = new TopicNames(ports.metadata());
        GroupErrors errors = new GroupErrors(ports.metrics());
        OldOffsets old = new OldOffsets(ports.oldOffsets(), topics, ports.maxOffsetMetadataChars());
        registry.deferred(
                ApiKey.OFFSET_COMMIT,
                Versions.of(0, 10),
                new OffsetCommitHandler(ports.groups(), old, topics, ports.authorizer(), ports.clock(), errors));
        registry.deferred(
                ApiKey.OFFSET_FETCH,
                Versions.of(0, 10),
                new OffsetFetchHandler(ports.groups(), old, topics, ports.authorizer(), errors));
        registry.inline(
                ApiKey.FIND_COORDINATOR,
                Versions.of(0, 6),
                new FindCoordinatorHandler(
                        ports.groups(),
                        ports.offsetsTopic(),
                        ports.transactionsTopic(),
                        ports.metadata(),
                        ports.addresses(),
                        ports.authorizer(),
                        errors));
        registry.deferred(
                ApiKey.JOIN_GROUP, Versions.of(0, 9), new JoinGroupHandler(ports.groups(), ports.authorizer(), errors));
        registry.deferred(
                ApiKey.HEARTBEAT, Versions.of(0, 4), new HeartbeatHandler(ports.groups(), ports.authorizer(), errors));
        registry.deferred(
                ApiKey.LEAVE_GROUP,
                Versions.of(0, 5),
                new LeaveGroupHandler(ports.groups(), ports.authorizer(), errors));
        registry.deferred(
                ApiKey.SYNC_GROUP, Versions.of(0, 5), new SyncGroupHandler(ports.groups(), ports.authorizer(), errors));
        registry.deferred(
                ApiKey.DESCRIBE_GROUPS,
                Versions.of(0, 6),
                new DescribeGroupsHandler(ports.groups(), ports.authorizer(), errors));
        registry.deferred(
                ApiKey.LIST_GROUPS,
                Versions.of(0, 5),
                new ListGroupsHandler(ports.groups(), ports.authorizer(), errors));
        registry.deferred(
                ApiKey.DELETE_GROUPS,
                Versions.of(0, 3),
                new DeleteGroupsHandler(ports.groups(), ports.authorizer(), errors));
        registry.deferred(
                ApiKey.OFFSET_DELETE,
                Versions.of(0, 0),
                new OffsetDeleteHandler(ports.groups(), topics, ports.authorizer(), errors));
    }
}
