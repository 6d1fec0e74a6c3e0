package io.barnabas.log.crash;

import io.barnabas.log.LogConfig;
import io.barnabas.wire.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The partitions of a run: one that is led, with idempotent and transactional producers; one that follows, and is cut;
 * one that is compacted; one that comes and goes; one that is flushed after every batch.
 */
final class Models {
    final PartitionModel led;
    final PartitionModel following;
    final PartitionModel compacted;
    final PartitionModel passing;
    final PartitionModel flushed;

    private Models(
            PartitionModel led,
            PartitionModel following,
            PartitionModel compacted,
            PartitionModel passing,
            PartitionModel flushed) {
        this.led = led;
        this.following = following;
        this.compacted = compacted;
        this.passing = passing;
        this.flushed = flushed;
    }

    static Models of(RandomGenerator random) {
        int segmentBytes = new int[] {1_500, 6_000, 20_000}[random.nextInt(3)];
        LogConfig config = LogConfig.builder()
                .segmentBytes(segmentBytes)
                .segmentIndexBytes(random.nextBoolean() ? 120 : 1_200)
                .indexIntervalBytes(random.nextInt(50, 1_000))
                .retentionMs(-1)
                .retentionBytes(random.nextInt(4, 12) * segmentBytes)
                .fileDeleteDelayMs(random.nextBoolean() ? 1_000 : 60_000)
                .preallocate(random.nextInt(4) == 0)
                .build();
        LogConfig compact = config.toBuilder()
                .compact(true)
                .delete(false)
                .minCleanableDirtyRatio(0.1)
                .deleteRetentionMs(30_000)
                .build();
        return new Models(
                new PartitionModel(new TopicPartition("led", 0), config),
                new PartitionModel(new TopicPartition("following", 1), config),
                new PartitionModel(new TopicPartition("compacted", 2), compact),
                new PartitionModel(new TopicPartition("passing", 3), config),
                new PartitionModel(
                        new TopicPartition("flushed", 4),
                        config.toBuilder().flushMessages(1).build()));
    }

    Models copy() {
        return new Models(led.copy(), following.copy(), compacted.copy(), passing.copy(), flushed.copy());
    }

    List<PartitionModel> all() {
        return List.of(led, following, compacted, passing, flushed);
    }

    List<PartitionModel> existing() {
        List<PartitionModel> existing = new ArrayList<>(all());
        existing.removeIf(model -> !model.exists);
        return existing;
    }

    PartitionModel ofTopic(String topic) {
        for (PartitionModel model : all()) {
            if (model.name.topic().equals(topic)) {
                return model;
            }
        }
        throw new Violation("nobody made the topic " + topic);
    }
}
