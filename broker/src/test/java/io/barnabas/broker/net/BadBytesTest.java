package io.barnabas.broker.net;

import static io.barnabas.broker.net.TestApis.V;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.barnabas.testkit.Seeds;
import io.barnabas.wire.message.HeartbeatRequest;
import io.barnabas.wire.message.ProduceRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BadBytesTest {
    private final TestApis apis = new TestApis();
    private TestServer server;

    @AfterEach
    void serverIsWell() throws Exception {
        try (RawConnection client = server.connect()) {
            client.send(7, V, new HeartbeatRequest());
            assertThat(client.receiveCorrelationId()).isEqualTo(7);
        }
        await().until(() -> server.network.requestMemoryInUse() == 0);
        server.close();
        assertThat(server.faults.faults()).isEmpty();
    }

    @Test
    void closesTheConnectionOfAFrameThatIsTooLong() throws Exception {
        server = new TestServer(apis.registry());
        expectClosedAfter(ByteBuffer.allocate(4)
                .putInt(TestServer.CONFIG.maxRequestBytes() + 1)
                .array());
    }

    @Test
    void closesTheConnectionOfANegativeLength() throws Exception {
        server = new TestServer(apis.registry());
        expectClosedAfter(ByteBuffer.allocate(4).putInt(-2).array());
    }

    @Test
    void closesTheConnectionOfAnEmptyFrame() throws Exception {
        server = new TestServer(apis.registry());
        expectClosedAfter(new byte[4]);
    }

    @Test
    void closesTheConnectionsOfOtherProtocols() throws Exception {
        server = new TestServer(apis.registry());
        expectClosedAfter("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        expectClosedAfter(new byte[] {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01});
    }

    @Test
    void closesTheConnectionOfAnUnknownApi() throws Exception {
        server = new TestServer(apis.registry());
        expectClosedAfter(ByteBuffer.allocate(14)
                .putInt(10)
                .putShort((short) 999)
                .putShort((short) 0)
                .putInt(1)
                .putShort((short) -1)
                .array());
    }

    @Test
    void closesTheConnectionOfAVersionThatIsNotServed() throws Exception {
        server = new TestServer(apis.registry());
        expectClosedAfter(RawConnection.frame(1, (short) 0, new ProduceRequest().acks((short) 1)));
    }

    @Test
    void closesTheConnectionOfABodyThatIsCutShort() throws Exception {
        server = new TestServer(apis.registry());
        byte[] frame = RawConnection.frame(
                1, V, new HeartbeatRequest().groupId("group").memberId("member"));
        byte[] cut = ByteBuffer.allocate(frame.length - 3)
                .putInt(frame.length - 7)
                .put(frame, 4, frame.length - 7)
                .array();
        expectClosedAfter(cut);
    }

    @Test
    void closesAConnectionThatNeverEndsItsFrame() throws Exception {
        server = new TestServer(Transport.best(), apis.registry(), TestServer.patience(60_000, 40));
        expectClosedAfter(new byte[] {0, 0});
        expectClosedAfter(ByteBuffer.allocate(100).putInt(1_000).array());
    }

    @Test
    void survivesRandomBytes() throws Exception {
        server = new TestServer(apis.registry());
        Seeds.forEach(100, random -> {
            byte[] bytes = new byte[1 + random.nextInt(300)];
            random.nextBytes(bytes);
            if (random.nextBoolean() && bytes.length > 8) {
                ByteBuffer.wrap(bytes)
                        .putInt(bytes.length - 4)
                        .putShort((short) random.nextInt(20))
                        .putShort((short) random.nextInt(6));
            }
            try (RawConnection client = server.connect()) {
                client.send(bytes);
            }
        });
    }

    private void expectClosedAfter(byte[] bytes) throws Exception {
        try (RawConnection client = server.connect()) {
            client.send(bytes);
            client.expectClosed();
        }
    }
}
