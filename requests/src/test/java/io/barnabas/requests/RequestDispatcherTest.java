package io.barnabas.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.testkit.RecordedFaults;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.ApiVersionsRequest;
import io.barnabas.wire.message.ApiVersionsResponse;
import io.barnabas.wire.message.HeartbeatRequest;
import io.barnabas.wire.message.HeartbeatResponse;
import io.barnabas.wire.message.ProduceRequest;
import io.barnabas.wire.message.ProduceResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestDispatcherTest {
    private final ClientConnection connection = new ClientConnection(
            "c",
            "PLAINTEXT",
            InetAddress.getLoopbackAddress(),
            4711,
            InetAddress.getLoopbackAddress(),
            9092,
            Runnable::run);
    private final RecordedFaults faults = new RecordedFaults();
    private final ApiRegistry registry = new ApiRegistry();
    private final RequestDispatcher dispatcher = new RequestDispatcher(registry, Metrics.none(), faults);
    private final RecordedExchange exchange = new RecordedExchange();
    private boolean faultExpected;

    @AfterEach
    void noFaults() {
        assertThat(faults.faults()).hasSize(faultExpected ? 1 : 0);
    }

    @Test
    void handsTheRequestAndItsContextToTheHandler() {
        RequestContext[] seen = new RequestContext[1];
        HeartbeatRequest[] asked = new HeartbeatRequest[1];
        registry.<HeartbeatRequest, HeartbeatResponse>inline(
                ApiKey.HEARTBEAT, Versions.of(0, 4), (context, request) -> {
                    seen[0] = context;
                    asked[0] = request;
                    return new HeartbeatResponse();
                });

        dispatch(Frames.request(12, "me", 4, new HeartbeatRequest().groupId("g").generationId(3)));

        assertThat(seen[0]).isEqualTo(new RequestContext(connection, ApiKey.HEARTBEAT, (short) 4, 12, "me"));
        assertThat(seen[0].reachedHost()).isEqualTo("127.0.0.1");
        assertThat(asked[0].groupId()).isEqualTo("g");
        assertThat(asked[0].generationId()).isEqualTo(3);
        assertThat(exchange.events).containsExactly("answer");
    }

    @Test
    void letsGoOfTheBytesOfADeferredRequestAtOnce() {
        CompletableFuture<HeartbeatResponse> later = new CompletableFuture<>();
        registry.<HeartbeatRequest, HeartbeatResponse>deferred(
                ApiKey.HEARTBEAT, Versions.of(0, 4), (context, request) -> later);

        dispatch(Frames.request(1, null, 0, new HeartbeatRequest()));
        assertThat(exchange.events).containsExactly("bytes not needed");

        later.complete(new HeartbeatResponse());
        assertThat(exchange.events).containsExactly("bytes not needed", "answer");
    }

    @Test
    void keepsTheBytesOfAPipelinedRequestUntilItMayContinue() {
        CompletableFuture<Void> appended = new CompletableFuture<>();
        CompletableFuture<ProduceResponse> response = new CompletableFuture<>();
        registry.<ProduceRequest, ProduceResponse>pipelined(
                ApiKey.PRODUCE,
                Versions.of(0, 13),
                (context, request) -> new PipelinedHandler.Outcome<>(appended, response));

        dispatch(Frames.request(1, null, 9, new ProduceRequest()));
        assertThat(exchange.events).isEmpty();

        appended.complete(null);
        response.complete(null);
        assertThat(exchange.events).containsExactly("may continue", "silence");
    }

    @Test
    void answersAnApiVersionsThatIsTooNewInTheOldestForm() {
        registry.<ApiVersionsRequest, ApiVersionsResponse>inline(
                ApiKey.API_VERSIONS, Versions.of(0, 4), (context, request) -> new ApiVersionsResponse());
        ByteBuf frame = Frames.request(3, "me", 5, new ApiVersionsRequest());
        frame.setShort(2, 77);

        dispatch(frame);

        ByteBuf answer = Frames.response(exchange.context, exchange.answer);
        assertThat(answer.readInt()).as("correlation id").isEqualTo(3);
        assertThat(answer.readShort()).isEqualTo(ErrorCode.UNSUPPORTED_VERSION.code());
        assertThat(answer.readInt()).as("one entry").isEqualTo(1);
        assertThat(answer.readShort()).isEqualTo((short) 18);
        assertThat(answer.readShort()).isEqualTo((short) 0);
        assertThat(answer.readShort()).isEqualTo((short) 4);
        assertThat(answer.isReadable()).isFalse();
    }

    @Test
    void closesWithOneLineThatNamesTheClientOfAnUnservedRequest() {
        connection.introducedAs(new ClientSoftware("librdkafka", "0.9"));

        dispatch(Frames.request(3, "my\u0007app", 0, new HeartbeatRequest()));

        assertThat(exchange.events)
                .containsExactly("close: client 'my?app' (librdkafka 0.9) asked for Heartbeat version 0,"
                        + " which this broker does not serve");
    }

    @Test
    void closesForBytesThatAreNoRequest() {
        dispatch(Unpooled.wrappedBuffer(new byte[] {0, 18}));
        dispatch(Unpooled.EMPTY_BUFFER);

        assertThat(exchange.events).hasSize(2).allMatch(event -> event.startsWith("close: "));
    }

    @Test
    void answersAFaultInTheFormOfTheApi() {
        faultExpected = true;
        registry.<HeartbeatRequest, HeartbeatResponse>inline(
                ApiKey.HEARTBEAT, Versions.of(0, 4), (context, request) -> {
                    throw new IllegalStateException("a bug");
                });

        dispatch(Frames.request(1, null, 0, new HeartbeatRequest()));

        assertThat(((HeartbeatResponse) exchange.answer).errorCode()).isEqualTo(ErrorCode.UNKNOWN_SERVER_ERROR.code());
    }

    @Test
    void refusesARegistrationThatNoMessageDescribes() {
        assertThatThrownBy(() -> registry.<HeartbeatRequest, HeartbeatResponse>inline(
                        ApiKey.HEARTBEAT, Versions.of(0, 99), (context, request) -> new HeartbeatResponse()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void dispatch(ByteBuf frame) {
        dispatcher.dispatch(connection, frame, exchange);
    }
}
