package io.barnabas.bench.load;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.FindCoordinatorRequest;
import io.barnabas.wire.message.FindCoordinatorResponse;
import io.barnabas.wire.message.HeartbeatRequest;
import io.barnabas.wire.message.HeartbeatResponse;
import io.barnabas.wire.message.JoinGroupRequest;
import io.barnabas.wire.message.JoinGroupRequest.JoinGroupRequestProtocol;
import io.barnabas.wire.message.JoinGroupResponse;
import io.barnabas.wire.message.SyncGroupRequest;
import io.barnabas.wire.message.SyncGroupRequest.SyncGroupRequestAssignment;
import io.barnabas.wire.message.SyncGroupResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A member of a group of the classic protocol, which subscribes to one topic. Its assignment is as large as that of a
 * consumer of a few partitions; nobody reads it. Used by one thread at a time.
 */
public final class GroupMember implements AutoCloseable {
    private static final String PROTOCOL_TYPE = "consumer";
    private static final String PROTOCOL = "range";
    private static final int SESSION_MS = 45_000;
    private static final int REBALANCE_MS = 60_000;
    private static final int ASSIGNMENT_BYTES = 64;
    private static final byte[] TOPIC = "shared".getBytes(StandardCharsets.US_ASCII);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private final RawConnection connection;
    private final String group;
    private String memberId = "";
    private int round;

    public GroupMember(RawConnection connection, String group) {
        this.connection = connection;
        this.group = group;
    }

    /** Until the broker coordinates the group; the first question makes the topic of offsets. */
    public static void awaitCoordinator(RawConnection connection, String group)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < PATIENCE_NS) {
            FindCoordinatorResponse answer = (FindCoordinatorResponse)
                    connection.call(new FindCoordinatorRequest().key(group).coordinatorKeys(List.of(group)));
            ErrorCode error = answer.coordinators().isEmpty()
                    ? ErrorCode.of(answer.errorCode())
                    : ErrorCode.of(answer.coordinators().get(0).errorCode());
            if (error == ErrorCode.NONE && isCoordinated(connection, group)) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new IOException("no coordinator for " + group);
    }

    /** A coordinator is known a little before it serves; one that does not know a member has looked for it. */
    private static boolean isCoordinated(RawConnection connection, String group) throws IOException {
        HeartbeatResponse answer = (HeartbeatResponse)
                connection.call(new HeartbeatRequest().groupId(group).memberId("nobody"));
        return ErrorCode.of(answer.errorCode()) == ErrorCode.UNKNOWN_MEMBER_ID;
    }

    /** Joins with metadata that are new in each round, again while the group is not whole; gives the generation. */
    public int rejoin() throws IOException {
        round++;
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < PATIENCE_NS) {
            JoinGroupResponse joined = join();
            ErrorCode error = ErrorCode.of(joined.errorCode());
            if (error == ErrorCode.NONE) {
                ErrorCode synced = sync(joined);
                if (synced == ErrorCode.NONE) {
                    return joined.generationId();
                }
                check("SyncGroup", synced);
            } else {
                check("JoinGroup", error);
            }
        }
        throw new IOException("the group does not become whole");
    }

    private JoinGroupResponse join() throws IOException {
        // Version 0: topics, then whatever the member likes; coordinators read it.
        ByteBuffer metadata = ByteBuffer.allocate(2 + 4 + 2 + TOPIC.length + 4 + 4)
                .putShort((short) 0)
                .putInt(1)
                .putShort((short) TOPIC.length)
                .put(TOPIC)
                .putInt(4)
                .putInt(round);
        JoinGroupResponse answer = (JoinGroupResponse) connection.call(new JoinGroupRequest()
                .groupId(group)
                .sessionTimeoutMs(SESSION_MS)
                .rebalanceTimeoutMs(REBALANCE_MS)
                .memberId(memberId)
                .protocolType(PROTOCOL_TYPE)
                .protocols(List.of(new JoinGroupRequestProtocol().name(PROTOCOL).metadata(metadata.array()))));
        memberId = answer.memberId();
        return answer;
    }

    private ErrorCode sync(JoinGroupResponse joined) throws IOException {
        List<SyncGroupRequestAssignment> assignments = new ArrayList<>();
        if (joined.leader().equals(memberId)) {
            joined.members()
                    .forEach(member -> assignments.add(new SyncGroupRequestAssignment()
                            .memberId(member.memberId())
                            .assignment(new byte[ASSIGNMENT_BYTES])));
        }
        SyncGroupResponse answer = (SyncGroupResponse) connection.call(new SyncGroupRequest()
                .groupId(group)
                .generationId(joined.generationId())
                .memberId(memberId)
                .protocolType(PROTOCOL_TYPE)
                .protocolName(PROTOCOL)
                .assignments(assignments));
        return ErrorCode.of(answer.errorCode());
    }

    private static void check(String request, ErrorCode error) throws IOException {
        if (error != ErrorCode.MEMBER_ID_REQUIRED && error != ErrorCode.REBALANCE_IN_PROGRESS) {
            throw new IOException(request + ": " + error);
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
