package io.barnabas.compat.differential;

import static io.barnabas.compat.differential.GroupRequests.describe;
import static io.barnabas.compat.differential.GroupRequests.heartbeat;
import static io.barnabas.compat.differential.GroupRequests.join;
import static io.barnabas.compat.differential.GroupRequests.leave;
import static io.barnabas.compat.differential.GroupRequests.sync;

import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.DeleteGroupsRequest;
import io.barnabas.wire.message.DescribeGroupsRequest;
import io.barnabas.wire.message.JoinGroupResponse;
import io.barnabas.wire.message.LeaveGroupRequest;
import io.barnabas.wire.message.LeaveGroupRequest.MemberIdentity;
import io.barnabas.wire.message.ListGroupsRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The classic group protocol, with what members do wrong. */
@ExtendWith(BothBrokers.class)
class GroupDifferenceTest {
    @Test
    void joinsAreAnsweredAlike(SideBySide brokers) {
        brokers.everyVersion("join", ApiKey.JOIN_GROUP, (play, version) -> {
            play.coordinator();
            String group = "join-" + version;
            play.ask("no group id", version, join("", "", "range"));
            play.ask("short session", version, join(group, "", "range").sessionTimeoutMs(5_999));
            play.ask("long session", version, join(group, "", "range").sessionTimeoutMs(1_800_001));
            play.ask("negative session", version, join(group, "", "range").sessionTimeoutMs(-1));
            play.ask("unknown member of unknown group", version, join(group, "who", "range"));
            play.ask("no protocols", version, join(group, ""));
            play.ask("no protocol type", version, join(group, "", "range").protocolType(""));

            String id = enter(play, "first", version, group);
            play.ask("first again, unchanged", version, join(group, id, "range", "roundrobin"));
            play.ask("other type", version, join(group, "", "range").protocolType("other"));
            play.ask("no common protocol", version, join(group, "", "sticky"));
            play.ask("unknown member", version, join(group, "who", "range"));
            play.ask("assignment", 5, sync(group, 1, id, id));
            play.ask("leader again when stable", version, join(group, id, "range", "roundrobin"));
            play.ask("first assignment again", 5, sync(group, 2, id, id));

            Play.Later second = enterLater(play, "second", version, group);
            new Members(play, group).await(id, 2, ErrorCode.REBALANCE_IN_PROGRESS);
            Play.Later first = play.begin("first rejoins", version, join(group, id, "roundrobin", "range"));
            String secondId = second.answer().as(JoinGroupResponse.class).memberId();
            play.name(secondId);
            first.answer();
            play.ask("second assignment", 5, sync(group, 3, id, id, secondId).protocolName("roundrobin"));
            play.ask("second fetches its own", 5, sync(group, 3, secondId).protocolName("roundrobin"));
            play.ask("follower again, unchanged", version, join(group, secondId, "range", "roundrobin"));
            play.ask("described", 5, describe(group));
            play.ask("second leaves", 5, leave(5, group, secondId));
            play.ask("first leaves", 5, leave(5, group, id));
            play.ask("a member of the past", version, join(group, id, "range"));
        });
    }

    @Test
    void staticMembersAreAnsweredAlike(SideBySide brokers) {
        brokers.everyVersion("static members", ApiKey.JOIN_GROUP, (play, version) -> {
            if (version < 5) {
                return;
            }
            play.coordinator();
            String group = "static-" + version;
            String id = play.ask("first", version, join(group, "", "range").groupInstanceId("one"))
                    .as(JoinGroupResponse.class)
                    .memberId();
            play.ask("assignment", 5, sync(group, 1, id, id).groupInstanceId("one"));
            String next = play.ask(
                            "comes back", version, join(group, "", "range").groupInstanceId("one"))
                    .as(JoinGroupResponse.class)
                    .memberId();
            play.ask("gets its assignment", 5, sync(group, 1, next).groupInstanceId("one"));
            play.ask("the old one joins", version, join(group, id, "range").groupInstanceId("one"));
            play.ask(
                    "an unknown one joins", version, join(group, "who", "range").groupInstanceId("one"));
            play.ask(
                    "an id without a member",
                    version,
                    join(group, "who", "range").groupInstanceId("two"));
            play.ask("the old one syncs", 5, sync(group, 1, id).groupInstanceId("one"));
            play.ask("the old one's heartbeat", 4, heartbeat(group, 1, id).groupInstanceId("one"));
            play.ask("the new one's heartbeat", 4, heartbeat(group, 1, next).groupInstanceId("one"));
            play.ask("heartbeat without its instance", 4, heartbeat(group, 1, next));
            play.ask(
                    "heartbeat with another instance",
                    4,
                    heartbeat(group, 1, next).groupInstanceId("two"));
            play.ask("described", 5, describe(group));
            play.ask("other protocols", version, join(group, "", "roundrobin").groupInstanceId("one"));
            play.ask(
                    "empty instance id",
                    version,
                    join(group + "-empty", "", "range").groupInstanceId(""));
            play.ask("the old one leaves", 5, leaves(group, id, "one"));
            play.ask("an unknown one leaves", 5, leaves(group, "", "two"));
            play.ask("removed by its instance", 5, leaves(group, "", "one"));
            play.ask("described again", 5, describe(group));
        });
    }

