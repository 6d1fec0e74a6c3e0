package io.barnabas.requests.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.requests.ClientConnection;
import io.barnabas.requests.RequestContext;
import io.barnabas.runtime.ThreadPools;
import io.barnabas.runtime.Timers;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.FetchRequest;
import io.barnabas.wire.message.FetchRequest.FetchTopic;
import io.barnabas.wire.message.FetchResponse;
import io.barnabas.wire.message.FetchResponse.PartitionData;
import io.barnabas.wire.message.ProduceRequest;
import io.barnabas.wire.message.ProduceRequest.PartitionProduceData;
import io.barnabas.wire.message.ProduceRequest.TopicProduceData;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A producer and readers on threads of their own. Each record waits until every reader has the one before, and no
 * reader's time ever runs out: who misses a wake-up stops them all.
 */
class FetchWakeUpTest {
    private static final String TOPIC = "orders";
    private static final int PARTITIONS = 3;
    private static final int READERS = 4;
    private static final int RECORDS = 3_000;
    private static final int LONGEST_ROUND_S = 20;

    @TempDir
    Path directory;

    @Test
    void noReaderMissesItsWakeUp() throws Exception {
        try (DataFixture broker = new DataFixture(directory);
                ThreadPools pools = new ThreadPools()) {
            broker.lead(TOPIC, PARTITIONS);
            FetchHandler handler = broker.fetchHandler(new UnmovedTimers());
            Semaphore received = new Semaphore(0);
            List<CompletableFuture<Void>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                Reader reader = new Reader(handler, pools.pool("reader", 1), i % 2 == 0, received);
                readers.add(reader.done);
                reader.start();
            }
            for (int i = 0; i < RECORDS; i++) {
                produce(broker, i);
                assertThat(received.tryAcquire(READERS, LONGEST_ROUND_S, TimeUnit.SECONDS))
                        .as("record %s reached everybody", i)
                        .isTrue();
            }
            CompletableFuture.allOf(readers.toArray(CompletableFuture[]::new)).get(LONGEST_ROUND_S, TimeUnit.SECONDS);
            assertThat(broker.faults.faults()).isEmpty();
        }
    }

    private static void produce(DataFixture broker, int number) {
        TopicProduceData data = new TopicProduceData()
                .name(TOPIC)
                .partitionData(List.of(
                        new PartitionProduceData().index(number % PARTITIONS).records(Batches.of("value " + number))));
        ProduceRequest request = new ProduceRequest().acks((short) -1).topicData(List.of(data));
        var response = broker.produceHandler()
                .handle(broker.context(ApiKey.PRODUCE, 9), request)
                .response()
                .toCompletableFuture()
                .join();
        assertThat(Producing.itemOf(response).errorCode()).isZero();
    }

    /** Reads everything that the producers send; each step runs on its own thread, as on an event loop. */
    private static final class Reader {
        private final FetchHandler handler;
        private final Executor loop;
        private final boolean session;
        private final Semaphore received;
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private final long[] positions = new long[PARTITIONS];
        private int sessionId;
        private int epoch;

        Reader(FetchHandler handler, Executor loop, boolean session, Semaphore received) {
            this.handler = handler;
            this.loop = loop;
            this.session = session;
            this.received = received;
            this.epoch = session ? 0 : -1;
        }

        void start() {
            loop.execute(this::fetch);
        }

        private void fetch() {
            FetchTopic topic = new FetchTopic().topic(TOPIC).topicId(Uuid.ZERO);
            for (int i = 0; i < PARTITIONS; i++) {
                topic.partitions().add(Fetching.from(i, positions[i]));
            }
            FetchRequest request = Fetching.request()
                    .maxWaitMs(Integer.MAX_VALUE)
                    .maxBytes(2_000)
                    .sessionId(sessionId)
                    .sessionEpoch(epoch)
                    .topics(List.of(topic));
            handler.handle(context(), request).whenComplete((response, failure) -> {
                if (failure != null) {
                    done.completeExceptionally(failure);
                } else {
                    loop.execute(() -> take(response));
                }
            });
        }

        private void take(FetchResponse response) {
            try {
                assertThat(response.errorCode()).isZero();
                response.responses().forEach(topic -> topic.partitions().forEach(this::take));
                if (session) {
                    sessionId = response.sessionId();
                    epoch++;
                }
                if (LongStream.of(positions).sum() == RECORDS) {
                    done.complete(null);
                } else {
                    fetch();
                }
            } catch (Throwable failure) {
                done.completeExceptionally(failure);
            }
        }

        private void take(PartitionData partition) {
            int records = Fetching.values(partition).size();
            positions[partition.partitionIndex()] += records;
            received.release(records);
        }

        private RequestContext context() {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            ClientConnection connection = new ClientConnection("reader", "PLAINTEXT", loopback, 1, loopback, 1, loop);
            return new RequestContext(connection, ApiKey.FETCH, (short) 12, 1, "reader");
        }
    }

    /** Never runs anything; unlike simulated time it may be asked by several threads. */
    private static final class UnmovedTimers implements Timers {
        @Override
        public Timer schedule(long delayMs, Runnable task) {
            return () -> {};
        }

        @Override
        public Timer repeat(long initialDelayMs, long periodMs, Runnable task) {
            return () -> {};
        }
    }
}
