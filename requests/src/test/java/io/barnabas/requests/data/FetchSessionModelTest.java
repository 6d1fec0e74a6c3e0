package io.barnabas.requests.data;

import static io.barnabas.requests.data.Fetching.from;
import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.PartitionLog;
import io.barnabas.testkit.Seeds;
import io.barnabas.wire.message.FetchRequest;
import io.barnabas.wire.message.FetchRequest.FetchTopic;
import io.barnabas.wire.message.FetchResponse;
import io.barnabas.wire.message.FetchResponse.PartitionData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reader with a session against a model of what it must hear: every record of what it wants, once and in order; and a
 * partition is named exactly when it brings records or something about it has changed.
 */
class FetchSessionModelTest {
    private static final int PARTITIONS = 6;

    @TempDir
    Path directory;

    private DataFixture broker;

    @BeforeEach
    void start() throws IOException {
        broker = new DataFixture(directory);
    }

    @AfterEach
    void stop() {
        broker.close();
        assertThat(broker.faults.faults()).isEmpty();
    }

    @Test
    void hearsEverythingOnceAndNothingTwice() {
        int[] run = {0};
        Seeds.forEach(25, random -> new Run("orders-" + run[0]++, random).play());
    }

    /** What the reader was told about a partition last. */
    private record Told(long highWatermark, long logStartOffset) {}

    private final class Run {
        private final String topic;
        private final RandomGenerator random;
        private final FetchHandler handler = broker.fetchHandler();
        private final Fetching reader;
        private final List<List<String>> produced = new ArrayList<>();
        private final Map<Integer, Long> wanted = new TreeMap<>();
        private final Map<Integer, Told> told = new HashMap<>();
        private final Map<Integer, Long> unsent = new TreeMap<>();
        private int session;
        private int epoch;

        Run(String topic, RandomGenerator random) {
            this.topic = topic;
            this.random = random;
            this.reader = new Fetching(broker, handler, random.nextBoolean() ? 12 : 16);
            broker.lead(topic, PARTITIONS);
            for (int i = 0; i < PARTITIONS; i++) {
                produced.add(new ArrayList<>());
            }
        }

        void play() {
            for (int step = 0; step < 80; step++) {
                switch (random.nextInt(4)) {
                    case 0, 1 -> produce(random.nextInt(PARTITIONS));
                    case 2 -> deleteSome(random.nextInt(PARTITIONS));
                    default -> fetch(random.nextInt(4) == 0 ? 1 + random.nextInt(300) : 1 << 20);
                }
            }
            for (int i = 0; i < 100; i++) {
                fetch(1 << 20);
            }
            wanted.forEach((partition, offset) -> assertThat(offset)
                    .as("partition %s read to the end", partition)
                    .isEqualTo(produced.get(partition).size()));
        }

        private void produce(int partition) {
            String value = partition + "/" + produced.get(partition).size();
            produced.get(partition).add(value);
            new Producing(broker, topic, partition).item(Batches.of(value));
        }

        /** Only what the reader has behind it, so that it is never out of range. */
        private void deleteSome(int partition) {
            long behind = wanted.getOrDefault(partition, (long) 0);
            if (behind > 0 && !unsent.containsKey(partition)) {
                broker.replicas.topic(topic).partition(partition).deleteRecordsBefore(random.nextLong(behind + 1));
            }
        }

        private void fetch(int maxBytes) {
            FetchRequest request = Fetching.request().maxWaitMs(0).maxBytes(maxBytes);
            if (session == 0 || random.nextInt(30) == 0) {
                openAnew(request);
            } else {
                goOn(request);
            }
            FetchResponse response = reader.answer(request);
            assertThat(response.errorCode()).isZero();
            session = response.sessionId();
            epoch = epoch == 0 ? 1 : epoch + 1;
            check(response);
        }

        private void openAnew(FetchRequest request) {
            FetchTopic all = reader.topic(topic);
            wanted.keySet().removeIf(partition -> random.nextInt(3) == 0);
            wanted.putIfAbsent(random.nextInt(PARTITIONS), 0L);
            wanted.replaceAll(
                    (partition, offset) -> Math.max(offset, log(partition).logStartOffset()));
            wanted.forEach((partition, offset) -> all.partitions().add(from(partition, offset)));
            unsent.clear();
            told.clear();
            epoch = 0;
            request.sessionId(session).sessionEpoch(0).topics(List.of(all));
        }

        private void goOn(FetchRequest request) {
            FetchTopic changed = reader.topic(topic);
            unsent.forEach((partition, offset) -> changed.partitions().add(from(partition, offset)));
            unsent.clear();
            if (random.nextInt(4) == 0) {
                int added = random.nextInt(PARTITIONS);
                if (!wanted.containsKey(added)) {
                    wanted.put(added, log(added).logStartOffset());
                    changed.partitions().add(from(added, log(added).logStartOffset()));
                }
            }
            if (wanted.size() > 1 && random.nextInt(6) == 0) {
                int forgotten = wanted.keySet().iterator().next();
                changed.partitions().removeIf(partition -> partition.partition() == forgotten);
                wanted.remove(forgotten);
                told.remove(forgotten);
                request.forgottenTopicsData(List.of(reader.forgotten(topic, forgotten)));
            }
            request.sessionId(session).sessionEpoch(epoch);
            if (!changed.partitions().isEmpty()) {
                request.topics(List.of(changed));
            }
        }

        private void check(FetchResponse response) {
            Map<Integer, PartitionData> named = new HashMap<>();
            response.responses()
                    .forEach(entry -> entry.partitions().forEach(partition -> {
                        assertThat(named.put(partition.partitionIndex(), partition))
                                .isNull();
                    }));
            assertThat(wanted.keySet()).containsAll(named.keySet());
            wanted.keySet().forEach(partition -> checkOne(partition, named.get(partition)));
        }

        private void checkOne(int partition, PartitionData answer) {
            Told now = new Told(log(partition).highWatermark(), log(partition).logStartOffset());
            boolean changed = !now.equals(told.get(partition));
            if (answer == null) {
                assertThat(changed)
                        .as("partition %s changed and is not named", partition)
                        .isFalse();
                return;
            }
            boolean brought = answer.records().sizeInBytes() > 0;
            assertThat(brought || changed)
                    .as("partition %s is named for nothing", partition)
                    .isTrue();
            assertThat(answer.errorCode()).isZero();
            assertThat(new Told(answer.highWatermark(), answer.logStartOffset()))
                    .isEqualTo(now);
            told.put(partition, now);
            take(partition, Fetching.values(answer));
        }

        private void take(int partition, List<String> values) {
            int from = wanted.get(partition).intValue();
            assertThat(values).isEqualTo(produced.get(partition).subList(from, from + values.size()));
            if (!values.isEmpty()) {
                wanted.put(partition, (long) from + values.size());
                unsent.put(partition, (long) from + values.size());
            }
        }

        private PartitionLog log(int partition) {
            return broker.replicas.topic(topic).partition(partition).log();
        }
    }
}
