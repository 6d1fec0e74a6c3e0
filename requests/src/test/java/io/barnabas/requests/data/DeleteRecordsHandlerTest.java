package io.barnabas.requests.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.LogConfig;
import io.barnabas.replication.Partition;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.Metrics;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.DeleteRecordsRequest;
import io.barnabas.wire.message.DeleteRecordsRequest.DeleteRecordsPartition;
import io.barnabas.wire.message.DeleteRecordsRequest.DeleteRecordsTopic;
import io.barnabas.wire.message.DeleteRecordsResponse;
import io.barnabas.wire.message.DeleteRecordsResponse.DeleteRecordsPartitionResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeleteRecordsHandlerTest {
    private static final String TOPIC = "orders";

    @TempDir
    Path directory;

    private DataFixture broker;
    private DeleteRecordsHandler handler;

    @BeforeEach
    void start() throws IOException {
        broker = new DataFixture(directory);
        handler = new DeleteRecordsHandler(broker.lookup(), Authorizer.allowAll(), Metrics.none(), broker.time);
    }

    @AfterEach
    void stop() {
        broker.close();
        assertThat(broker.faults.faults()).isEmpty();
    }

    @Test
    void movesTheLogStart() {
        broker.lead(TOPIC, 1);
        produce("a", "b", "c");
        assertThat(delete(TOPIC, 2)).isEqualTo("NONE 2");
        assertThat(delete(TOPIC, -1)).isEqualTo("NONE 3");
        assertThat(delete(TOPIC, 1)).isEqualTo("NONE 3");
        assertThat(partition().log().logStartOffset()).isEqualTo(3);
    }

    @Test
    void refusesWhatIsNotThereToDelete() {
        broker.lead(TOPIC, 1);
        produce("a");
        assertThat(delete(TOPIC, 2)).isEqualTo("OFFSET_OUT_OF_RANGE -1");
        assertThat(delete(TOPIC, -2)).isEqualTo("OFFSET_OUT_OF_RANGE -1");
        assertThat(delete("nowhere", 0)).isEqualTo("UNKNOWN_TOPIC_OR_PARTITION -1");
        broker.announce("elsewhere", 0, DataFixture.OTHER_ID, 0);
        assertThat(delete("elsewhere", 0)).isEqualTo("NOT_LEADER_OR_FOLLOWER -1");
    }

    @Test
    void refusesTopicsThatAreCompactedOnlyAndInternalOnes() {
        broker.logConfig = LogConfig.builder().delete(false).compact(true).build();
        broker.lead(TOPIC, 1);
        broker.lead("__consumer_offsets", 1);
        assertThat(delete(TOPIC, 0)).isEqualTo("POLICY_VIOLATION -1");
        assertThat(delete("__consumer_offsets", 0)).isEqualTo("INVALID_TOPIC_EXCEPTION -1");
    }

    @Test
    void waitsForTheFollowers() {
        Partition partition = broker.role(TOPIC, 0, 1, 0, ids(1, 2), ids(1, 2));
        new Producing(broker, TOPIC, 0).acks(1).item(Batches.of("a"));
        partition.followerFetched(2, 1, 0, 1);
        CompletableFuture<DeleteRecordsResponse> answer = send(TOPIC, 1);
        assertThat(answer).isNotDone();
        partition.followerFetched(2, 1, 1, 1);
        assertThat(text(answer.join())).isEqualTo("NONE 1");
    }

    @Test
    void doesNotWaitForEver() {
        Partition partition = broker.role(TOPIC, 0, 1, 0, ids(1, 2), ids(1, 2));
        new Producing(broker, TOPIC, 0).acks(1).item(Batches.of("a"));
        partition.followerFetched(2, 1, 0, 1);
        CompletableFuture<DeleteRecordsResponse> answer = send(TOPIC, 1);
        broker.time.advanceMs(30_000);
        assertThat(text(answer.join())).isEqualTo("REQUEST_TIMED_OUT 0");
    }

    private String delete(String topic, long offset) {
        CompletableFuture<DeleteRecordsResponse> answer = send(topic, offset);
        assertThat(answer).isDone();
        return text(answer.join());
    }

    private CompletableFuture<DeleteRecordsResponse> send(String topic, long offset) {
        DeleteRecordsRequest request = new DeleteRecordsRequest()
                .timeoutMs(30_000)
                .topics(List.of(new DeleteRecordsTopic()
                        .name(topic)
                        .partitions(List.of(
                                new DeleteRecordsPartition().partitionIndex(0).offset(offset)))));
        return handler.handle(broker.context(ApiKey.DELETE_RECORDS, 2), request).toCompletableFuture();
    }

    private static String text(DeleteRecordsResponse answer) {
        DeleteRecordsPartitionResult result =
                answer.topics().get(0).partitions().get(0);
        return ErrorCode.of(result.errorCode()) + " " + result.lowWatermark();
    }

    private void produce(String... values) {
        for (String value : values) {
            new Producing(broker, TOPIC, 0).item(Batches.of(value));
        }
    }

    private Partition partition() {
        return broker.replicas.topic(TOPIC).partition(0);
    }

    private static int[] ids(int... ids) {
        return ids;
    }
}