    @Test
    void assignmentsAreAnsweredAlike(SideBySide brokers) {
        brokers.everyVersion("sync", ApiKey.SYNC_GROUP, (play, version) -> {
            play.coordinator();
            String group = "sync-" + version;
            play.ask("no group id", version, sync("", 1, "who"));
            play.ask("unknown group", version, sync(group, 1, "who"));
            String id = new Members(play, group).first();
            play.ask("generation of the past", version, sync(group, 0, id, id));
            play.ask("generation of the future", version, sync(group, 2, id, id));
            play.ask("unknown member", version, sync(group, 1, "who", "who"));
            play.ask("no member id", version, sync(group, 1, "", ""));
            play.ask("instance that is not", version, sync(group, 1, id, id).groupInstanceId("one"));
            play.ask("other protocol type", version, sync(group, 1, id, id).protocolType("other"));
            play.ask("other protocol", version, sync(group, 1, id, id).protocolName("roundrobin"));
            play.ask("assignment of somebody else too", version, sync(group, 1, id, id, "who"));
            play.ask("once more", version, sync(group, 1, id));
            play.ask(
                    "protocol unsaid",
                    version,
                    sync(group, 1, id).protocolName(null).protocolType(null));
            play.ask("joins again", 9, join(group, id, "range"));
            play.ask("nobody assigned", version, sync(group, 2, id));
            play.ask("leaves", 5, leave(5, group, id));
            play.ask("empty group", version, sync(group, 2, id));
        });
    }

    @Test
    void heartbeatsAreAnsweredAlike(SideBySide brokers) {
        brokers.everyVersion("heartbeat", ApiKey.HEARTBEAT, (play, version) -> {
            play.coordinator();
            String group = "heartbeat-" + version;
            play.ask("no group id", version, heartbeat("", 1, "who"));
            play.ask("unknown group", version, heartbeat(group, 1, "who"));
            String pending = new Members(play, group).newId();
            play.ask("pending member", version, heartbeat(group, 1, pending));
            String id = new Members(play, group).first();
            play.ask("assignment awaited", version, heartbeat(group, 1, id));
            play.ask("assignment", 5, sync(group, 1, id, id));
            play.ask("stable", version, heartbeat(group, 1, id));
            play.ask("generation of the past", version, heartbeat(group, 0, id));
            play.ask("generation of the future", version, heartbeat(group, 2, id));
            play.ask("negative generation", version, heartbeat(group, -1, id));
            play.ask("unknown member", version, heartbeat(group, 1, "who"));
            play.ask("no member", version, heartbeat(group, 1, ""));
            play.ask("leaves", 5, leave(5, group, id));
            play.ask("empty group", version, heartbeat(group, 1, id));
        });
    }

    @Test
    void leavesAreAnsweredAlike(SideBySide brokers) {
        brokers.everyVersion("leave", ApiKey.LEAVE_GROUP, (play, version) -> {
            play.coordinator();
            String group = "leave-" + version;
            play.ask("no group id", version, leave(version, "", "who"));
            play.ask("unknown group", version, leave(version, group, "who"));
            String pending = new Members(play, group).newId();
            play.ask("pending member", version, leave(version, group, pending));
            String id = new Members(play, group).stable();
            play.ask("unknown member", version, leave(version, group, "who"));
            play.ask("no member id", version, leave(version, group, ""));
            if (version >= 3) {
                play.ask("nobody", version, new LeaveGroupRequest().groupId(group));
                play.ask("somebody and nobody", version, leave(version, group, "who", id, "who"));
            } else {
                play.ask("somebody", version, leave(version, group, id));
            }
            play.ask("twice", version, leave(version, group, id));
            play.ask("described", 5, describe(group));
        });
    }

