package io.barnabas.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.coordinator.FieldWriter;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A consumer as the coordinator meets it: it remembers what it was told. */
final class Client {
    private final TestBed bed;
    private final String group;
    String id = "";
    String instanceId;
    int generation = -1;
    String protocolType = "consumer";
    List<Protocol> protocols = List.of(new Protocol("range", subscription("t1")));
    int rebalanceMs = TestBed.REBALANCE_MS;
    int sessionMs = TestBed.SESSION_MS;
    boolean requireKnownId;
    boolean canSkip;
    JoinAnswer lastJoin;
    CompletableFuture<JoinAnswer> join;
    CompletableFuture<SyncAnswer> sync;

    Client(TestBed bed, String group) {
        this.bed = bed;
        this.group = group;
    }

    Client named(String instance) {
        instanceId = instance;
        return this;
    }

    String group() {
        return group;
    }

    /** What a consumer of these topics says about itself. */
    static byte[] subscription(String... topics) {
        FieldWriter fields = FieldWriter.plain().int16(0).int32(topics.length);
        for (String topic : topics) {
            fields.string(topic);
        }
        return fields.int32(-1).toBytes();
    }

    CompletableFuture<JoinAnswer> joins() {
        join = bed.groups
                .join(new JoinRequest(
                        group,
                        id,
                        instanceId,
                        requireKnownId && instanceId == null,
                        canSkip,
                        "client",
                        "/127.0.0.1",
                        rebalanceMs,
                        sessionMs,
                        protocolType,
                        protocols,
                        null))
                .toCompletableFuture();
        return join;
    }

    /** The join is over, well. */
    JoinAnswer joined() {
        JoinAnswer answer = TestBed.now(join);
        assertThat(answer.error()).isEqualTo(ErrorCode.NONE);
        id = answer.memberId();
        generation = answer.generation();
        lastJoin = answer;
        return answer;
    }

    ErrorCode joinRefused() {
        JoinAnswer answer = TestBed.now(join);
        assertThat(answer.error()).isNotEqualTo(ErrorCode.NONE);
        return answer.error();
    }

    CompletableFuture<SyncAnswer> syncs(Map<String, byte[]> assignments) {
        sync = bed.groups
                .sync(new SyncRequest(group, generation, id, instanceId, "consumer", null, assignments))
                .toCompletableFuture();
        return sync;
    }

    byte[] synced() {
        SyncAnswer answer = TestBed.now(sync);
        assertThat(answer.error()).isEqualTo(ErrorCode.NONE);
        return answer.assignment();
    }

    ErrorCode heartbeats() {
        return TestBed.now(bed.groups.heartbeat(group, id, instanceId, generation));
    }

    ErrorCode leaves() {
        return TestBed.now(saysGoodbye()).errors().get(0);
    }

    CompletableFuture<LeaveAnswer> saysGoodbye() {
        return bed.groups
                .leave(new LeaveRequest(group, List.of(new LeaveRequest.Leaver(id, instanceId, null))))
                .toCompletableFuture();
    }

    ErrorCode commits(TopicPartition partition, long offset) {
        return TestBed.now(bed.groups.commit(
                        new CommitRequest(group, id, instanceId, generation, Map.of(partition, bed.offset(offset)))))
                .get(partition);
    }

    boolean leads() {
        return lastJoin.leaderId().equals(id);
    }
}
