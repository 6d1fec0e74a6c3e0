package io.barnabas.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.barnabas.requests.ApiException;
import io.barnabas.requests.ApiRegistry;
import io.barnabas.requests.Versions;
import io.barnabas.testkit.Seeds;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.message.FetchRequest;
import io.barnabas.wire.message.FetchResponse;
import io.barnabas.wire.message.FetchResponse.FetchableTopicResponse;
import io.barnabas.wire.message.FetchResponse.PartitionData;
import io.barnabas.wire.message.HeartbeatRequest;
import io.barnabas.wire.message.HeartbeatResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerTest {
    private static final short V = 11;
    private static final int FILE_BYTES = 3_000_000;

    @TempDir
    Path directory;

    private Path file;
    private byte[] content;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger released = new AtomicInteger();
    private final AtomicInteger made = new AtomicInteger();

    @BeforeEach
    void writeFile() throws Exception {
        content = new byte[FILE_BYTES];
        Seeds.random(1).nextBytes(content);
        file = Files.write(directory.resolve("00.log"), content);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void sendsPartsOfAFileAndGivesThemBackWithoutClosingTheFile(Transport transport) throws Exception {
        try (FileChannel channel = FileChannel.open(file);
                TestServer server = server(
                        transport,
                        () -> CompletableFuture.completedFuture(
                                fetched(slice(channel, 1_000, 2_500_000), slice(channel, 10, 20))));
                RawConnection client = server.connect()) {
            client.send(5, V, new FetchRequest());

            FetchResponse response = (FetchResponse) client.receive(ApiKey.FETCH, V);

            List<PartitionData> partitions = response.responses().get(0).partitions();
            assertThat(bytes(partitions.get(0))).isEqualTo(Arrays.copyOfRange(content, 1_000, 2_501_000));
            assertThat(bytes(partitions.get(1))).isEqualTo(Arrays.copyOfRange(content, 10, 30));
            await().until(() -> released.get() == 2);
            assertThat(channel.isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void startsNoMoreRequestsOfAClientThatDoesNotReadItsAnswers(Transport transport) throws Exception {
        int requests = 200;
        try (FileChannel channel = FileChannel.open(file);
                TestServer server = server(
                        transport, () -> CompletableFuture.completedFuture(fetched(slice(channel, 0, FILE_BYTES))));
                RawConnection lazy = server.connect();
                RawConnection other = server.connect()) {
            for (int i = 0; i < requests; i++) {
                lazy.send(i, V, new FetchRequest());
            }
            await().until(() -> asked.get() > 0);
            for (int i = 0; i < 50; i++) {
                other.send(i, (short) 0, new HeartbeatRequest());
                other.receive();
            }
            assertThat(asked.get())
                    .as("socket buffers hold a few answers, we hold one")
                    .isLessThan(20);
            for (int i = 0; i < requests; i++) {
                assertThat(lazy.receiveCorrelationId()).isEqualTo(i);
            }
            await().until(() -> released.get() == requests);
        }
    }

    @Test
    void closesTheConnectionWhenAFileEndsBeforeItsPart() throws Exception {
        try (FileChannel channel = FileChannel.open(file);
                TestServer server = server(
                        Transport.best(),
                        () -> CompletableFuture.completedFuture(fetched(slice(channel, FILE_BYTES - 10, 11))));
                RawConnection client = server.connect()) {
            client.send(5, V, new FetchRequest());

            client.expectClosed();

            await().until(() -> released.get() == 1);
        }
    }

    @Test
    void givesPartsOfAFileBackWhenTheClientHasGone() throws Exception {
        CompletableFuture<FetchResponse> answer = new CompletableFuture<>();
        try (FileChannel channel = FileChannel.open(file);
                TestServer server = server(Transport.best(), () -> answer)) {
            try (RawConnection client = server.connect()) {
                client.send(5, V, new FetchRequest());
                await().until(() -> asked.get() == 1);
            }
            await().until(() -> server.network.openConnections() == 0);

            answer.complete(fetched(slice(channel, 0, 100)));

            await().until(() -> released.get() == 1);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void makesPiecesWhileItSendsThemAndKeepsTheOrderOfParts(Transport transport) throws Exception {
        try (FileChannel channel = FileChannel.open(file);
                TestServer server = server(
                        transport,
                        () -> CompletableFuture.completedFuture(
                                fetched(pieces(2_000_000), slice(channel, 0, 5_000), pieces(10), pieces(300_000))));
                RawConnection client = server.connect()) {
            for (int i = 0; i < 3; i++) {
                client.send(i, V, new FetchRequest());
            }
            for (int i = 0; i < 3; i++) {
                FetchResponse response = (FetchResponse) client.receive(ApiKey.FETCH, V);
                List<PartitionData> partitions = response.responses().get(0).partitions();
                assertThat(bytes(partitions.get(0))).isEqualTo(Arrays.copyOfRange(content, 0, 2_000_000));
                assertThat(bytes(partitions.get(1))).isEqualTo(Arrays.copyOfRange(content, 0, 5_000));
                assertThat(bytes(partitions.get(2))).isEqualTo(Arrays.copyOfRange(content, 0, 10));
                assertThat(bytes(partitions.get(3))).isEqualTo(Arrays.copyOfRange(content, 0, 300_000));
            }
            await().until(() -> released.get() == 12);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void makesNoMoreThanAClientTakes(Transport transport) throws Exception {
        try (TestServer server =
                        server(transport, () -> CompletableFuture.completedFuture(fetched(pieces(1_000_000_000))));
                RawConnection lazy = server.connect();
                RawConnection other = server.connect()) {
            lazy.send(1, V, new FetchRequest());
            lazy.send(2, V, new FetchRequest());
            await().until(() -> made.get() > 0);
            for (int i = 0; i < 200; i++) {
                other.send(i, (short) 0, new HeartbeatRequest());
                other.receive();
            }
            assertThat(made.get()).as("socket buffers hold a few, we hold two").isLessThan(200);
            assertThat(asked.get()).isEqualTo(1);
            assertThat(released).hasValue(0);
            lazy.close();
            await().until(() -> released.get() == 1);
            assertThat(made.get()).isLessThan(200);
            assertThat(server.faults.faults()).isEmpty();
        }
    }

    @Test
    void closesTheConnectionWhenAPieceCannotBeMade() throws Exception {
        RecordsRef.Pieces broken = new RecordsRef.Pieces() {
            @Override
            public ByteBuf next() {
                throw new IllegalStateException("a bug");
            }

            @Override
            public int sizeInBytes() {
                return 5_000;
            }

            @Override
            public void release() {
                released.incrementAndGet();
            }
        };
        try (TestServer server =
                        server(Transport.best(), () -> CompletableFuture.completedFuture(fetched(broken, pieces(10))));
                RawConnection client = server.connect()) {
            client.send(5, V, new FetchRequest());

            client.expectClosedWithin(1_000);

            await().until(() -> released.get() == 2);
            assertThat(server.faults.faults()).hasSize(1);
        }
    }

    @Test
    void refusesAWholeRequestInTheFormOfItsApi() throws Exception {
        try (TestServer server = server(Transport.best(), () -> {
                    throw new ApiException(ErrorCode.CLUSTER_AUTHORIZATION_FAILED, "not you");
                });
                RawConnection client = server.connect()) {
            client.send(5, V, new FetchRequest());

            FetchResponse response = (FetchResponse) client.receive(ApiKey.FETCH, V);

            assertThat(response.errorCode()).isEqualTo(ErrorCode.CLUSTER_AUTHORIZATION_FAILED.code());
            assertThat(server.faults.faults()).isEmpty();
        }
    }

    @Test
    void answersAFaultWithAnUnknownServerErrorAndReportsItOnce() throws Exception {
        try (TestServer server = server(
                        Transport.best(), () -> CompletableFuture.failedFuture(new IllegalStateException("a bug")));
                RawConnection client = server.connect()) {
            client.send(5, V, new FetchRequest());

            FetchResponse response = (FetchResponse) client.receive(ApiKey.FETCH, V);

            assertThat(response.errorCode()).isEqualTo(ErrorCode.UNKNOWN_SERVER_ERROR.code());
            assertThat(server.faults.faults()).hasSize(1);
        }
    }

    @Test
    void closesTheConnectionWhenAnAnswerCannotBeWritten() throws Exception {
        FetchResponse wrong = new FetchResponse().responses(null);
        try (TestServer server = server(Transport.best(), () -> CompletableFuture.completedFuture(wrong));
                RawConnection client = server.connect()) {
            client.send(5, V, new FetchRequest());

            client.expectClosed();

            assertThat(server.faults.faults()).hasSize(1);
        }
    }

    private TestServer server(Transport transport, Supplier<CompletionStage<FetchResponse>> answer) throws Exception {
        ApiRegistry registry = new ApiRegistry()
                .<FetchRequest, FetchResponse>deferred(ApiKey.FETCH, Versions.of(4, 12), (context, request) -> {
                    asked.incrementAndGet();
                    return answer.get();
                })
                .<HeartbeatRequest, HeartbeatResponse>inline(
                        ApiKey.HEARTBEAT, Versions.of(0, 4), (context, request) -> new HeartbeatResponse());
        return new TestServer(transport, registry, config -> config);
    }

    private RecordsRef slice(FileChannel channel, long position, int bytes) {
        return new RecordsRef.FileSlice(channel, position, bytes, released::incrementAndGet);
    }

    /** The beginning of the file again and again, in pieces of 50 KB. */
    private RecordsRef pieces(int bytes) {
        return new RecordsRef.Pieces() {
            private int at;

            @Override
            public ByteBuf next() {
                made.incrementAndGet();
                int length = Math.min(50_000, bytes - at);
                ByteBuf piece = Unpooled.directBuffer(length).writeBytes(content, at % 2_000_000, length);
                at += length;
                return piece;
            }

            @Override
            public int sizeInBytes() {
                return bytes;
            }

            @Override
            public void release() {
                released.incrementAndGet();
            }
        };
    }

    private static FetchResponse fetched(RecordsRef... records) {
        List<PartitionData> partitions = Arrays.stream(records)
                .map(each -> new PartitionData().records(each))
                .toList();
        return new FetchResponse()
                .responses(List.of(new FetchableTopicResponse().topic("t").partitions(partitions)));
    }

    private static byte[] bytes(PartitionData partition) {
        return ByteBufUtil.getBytes(((RecordsRef.Buffer) partition.records()).bytes());
    }
}
