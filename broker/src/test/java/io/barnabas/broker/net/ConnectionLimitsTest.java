package io.barnabas.broker.net;

import static io.barnabas.broker.net.TestApis.V;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.message.HeartbeatRequest;
import io.barnabas.wire.message.JoinGroupRequest;
import io.barnabas.wire.message.JoinGroupResponse;
import io.barnabas.wire.message.ProduceRequest;
import io.barnabas.wire.message.ProduceRequest.PartitionProduceData;
import io.barnabas.wire.message.ProduceRequest.TopicProduceData;
import io.barnabas.wire.message.ProduceResponse;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {
    private final TestApis apis = new TestApis();
    private TestServer server;

    @AfterEach
    void stop() {
        server.close();
        assertThat(server.faults.faults()).isEmpty();
    }

    @Test
    void closesConnectionsBeyondTheLimitOfTheirAddress() throws Exception {
        start(TestServer.connections(100, 2));
        RawConnection first = served();
        try (RawConnection second = served();
                RawConnection third = server.connect()) {
            third.expectClosed();
            first.close();
            await().until(() -> server.network.openConnections() == 1);
            served().close();
        }
    }

    @Test
    void letsNewConnectionsWaitWhileTheBrokerIsFull() throws Exception {
        start(TestServer.connections(2, 100));
        RawConnection first = served();
        try (RawConnection second = served();
                RawConnection waiting = server.connect()) {
            waiting.send(1, V, new HeartbeatRequest());
            second.send(2, V, new HeartbeatRequest());
            second.receive();
            assertThat(waiting.isSilent()).isTrue();

            first.close();

            assertThat(waiting.receiveCorrelationId()).isEqualTo(1);
        }
    }

    @Test
    void followsNewLimitsAndClosesNothingThatIsOpen() throws Exception {
        start(TestServer.connections(2, 100));
        try (RawConnection first = served();
                RawConnection second = served();
                RawConnection waiting = server.connect()) {
            waiting.send(1, V, new HeartbeatRequest());

            server.network.limit(new ConnectionBounds(100, 3, Map.of()));

            assertThat(waiting.receiveCorrelationId()).isEqualTo(1);
            server.connect().expectClosed();

            server.network.limit(new ConnectionBounds(1, 3, Map.of()));

            first.send(2, V, new HeartbeatRequest());
            assertThat(first.receiveCorrelationId()).isEqualTo(2);
        }
    }

    @Test
    void closesIdleConnectionsButNotThoseThatWaitForAnAnswer() throws Exception {
        start(TestServer.patience(40, 60_000));
        try (RawConnection waiting = server.connect();
                RawConnection idle = served()) {
            waiting.send(1, V, new JoinGroupRequest());
            await().until(() -> apis.joins.size() == 1);

            idle.expectClosed();

            apis.joins.get(0).complete(new JoinGroupResponse().protocolName(""));
            assertThat(waiting.receiveCorrelationId()).isEqualTo(1);
        }
    }

    @Test
    void readsNoFrameThatFindsNoMemoryUntilThereIsSome() throws Exception {
        start(TestServer.memory(10_000));
        try (RawConnection first = server.connect();
                RawConnection second = server.connect()) {
            first.send(1, V, produceOf(9_000));
            await().until(() -> apis.produces.size() == 1);
            second.send(2, V, produceOf(5_000));
            second.send(3, V, new HeartbeatRequest());
            try (RawConnection small = served()) {
                assertThat(small).as("what fits is served").isNotNull();
            }
            assertThat(apis.produces).hasSize(1);

            apis.produces.get(0).appended().complete(null);

            await().until(() -> apis.produces.size() == 2);
            apis.produces.get(0).response().complete(new ProduceResponse());
            apis.produces.get(1).response().complete(new ProduceResponse());
            assertThat(first.receiveCorrelationId()).isEqualTo(1);
            assertThat(second.receiveCorrelationId()).isEqualTo(2);
            assertThat(second.receiveCorrelationId()).isEqualTo(3);
        }
        await().until(() -> server.network.requestMemoryInUse() == 0);
    }

    @Test
    void letsAFrameLargerThanTheMemoryPassAlone() throws Exception {
        start(TestServer.memory(10_000));
        try (RawConnection client = server.connect()) {
            client.send(1, V, produceOf(500_000));
            await().until(() -> apis.produces.size() == 1);
            assertThat(server.network.requestMemoryInUse()).isGreaterThan(500_000);
            apis.produces.get(0).response().complete(new ProduceResponse());
            assertThat(client.receiveCorrelationId()).isEqualTo(1);
        }
    }

    private void start(UnaryOperator<NetworkConfig> change) throws Exception {
        server = new TestServer(Transport.best(), apis.registry(), change);
    }

    /** A connection that has been accepted and has got an answer. */
    private RawConnection served() throws Exception {
        RawConnection client = server.connect();
        client.send(9, V, new HeartbeatRequest());
        assertThat(client.receiveCorrelationId()).isEqualTo(9);
        return client;
    }

    private static ProduceRequest produceOf(int bytes) {
        PartitionProduceData partition =
                new PartitionProduceData().records(new RecordsRef.Buffer(Unpooled.wrappedBuffer(new byte[bytes])));
        return new ProduceRequest()
                .acks((short) -1)
                .topicData(List.of(new TopicProduceData().name("t").partitionData(List.of(partition))));
    }
}
