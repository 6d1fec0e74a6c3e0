package io.barnabas.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.requests.CountingMetrics.ApiFigures;
import io.barnabas.requests.CountingMetrics.TopicFigures;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class CountingMetricsTest {
    private final ClientConnection connection = new ClientConnection(
            "c", "PLAINTEXT", InetAddress.getLoopbackAddress(), 1, InetAddress.getLoopbackAddress(), 2, Runnable::run);
    private final CountingMetrics metrics = new CountingMetrics();

    @Test
    void addsUpRequestsAndErrorsOfEachApi() {
        RequestContext fetch = new RequestContext(connection, ApiKey.FETCH, (short) 11, 1, "");
        metrics.answered(fetch, 5, 100, 1_000);
        metrics.answered(fetch, 7, 10, 100);
        metrics.failed(ApiKey.FETCH, ErrorCode.OFFSET_OUT_OF_RANGE);
        metrics.unsupportedRequest(connection, (short) 99, (short) 0);

        assertThat(metrics.of(ApiKey.FETCH)).isEqualTo(new ApiFigures(2, 12, 110, 1_100));
        assertThat(metrics.of(ApiKey.PRODUCE)).isEqualTo(new ApiFigures(0, 0, 0, 0));
        assertThat(metrics.errors(ApiKey.FETCH, ErrorCode.OFFSET_OUT_OF_RANGE)).isEqualTo(1);
        assertThat(metrics.errors(ApiKey.FETCH, ErrorCode.NONE)).isZero();
        assertThat(metrics.unsupportedRequests()).isEqualTo(1);
    }

    @Test
    void tellsConsumersFromReplicasAndForgetsTopicsThatAreGone() {
        metrics.produced("t", 3, 300);
        metrics.fetched("t", 200, false);
        metrics.fetched("t", 50, true);

        assertThat(metrics.of("t")).isEqualTo(new TopicFigures(3, 300, 200, 50));
        metrics.forget("t");
        assertThat(metrics.of("t")).isEqualTo(new TopicFigures(0, 0, 0, 0));
    }

    @Test
    void countsConnectionsThatAreOpen() {
        metrics.connectionOpened("A");
        metrics.connectionOpened("A");
        metrics.connectionClosed("A");

        assertThat(metrics.openConnections("A")).isEqualTo(1);
        assertThat(metrics.openConnections("B")).isZero();
    }
}