    @Test
    void descriptionsAreAnsweredAlike(SideBySide brokers) {
        brokers.everyVersion("describe groups", ApiKey.DESCRIBE_GROUPS, (play, version) -> {
            play.coordinator();
            String group = "describe-" + version;
            play.ask("none", version, describe());
            play.ask("no id, unknown, twice", version, describe("", group, group));
            String pending = new Members(play, group).newId();
            play.ask("only a pending member", version, describe(group));
            play.ask("pending leaves", 5, leave(5, group, pending));
            String id = new Members(play, group).first();
            play.ask("assignment awaited", version, describe(group));
            play.ask("assignment", 5, sync(group, 1, id, id));
            play.ask("stable", version, describe(group));
            play.ask("without operations", version, new DescribeGroupsRequest().groups(List.of(group)));
            play.ask("leaves", 5, leave(5, group, id));
            play.ask("empty", version, describe(group));
        });
    }

    @Test
    void listsAndDeletionsAreAnsweredAlike(SideBySide brokers) {
        brokers.everyVersion("list groups", ApiKey.LIST_GROUPS, (play, version) -> {
            play.coordinator();
            String group = "list-" + version;
            play.only("groups", "list-");
            play.ask("before", version, new ListGroupsRequest());
            String id = new Members(play, group).stable();
            play.ask("stable", version, new ListGroupsRequest());
            if (version >= 4) {
                play.ask("stable ones", version, states("Stable"));
                play.ask("stable ones, other case", version, states("sTABLE"));
                play.ask("empty ones", version, states("Empty", "Dead"));
                play.ask("state that is none", version, states("Sleeping"));
            }
            if (version >= 5) {
                play.ask("classic ones", version, new ListGroupsRequest().typesFilter(List.of("classic")));
                play.ask("consumers", version, new ListGroupsRequest().typesFilter(List.of("Consumer")));
                play.ask("type that is none", version, new ListGroupsRequest().typesFilter(List.of("other")));
            }
            play.ask("leaves", 5, leave(5, group, id));
            play.ask("empty", version, new ListGroupsRequest());
        });
        brokers.everyVersion("delete groups", ApiKey.DELETE_GROUPS, (play, version) -> {
            play.coordinator();
            String group = "delete-" + version;
            play.ask("none", version, delete());
            play.ask("no id, unknown", version, delete("", group));
            String id = new Members(play, group).stable();
            play.ask("not empty", version, delete(group));
            play.ask("leaves", 5, leave(5, group, id));
            play.ask("empty, twice", version, delete(group, group));
            play.ask("deleted already", version, delete(group));
            play.ask("described", 5, describe(group));
            play.ask("a member of the past", 9, join(group, id, "range"));
        });
    }

    /** Joins as a new member does in this version: from 4 on, with an id that the broker gives out first. */
    private static String enter(Play play, String what, int version, String group) {
        String id = play.ask(what, version, join(group, "", "range", "roundrobin"))
                .as(JoinGroupResponse.class)
                .memberId();
        if (version >= 4) {
            play.ask(what + " with its id", version, join(group, id, "range", "roundrobin"));
        }
        return id;
    }

    private static Play.Later enterLater(Play play, String what, int version, String group) {
        String id = version < 4
                ? ""
                : play.ask(what, version, join(group, "", "range", "roundrobin"))
                        .as(JoinGroupResponse.class)
                        .memberId();
        return play.begin(what + " joins", version, join(group, id, "range", "roundrobin"));
    }

    private static LeaveGroupRequest leaves(String group, String memberId, String instance) {
        return new LeaveGroupRequest()
                .groupId(group)
                .members(List.of(new MemberIdentity()
                        .memberId(memberId)
                        .groupInstanceId(instance)
                        .reason("to see what happens")));
    }

    private static ListGroupsRequest states(String... states) {
        return new ListGroupsRequest().statesFilter(List.of(states));
    }

    private static DeleteGroupsRequest delete(String... groups) {
        return new DeleteGroupsRequest().groupsNames(List.of(groups));
    }
}
