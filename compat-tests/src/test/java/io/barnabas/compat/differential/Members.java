package io.barnabas.compat.differential;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.HeartbeatResponse;
import io.barnabas.wire.message.JoinGroupResponse;
import io.barnabas.wire.message.SyncGroupResponse;

/** Brings a group to a state of its life, in versions that all brokers have. Confined to the thread that plays. */
final class Members {
    private static final int JOIN = 9;
    private static final int SYNC = 5;
    private static final int HEARTBEAT = 4;

    private final Play play;
    private final String group;

    Members(Play play, String group) {
        this.play = play;
        this.group = group;
    }

    /** A member's id, given by the broker to who asks for one. */
    String newId() {
        return play.ask("new id in " + group, JOIN, GroupRequests.join(group, "", "range"))
                .as(JoinGroupResponse.class)
                .memberId();
    }

    /** The first member joins and leads; the group awaits its assignment. */
    String first() {
        String id = newId();
        play.ask("first in " + group, JOIN, GroupRequests.join(group, id, "range", "roundrobin"));
        return id;
    }

    /** The first member, with its assignment: the group is stable in generation 1. */
    String stable() {
        String id = first();
        play.ask("assignment in " + group, SYNC, GroupRequests.sync(group, 1, id, id))
                .as(SyncGroupResponse.class);
        return id;
    }

    /** Sends heartbeats until the answer is this: another member's request is on its way on another connection. */
    void await(String memberId, int generation, ErrorCode expected) {
        play.await(
                "heartbeat of " + group + " to answer " + expected,
                HEARTBEAT,
                GroupRequests.heartbeat(group, generation, memberId),
                HeartbeatResponse.class,
                answer -> answer.errorCode() == expected.code());
    }
}
