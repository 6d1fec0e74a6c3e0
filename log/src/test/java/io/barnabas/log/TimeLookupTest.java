package io.barnabas.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Seeds;
import io.barnabas.wire.record.RecordBatchBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compared with a list of timestamps, by offset. */
class TimeLookupTest {
    @TempDir
    Path root;

    @Test
    void findsTheFirstRecordOfATimeAndTheYoungestOfAll() {
        Seeds.forEach(100, random -> {
            LogConfig config = LogConfig.builder()
                    .segmentBytes(random.nextInt(500, 2_000))
                    .indexIntervalBytes(random.nextInt(1, 300))
                    .build();
            LogFixture fixture = new LogFixture(root.resolve(Long.toString(random.nextLong())), config);
            fixture.openNew();
            List<Long> timestamps = append(fixture, random);
            if (random.nextBoolean()) {
                fixture.closeAndOpen();
            }
            long start = random.nextLong(timestamps.size() + 1);
            fixture.log.updateHighWatermark(timestamps.size());
            fixture.log.deleteRecordsBefore(start);
            for (long timestamp = -1; timestamp < 120; timestamp += random.nextInt(1, 9)) {
                assertThat(fixture.log.offsetByTimestamp(timestamp))
                        .as("from %s at %s in %s", start, timestamp, timestamps)
                        .isEqualTo(first(timestamps, start, timestamp));
            }
            if (start == 0) {
                long youngest = timestamps.stream().mapToLong(t -> t).max().orElseThrow();
                assertThat(fixture.log.offsetOfMaxTimestamp())
                        .isEqualTo(youngest < 0 ? null : first(timestamps, 0, youngest));
            }
        });
    }

    private static TimestampedOffset first(List<Long> timestamps, long start, long timestamp) {
        for (int i = (int) start; i < timestamps.size(); i++) {
            if (timestamps.get(i) >= timestamp) {
                return new TimestampedOffset(timestamps.get(i), i, 0);
            }
        }
        return null;
    }

    /** Times that rise on the whole, with steps back and records without one. */
    private static List<Long> append(LogFixture fixture, RandomGenerator random) throws IOException {
        List<Long> timestamps = new ArrayList<>();
        for (int i = 0; i < random.nextInt(1, 40); i++) {
            RecordBatchBuilder batch = TestBatches.builder();
            boolean timeless = random.nextInt(10) == 0;
            for (int j = random.nextInt(1, 4); j > 0; j--) {
                long timestamp = timeless ? -1 : Math.max(0, 2L * i + random.nextInt(-10, 20));
                batch.append(timestamp, null, new byte[random.nextInt(30)]);
                timestamps.add(timestamp);
            }
            fixture.appended(TestBatches.heap(batch.build()));
            fixture.time.advanceMs(1);
        }
        return timestamps;
    }
}
