package io.barnabas.broker.net;

import io.barnabas.requests.ApiRegistry;
import io.barnabas.requests.PipelinedHandler.Outcome;
import io.barnabas.requests.Versions;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.message.HeartbeatRequest;
import io.barnabas.wire.message.HeartbeatResponse;
import io.barnabas.wire.message.JoinGroupRequest;
import io.barnabas.wire.message.JoinGroupResponse;
import io.barnabas.wire.message.ProduceRequest;
import io.barnabas.wire.message.ProduceResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Three APIs under a test's control: Heartbeat answers at once, JoinGroup and Produce when the test says so. */
final class TestApis {
    /** A version of all three that names no tagged fields. */
    static final short V = 3;

    final List<Produce> produces = new CopyOnWriteArrayList<>();
    final List<CompletableFuture<JoinGroupResponse>> joins = new CopyOnWriteArrayList<>();

    record Produce(CompletableFuture<Void> appended, CompletableFuture<ProduceResponse> response) {}

    ApiRegistry registry() {
        return new ApiRegistry()
                .<ProduceRequest, ProduceResponse>pipelined(ApiKey.PRODUCE, Versions.of(3, 9), (context, request) -> {
                    Produce produce = new Produce(new CompletableFuture<>(), new CompletableFuture<>());
                    produces.add(produce);
                    return new Outcome<>(produce.appended(), produce.response());
                })
                .<JoinGroupRequest, JoinGroupResponse>deferred(
                        ApiKey.JOIN_GROUP, Versions.of(0, 9), (context, request) -> {
                            CompletableFuture<JoinGroupResponse> join = new CompletableFuture<>();
                            joins.add(join);
                            return join;
                        })
                .<HeartbeatRequest, HeartbeatResponse>inline(
                        ApiKey.HEARTBEAT, Versions.of(0, 4), (context, request) -> new HeartbeatResponse());
    }
}
