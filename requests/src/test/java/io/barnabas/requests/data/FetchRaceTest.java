package io.barnabas.requests.data;

import static io.barnabas.requests.data.Fetching.from;
import static io.barnabas.requests.data.Fetching.now;
import static io.barnabas.requests.data.Fetching.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.runtime.Timers;
import io.barnabas.wire.message.FetchRequest;
import io.barnabas.wire.message.FetchResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that arrive at the worst moment: while a fetch is between two of its steps. */
class FetchRaceTest {
    private static final Runnable NOTHING = () -> {};

    @TempDir
    Path directory;

    private DataFixture broker;
    private Fetching reader;

    /** Happens while the second partition of a fetch is looked at. */
    private Runnable betweenTwoLooks = NOTHING;

    /** Happens after the looks, before the fetch is parked. */
    private Runnable beforeParking = NOTHING;

    @BeforeEach
    void start() throws IOException {
        broker = new DataFixture(directory, (context, operation, type, name) -> {
            if (name.equals("second")) {
                betweenTwoLooks.run();
            }
            return true;
        });
        broker.lead("first", 1);
        broker.lead("second", 1);
        reader = new Fetching(broker, broker.fetchHandler(new HookedTimers()), 12);
    }

    @AfterEach
    void stop() {
        broker.close();
        assertThat(broker.faults.faults()).isEmpty();
    }

    @Test
    void aRecordBetweenTheLookAndTheParkingIsSeen() {
        beforeParking = this::produceToFirst;
        CompletableFuture<FetchResponse> response = reader.send(request());
        broker.loop.run();
        assertThat(text(now(response))).containsExactly("0: late", "0: ");
    }

    @Test
    void aRecordBetweenTheLookAndTheSubscriptionIsSeen() {
        betweenTwoLooks = this::produceToFirst;
        CompletableFuture<FetchResponse> response = reader.send(request());
        broker.loop.run();
        assertThat(text(now(response))).containsExactly("0: late", "0: ");
    }

    @Test
    void aSessionThatDidNotWaitSeesItTheNextTime() {
        betweenTwoLooks = this::produceToFirst;
        FetchResponse opened = reader.answer(request().sessionEpoch(0).maxWaitMs(0));
        assertThat(text(opened)).containsExactly("0: ", "0: ");
        FetchResponse next =
                reader.answer(Fetching.request().sessionId(opened.sessionId()).sessionEpoch(1));
        assertThat(text(next)).containsExactly("0: late");
    }

    @Test
    void aSessionHearsWhatComesWhileItsAnswerIsOnItsWay() {
        FetchResponse opened = reader.answer(request().sessionEpoch(0).maxWaitMs(0));
        produceToFirst();
        CompletableFuture<FetchResponse> next =
                reader.send(Fetching.request().sessionId(opened.sessionId()).sessionEpoch(1));
        assertThat(text(now(next))).containsExactly("0: late");
    }

    private FetchRequest request() {
        return Fetching.request()
                .topics(List.of(reader.topic("first", from(0, 0)), reader.topic("second", from(0, 0))));
    }

    private void produceToFirst() {
        betweenTwoLooks = NOTHING;
        beforeParking = NOTHING;
        new Producing(broker, "first", 0).item(Batches.of("late"));
    }

    private final class HookedTimers implements Timers {
        @Override
        public Timer schedule(long delayMs, Runnable task) {
            beforeParking.run();
            return broker.time.schedule(delayMs, task);
        }

        @Override
        public Timer repeat(long initialDelayMs, long periodMs, Runnable task) {
            return broker.time.repeat(initialDelayMs, periodMs, task);
        }
    }
}
