package io.barnabas.requests.data;

import static io.barnabas.requests.data.Fetching.from;
import static io.barnabas.requests.data.Fetching.now;
import static io.barnabas.requests.data.Fetching.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.FetchRequest;
import io.barnabas.wire.message.FetchRequest.FetchTopic;
import io.barnabas.wire.message.FetchResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchSessionTest {
    private static final String TOPIC = "orders";

    @TempDir
    Path directory;

    private DataFixture broker;
    private FetchHandler handler;
    private Fetching consumer;

    @BeforeEach
    void start() throws IOException {
        broker = new DataFixture(directory);
        handler = broker.fetchHandler();
        consumer = new Fetching(broker, handler, 12);
        broker.lead(TOPIC, 3);
    }

    @AfterEach
    void stop() {
        broker.close();
        assertThat(broker.faults.faults()).isEmpty();
    }

    @Test
    void afterTheFirstAnswerOnlyNamesWhatHasNews() {
        produce(0, "a");
        FetchResponse opened = open(0, 1, 2);
        assertThat(opened.sessionId()).isPositive();
        assertThat(text(opened)).containsExactly("0: a", "1: ", "2: ");
        CompletableFuture<FetchResponse> next =
                consumer.send(goOn(opened.sessionId(), 1, consumer.topic(TOPIC, from(0, 1))));
        assertThat(next).isNotDone();
        produce(2, "c");
        broker.loop.run();
        assertThat(now(next).sessionId()).isEqualTo(opened.sessionId());
        assertThat(text(now(next))).containsExactly("2: c");
    }

    @Test
    void answersWithAnEmptyListWhenNothingHappens() {
        int session = open(0, 1).sessionId();
        CompletableFuture<FetchResponse> next = consumer.send(goOn(session, 1));
        broker.time.advanceMs(500);
        broker.loop.run();
        assertThat(now(next).responses()).isEmpty();
        assertThat(ErrorCode.of(now(next).errorCode())).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void hearsBetweenTwoRequestsToo() {
        int session = open(0, 1).sessionId();
        produce(1, "a");
        assertThat(text(consumer.answer(goOn(session, 1)))).containsExactly("1: a");
        produce(1, "b");
        assertThat(text(consumer.answer(goOn(session, 2, consumer.topic(TOPIC, from(1, 1))))))
                .containsExactly("1: b");
    }

    @Test
    void whoWasServedGoesToTheEndOfTheLine() {
        produce(0, "a1");
        produce(0, "a2");
        produce(1, "b1");
        produce(1, "b2");
        FetchResponse first = consumer.answer(Fetching.request()
                .sessionEpoch(0)
                .maxBytes(1)
                .topics(List.of(consumer.topic(TOPIC, from(0, 0), from(1, 0)))));
        assertThat(text(first)).containsExactly("0: a1", "1: ");
        FetchResponse second = consumer.answer(
                goOn(first.sessionId(), 1, consumer.topic(TOPIC, from(0, 1))).maxBytes(1));
        assertThat(text(second)).containsExactly("1: b1");
        FetchResponse third = consumer.answer(
                goOn(first.sessionId(), 2, consumer.topic(TOPIC, from(1, 1))).maxBytes(1));
        assertThat(text(third)).containsExactly("0: a2");
    }

    @Test
    void bringsTheSameRecordsAgainUntilTheReaderMovesOn() {
        int session = open(0).sessionId();
        produce(0, "a");
        assertThat(text(consumer.answer(goOn(session, 1)))).containsExactly("0: a");
        assertThat(text(consumer.answer(goOn(session, 2)))).containsExactly("0: a");
        assertThat(text(consumer.answer(
                        goOn(session, 3, consumer.topic(TOPIC, from(0, 1))).maxWaitMs(0))))
                .isEmpty();
    }

    @Test
    void tellsThatRecordsWereDeletedAlthoughNoneCame() {
        produce(0, "a");
        int session = open(0).sessionId();
        consumer.send(goOn(session, 1, consumer.topic(TOPIC, from(0, 1))));
        broker.time.advanceMs(500);
        broker.loop.run();
        broker.replicas.topic(TOPIC).partition(0).deleteRecordsBefore(1);
        FetchResponse response = consumer.answer(goOn(session, 2).maxWaitMs(0));
        assertThat(text(response)).containsExactly("0: ");
        assertThat(Fetching.first(response).logStartOffset()).isEqualTo(1);
    }

    @Test
    void repeatsAnErrorUntilItClears() {
        FetchResponse opened = consumer.answer(
                Fetching.request().sessionEpoch(0).topics(List.of(consumer.topic("later", from(0, 0)))));
        assertThat(text(opened)).containsExactly("0: UNKNOWN_TOPIC_OR_PARTITION");
        assertThat(text(consumer.answer(goOn(opened.sessionId(), 1)))).containsExactly("0: UNKNOWN_TOPIC_OR_PARTITION");
        broker.lead("later", 1);
        assertThat(text(consumer.answer(goOn(opened.sessionId(), 2).maxWaitMs(0))))
                .containsExactly("0: ");
        assertThat(text(consumer.answer(goOn(opened.sessionId(), 3).maxWaitMs(0))))
                .isEmpty();
    }

    @Test
    void findsATopicThatWasMadeAnew() {
        int session = open(0).sessionId();
        broker.delete(TOPIC, 0);
        assertThat(text(consumer.answer(goOn(session, 1)))).containsExactly("0: NOT_LEADER_OR_FOLLOWER");
        broker.lead(TOPIC, 1);
        produce(0, "new");
        assertThat(text(consumer.answer(goOn(session, 2)))).containsExactly("0: new");
    }

    @Test
    void forgetsPartitions() {
        int session = open(0, 1).sessionId();
        FetchRequest forgetting = goOn(session, 1).forgottenTopicsData(List.of(consumer.forgotten(TOPIC, 0)));
        produce(0, "a");
        produce(1, "b");
        assertThat(text(consumer.answer(forgetting))).containsExactly("1: b");
    }

    @Test
    void endsWhenNothingIsLeft() {
        int session = open(0).sessionId();
        FetchResponse response = consumer.answer(
                goOn(session, 1).maxWaitMs(0).forgottenTopicsData(List.of(consumer.forgotten(TOPIC, 0))));
        assertThat(response.sessionId()).isZero();
        assertThat(error(consumer.answer(goOn(session, 2)))).isEqualTo(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
    }

    @Test
    void noticesALostOrRepeatedRequest() {
        int session = open(0).sessionId();
        for (int wrong : new int[] {2, Integer.MAX_VALUE, -7}) {
            FetchResponse response = consumer.answer(goOn(session, wrong));
            assertThat(error(response)).isEqualTo(ErrorCode.INVALID_FETCH_SESSION_EPOCH);
            assertThat(response.sessionId()).isZero();
            assertThat(response.responses()).isEmpty();
        }
        consumer.answer(goOn(session, 1).maxWaitMs(0));
        assertThat(error(consumer.answer(goOn(session, 1)))).isEqualTo(ErrorCode.INVALID_FETCH_SESSION_EPOCH);
        assertThat(error(consumer.answer(goOn(session, 2).maxWaitMs(0)))).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void doesNotKnowTheSessionsOfOthers() {
        assertThat(error(consumer.answer(goOn(12_345, 1)))).isEqualTo(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
        assertThat(error(consumer.answer(goOn(-5, 1)))).isEqualTo(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
    }

    @Test
    void keepsToNamesOrToIds() {
        int session = open(0).sessionId();
        Fetching byId = new Fetching(broker, handler, 13);
        assertThat(error(byId.answer(goOn(session, 1)))).isEqualTo(ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR);
    }

    @Test
    void closesWhenTheReaderSaysSo() {
        int session = open(0).sessionId();
        FetchResponse closed = consumer.answer(goOn(session, FetchSession.FINAL_EPOCH));
        assertThat(closed.sessionId()).isZero();
        assertThat(error(closed)).isEqualTo(ErrorCode.NONE);
        assertThat(error(consumer.answer(goOn(session, 1)))).isEqualTo(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
    }

    @Test
    void aReaderThatComesBackOnAnotherConnectionTakesOver() {
        int session = open(0).sessionId();
        CompletableFuture<FetchResponse> lost = consumer.send(goOn(session, 1));
        CompletableFuture<FetchResponse> next = consumer.send(goOn(session, 2));
        broker.loop.run();
        assertThat(error(now(lost))).isEqualTo(ErrorCode.INVALID_FETCH_SESSION_EPOCH);
        assertThat(next).isNotDone();
        produce(0, "a");
        broker.loop.run();
        assertThat(text(now(next))).containsExactly("0: a");
    }

    private FetchResponse open(int... partitions) {
        FetchTopic topic = consumer.topic(TOPIC);
        for (int partition : partitions) {
            topic.partitions().add(from(partition, 0));
        }
        return consumer.answer(Fetching.request().sessionEpoch(0).maxWaitMs(0).topics(List.of(topic)));
    }

    private static FetchRequest goOn(int session, int epoch, FetchTopic... topics) {
        return Fetching.request().sessionId(session).sessionEpoch(epoch).topics(List.of(topics));
    }

    private void produce(int partition, String... values) {
        for (String value : values) {
            new Producing(broker, TOPIC, partition).item(Batches.of(value));
        }
    }

    private static ErrorCode error(FetchResponse response) {
        return ErrorCode.of(response.errorCode());
    }
}
