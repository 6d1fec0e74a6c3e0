package io.barnabas.requests.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.requests.ApiRegistry;
import io.barnabas.requests.ClientConnection;
import io.barnabas.requests.ClientSoftware;
import io.barnabas.requests.Frames;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.Versions;
import io.barnabas.requests.versions.ApiVersionsHandler.Features;
import io.barnabas.requests.versions.ApiVersionsHandler.Identity;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.ApiVersionsRequest;
import io.barnabas.wire.message.ApiVersionsResponse;
import io.barnabas.wire.message.ProduceRequest;
import io.barnabas.wire.message.ProduceResponse;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.util.List;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.junit.jupiter.api.Test;

class ApiVersionsHandlerTest {
    private final ClientConnection connection = new ClientConnection(
            "c",
            "PLAINTEXT",
            InetAddress.getLoopbackAddress(),
            4711,
            InetAddress.getLoopbackAddress(),
            9092,
            Runnable::run);
    private final ApiRegistry registry = new ApiRegistry();
    private final ApiVersionsHandler handler =
            new ApiVersionsHandler(registry, new Identity("cluster", 3), new Features() {
                @Override
                public long version() {
                    return 0;
                }

                @Override
                public short transactionVersion() {
                    return 2;
                }
            });

    ApiVersionsHandlerTest() {
        registry.<ProduceRequest, ProduceResponse>inline(
                ApiKey.PRODUCE, Versions.of(0, 11), (context, request) -> new ProduceResponse());
        registry.inline(ApiKey.API_VERSIONS, Versions.of(0, 5), handler);
    }

    @Test
    void listsExactlyWhatIsRegisteredInEveryVersion() throws Exception {
        for (short version = 0; version <= 5; version++) {
            ApiVersionsResponse answer = handler.handle(context(version), named("apache-kafka-java", "4.4.0"));

            ByteBuf bytes = Frames.response(context(version), answer).skipBytes(Integer.BYTES);
            var read = new org.apache.kafka.common.message.ApiVersionsResponseData(
                    new ByteBufferAccessor(bytes.nioBuffer()), version);

            assertThat(read.errorCode()).isZero();
            assertThat(read.apiKeys())
                    .extracting(key -> key.apiKey() + ":" + key.minVersion() + "-" + key.maxVersion())
                    .containsExactly("0:0-11", "18:0-5");
            assertThat(read.finalizedFeaturesEpoch()).isEqualTo(version >= 3 ? 0 : -1);
            assertThat(read.finalizedFeatures())
                    .extracting(one -> one.name() + " " + one.minVersionLevel() + "-" + one.maxVersionLevel())
                    .isEqualTo(version >= 3 ? List.of("transaction.version 2-2") : List.of());
            assertThat(read.supportedFeatures())
                    .as("clients of v3 take no feature that may be off")
                    .extracting(one -> one.name() + " " + one.minVersion() + "-" + one.maxVersion())
                    .isEqualTo(version >= 4 ? List.of("transaction.version 0-2") : List.of());
        }
    }

    @Test
    void remembersTheSoftwareThatTheClientNames() {
        handler.handle(context(3), named("librdkafka", "2.0.2"));

        assertThat(connection.software()).isEqualTo(new ClientSoftware("librdkafka", "2.0.2"));
    }

    @Test
    void refusesSoftwareNamesThatAreNone() {
        assertThat(errorOf(3, named("", "1"))).isEqualTo(ErrorCode.INVALID_REQUEST.code());
        assertThat(errorOf(3, named("a b", "1"))).isEqualTo(ErrorCode.INVALID_REQUEST.code());
        assertThat(errorOf(4, named("ok", "-1"))).isEqualTo(ErrorCode.INVALID_REQUEST.code());
        assertThat(connection.software()).isEqualTo(ClientSoftware.UNKNOWN);
        assertThat(errorOf(2, named("", ""))).as("older clients name none").isZero();
    }

    @Test
    void refusesAClientThatMeansAnotherBrokerOrCluster() {
        assertThat(errorOf(5, named("a", "1").clusterId("cluster").nodeId(3))).isZero();
        assertThat(errorOf(5, named("a", "1").clusterId("cluster").nodeId(4)))
                .isEqualTo(ErrorCode.REBOOTSTRAP_REQUIRED.code());
        assertThat(errorOf(5, named("a", "1").clusterId("other").nodeId(3)))
                .isEqualTo(ErrorCode.REBOOTSTRAP_REQUIRED.code());
        assertThat(errorOf(5, named("a", "1")))
                .as("a client that has not heard yet")
                .isZero();
    }

    private short errorOf(int version, ApiVersionsRequest request) {
        return handler.handle(context(version), request).errorCode();
    }

    private static ApiVersionsRequest named(String software, String version) {
        return new ApiVersionsRequest().clientSoftwareName(software).clientSoftwareVersion(version);
    }

    private RequestContext context(int version) {
        return new RequestContext(connection, ApiKey.API_VERSIONS, (short) version, 1, "client");
    }
}
