package io.barnabas.requests.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.requests.Authorizer;
import io.barnabas.requests.Metrics;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.OffsetForLeaderEpochRequest;
import io.barnabas.wire.message.OffsetForLeaderEpochRequest.OffsetForLeaderPartition;
import io.barnabas.wire.message.OffsetForLeaderEpochRequest.OffsetForLeaderTopic;
import io.barnabas.wire.message.OffsetForLeaderEpochResponse.EpochEndOffset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OffsetForLeaderEpochHandlerTest {
    private static final String TOPIC = "orders";

    @TempDir
    Path directory;

    private DataFixture broker;
    private OffsetForLeaderEpochHandler handler;

    @BeforeEach
    void start() throws IOException {
        broker = new DataFixture(directory);
        handler = new OffsetForLeaderEpochHandler(broker.lookup(), Authorizer.allowAll(), Metrics.none());
    }

    @AfterEach
    void stop() {
        broker.close();
        assertThat(broker.faults.faults()).isEmpty();
    }

    @Test
    void tellsWhereEachEpochEnded() {
        epoch(1);
        produce("a", "b");
        epoch(4);
        produce("c");
        epoch(6);
        produce("d");
        assertThat(ask(1)).isEqualTo("1 ended at 2");
        assertThat(ask(3)).isEqualTo("1 ended at 2");
        assertThat(ask(4)).isEqualTo("4 ended at 3");
        assertThat(ask(6)).isEqualTo("6 ended at 4");
        assertThat(ask(0)).isEqualTo("0 ended at 0");
        assertThat(ask(7)).isEqualTo("-1 ended at -1");
    }

    @Test
    void checksTheAskersIdeaOfTheLeader() {
        epoch(3);
        broker.announce("elsewhere", 0, DataFixture.OTHER_ID, 0);
        assertThat(ask(TOPIC, 3, 2)).isEqualTo("FENCED_LEADER_EPOCH");
        assertThat(ask(TOPIC, 3, 4)).isEqualTo("UNKNOWN_LEADER_EPOCH");
        assertThat(ask("elsewhere", 3, -1)).isEqualTo("NOT_LEADER_OR_FOLLOWER");
        assertThat(ask("nowhere", 3, -1)).isEqualTo("UNKNOWN_TOPIC_OR_PARTITION");
    }

    private void epoch(int epoch) {
        broker.role(TOPIC, 0, 1, epoch, new int[] {1}, new int[] {1});
    }

    private void produce(String... values) {
        for (String value : values) {
            new Producing(broker, TOPIC, 0).item(Batches.of(value));
        }
    }

    private String ask(int epoch) {
        return ask(TOPIC, epoch, -1);
    }

    private String ask(String topic, int epoch, int currentEpoch) {
        OffsetForLeaderEpochRequest request = new OffsetForLeaderEpochRequest()
                .topics(List.of(new OffsetForLeaderTopic()
                        .topic(topic)
                        .partitions(List.of(new OffsetForLeaderPartition()
                                .partition(0)
                                .leaderEpoch(epoch)
                                .currentLeaderEpoch(currentEpoch)))));
        EpochEndOffset answer = handler.handle(broker.context(ApiKey.OFFSET_FOR_LEADER_EPOCH, 4), request)
                .topics()
                .get(0)
                .partitions()
                .get(0);
        return answer.errorCode() == 0
                ? answer.leaderEpoch() + " ended at " + answer.endOffset()
                : ErrorCode.of(answer.errorCode()).toString();
    }
}
