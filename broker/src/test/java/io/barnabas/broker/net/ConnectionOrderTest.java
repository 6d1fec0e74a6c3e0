package io.barnabas.broker.net;

import static io.barnabas.broker.net.TestApis.V;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.barnabas.broker.net.TestApis.Produce;
import io.barnabas.requests.CloseConnection;
import io.barnabas.testkit.Acceptance;
import io.barnabas.wire.message.HeartbeatRequest;
import io.barnabas.wire.message.JoinGroupRequest;
import io.barnabas.wire.message.JoinGroupResponse;
import io.barnabas.wire.message.ProduceRequest;
import io.barnabas.wire.message.ProduceResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionOrderTest {
    private final TestApis apis = new TestApis();
    private final List<Produce> produces = apis.produces;
    private final List<CompletableFuture<JoinGroupResponse>> joins = apis.joins;
    private TestServer server;
    private RawConnection client;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(apis.registry());
        client = server.connect();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
        assertThat(server.faults.faults()).isEmpty();
    }

    @Test
    @Acceptance(160)
    void answersPipelinedRequestsInTheirOrder() throws Exception {
        for (int i = 0; i < 5; i++) {
            client.send(i, V, new ProduceRequest().acks((short) -1));
        }
        for (int i = 0; i < 5; i++) {
            int arrived = i + 1;
            await().until(() -> produces.size() == arrived);
            produces.get(i).appended().complete(null);
        }
        for (int i = 4; i >= 0; i--) {
            assertThat(client.isSilent()).isTrue();
            produces.get(i).response().complete(new ProduceResponse());
        }
        for (int i = 0; i < 5; i++) {
            assertThat(client.receiveCorrelationId()).isEqualTo(i);
        }
    }

    @Test
    @Acceptance(160)
    void slowRequestsDoNotBlockOtherConnections() throws Exception {
        client.send(1, V, new JoinGroupRequest());
        await().until(() -> joins.size() == 1);
        for (int i = 0; i < 4; i++) {
            try (RawConnection other = server.connect()) {
                other.send(2, V, new HeartbeatRequest());
                assertThat(other.receiveCorrelationId()).isEqualTo(2);
            }
        }
        joins.get(0).complete(new JoinGroupResponse().protocolName(""));
        assertThat(client.receiveCorrelationId()).isEqualTo(1);
    }

    @Test
    void holdsTheNextRequestBackUntilADeferredOneIsAnswered() throws Exception {
        client.send(1, V, new JoinGroupRequest());
        client.send(2, V, new JoinGroupRequest());
        client.send(3, V, new HeartbeatRequest());
        await().until(() -> joins.size() == 1);

        joins.get(0).complete(new JoinGroupResponse().protocolName(""));
        assertThat(client.receiveCorrelationId()).isEqualTo(1);
        await().until(() -> joins.size() == 2);
        assertThat(client.isSilent()).as("the heartbeat waits too").isTrue();

        joins.get(1).complete(new JoinGroupResponse().protocolName(""));
        assertThat(client.receiveCorrelationId()).isEqualTo(2);
        assertThat(client.receiveCorrelationId()).isEqualTo(3);
    }

    @Test
    void startsTheNextRequestOnceTheAppendIsDone() throws Exception {
        client.send(1, V, new ProduceRequest().acks((short) -1));
        client.send(2, V, new JoinGroupRequest());
        await().until(() -> produces.size() == 1);
        assertThat(joins).isEmpty();

        produces.get(0).appended().complete(null);
        await().until(() -> joins.size() == 1);
        joins.get(0).complete(new JoinGroupResponse().protocolName(""));
        assertThat(client.isSilent()).as("answers keep their order").isTrue();

        produces.get(0).response().complete(new ProduceResponse());
        assertThat(client.receiveCorrelationId()).isEqualTo(1);
        assertThat(client.receiveCorrelationId()).isEqualTo(2);
    }

    @Test
    void holdsNoMoreRequestsUnderWayThanItsBound() throws Exception {
        int bound = TestServer.CONFIG.maxInFlight();
        for (int i = 0; i < bound + 5; i++) {
            client.send(i, V, new ProduceRequest().acks((short) -1));
        }
        for (int i = 0; i < bound; i++) {
            int arrived = i + 1;
            await().until(() -> produces.size() == arrived);
            produces.get(i).appended().complete(null);
        }
        try (RawConnection other = server.connect()) {
            other.send(1, V, new HeartbeatRequest());
            other.receive();
        }
        assertThat(produces).hasSize(bound);
        produces.get(0).response().complete(new ProduceResponse());
        await().until(() -> produces.size() == bound + 1);
    }

    @Test
    @Acceptance(43)
    void sendsNoAnswerWhenNoneIsWanted() throws Exception {
        client.send(1, V, new ProduceRequest());
        client.send(2, V, new HeartbeatRequest());
        await().until(() -> produces.size() == 1);

        produces.get(0).appended().complete(null);
        produces.get(0).response().complete(null);

        assertThat(client.receiveCorrelationId()).isEqualTo(2);
    }

    @Test
    @Acceptance(43)
    void closesTheConnectionWhenARequestWithoutAnswerFails() throws Exception {
        client.send(1, V, new ProduceRequest());
        await().until(() -> produces.size() == 1);

        produces.get(0).response().completeExceptionally(new CloseConnection("the append failed"));

        client.expectClosed();
    }

    @Test
    void answersEarlierRequestsBeforeItClosesForALaterOne() throws Exception {
        client.send(1, V, new ProduceRequest().acks((short) -1));
        client.send(2, V, new ProduceRequest());
        await().until(() -> produces.size() == 1);
        produces.get(0).appended().complete(null);
        await().until(() -> produces.size() == 2);
        produces.get(1).response().completeExceptionally(new CloseConnection("the append failed"));

        produces.get(0).response().complete(new ProduceResponse());

        assertThat(client.receiveCorrelationId()).isEqualTo(1);
        client.expectClosed();
    }
}
