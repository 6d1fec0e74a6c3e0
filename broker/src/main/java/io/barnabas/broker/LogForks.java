package io.barnabas.broker;

import io.barnabas.config.BrokerConfig;
import io.barnabas.config.TopicConfig;
import io.barnabas.log.LogConfig;
import io.barnabas.log.LogManager;
import io.barnabas.log.PartitionLog;
import io.barnabas.log.TimestampedOffset;
import io.barnabas.replication.Partition;
import io.barnabas.replication.Replicas;
import io.barnabas.requests.admin.CloneWish;
import io.barnabas.runtime.Clock;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forks the logs of a topic whose partitions this broker leads: all of them, or none. Waits for the disk. */
final class LogForks {
    private static final Logger LOG = LoggerFactory.getLogger(LogForks.class);

    private final int brokerId;
    private final LogManager logs;
    private final Replicas replicas;
    private final Supplier<BrokerConfig> config;
    private final Clock clock;

    /** What became of it. */
    sealed interface Outcome {
        <R> R fold(Function<Made, R> made, Function<Refused, R> refused);
    }

    /** @param leaderEpochs in which this broker is to lead, by partition; higher than any in the logs */
    record Made(int brokerId, SortedMap<Integer, Integer> leaderEpochs) implements Outcome {
        @Override
        public <R> R fold(Function<Made, R> made, Function<Refused, R> refused) {
            return made.apply(this);
        }
    }

    record Refused(ErrorCode error, String message) implements Outcome {
        @Override
        public <R> R fold(Function<Made, R> made, Function<Refused, R> refused) {
            return refused.apply(this);
        }
    }

    LogForks(int brokerId, LogManager logs, Replicas replicas, Supplier<BrokerConfig> config, Clock clock) {
        this.brokerId = brokerId;
        this.logs = logs;
        this.replicas = replicas;
        this.config = config;
        this.clock = clock;
    }

    /** @param configs what the clone sets itself */
    Outcome make(CloneWish wish, Uuid topicId, Collection<Integer> partitions, Map<String, String> configs) {
        LogConfig logConfig = LogConfig.from(TopicConfig.of(config.get(), configs));
        SortedMap<Integer, Integer> epochs = new TreeMap<>();
        try {
            SortedMap<Integer, Long> ends = new TreeMap<>();
            for (int index : partitions) {
                PartitionLog source = ledLog(new TopicPartition(wish.source(), index));
                if (source == null) {
                    return new Refused(
                            ErrorCode.NOT_LEADER_OR_FOLLOWER,
                            "Broker " + brokerId + " does not lead partition " + index + " of topic " + wish.source()
                                    + ", and a topic is cloned where all its leaders are.");
                }
                long end = end(wish, source);
                if (end < source.logStartOffset()) {
                    return new Refused(
                            ErrorCode.OFFSET_OUT_OF_RANGE,
                            "Partition " + index + " of topic " + wish.source() + " begins at offset "
                                    + source.logStartOffset() + " only.");
                }
                ends.put(index, end);
            }
            for (int index : partitions) {
                epochs.put(index, fork(wish, topicId, index, ends.get(index), logConfig));
            }
            return new Made(brokerId, epochs);
        } catch (IOException failure) {
            LOG.warn("Topic {} is not cloned as {}: {}", wish.source(), wish.target(), failure.toString());
            discard(wish.target(), epochs.keySet());
            return new Refused(ErrorCode.KAFKA_STORAGE_ERROR, failure.getMessage());
        }
    }

    /** Deletes forks that nobody has been told of. */
    void discard(String target, Collection<Integer> partitions) {
        for (int index : partitions) {
            try {
                logs.delete(new TopicPartition(target, index));
            } catch (IOException failure) {
                LOG.warn("The log of {}-{} is not deleted: {}", target, index, failure.toString());
            }
        }
    }

    /** Null when this broker does not lead the partition. */
    private PartitionLog ledLog(TopicPartition name) {
        Partition partition = replicas.partition(name);
        return partition != null && partition.view().isLeader() ? partition.log() : null;
    }

    /** Nothing that is not committed is cloned. */
    private static long end(CloneWish wish, PartitionLog source) throws IOException {
        long committed = source.highWatermark();
        if (wish.offset().isPresent()) {
            return Math.min(committed, wish.offset().getAsLong());
        } else if (wish.timestampMs().isPresent()) {
            TimestampedOffset first =
                    source.offsetByTimestamp(wish.timestampMs().getAsLong());
            return first == null ? committed : Math.min(committed, first.offset());
        }
        return committed;
    }

    private int fork(CloneWish wish, Uuid topicId, int index, long end, LogConfig logConfig) throws IOException {
        PartitionLog made = logs.fork(
                new TopicPartition(wish.source(), index),
                new TopicPartition(wish.target(), index),
                topicId,
                end,
                logConfig);
        int epoch = made.leaderEpochs().latestEpoch() + 1;
        made.abortOpenTransactions(epoch, clock.nowMs());
        made.updateHighWatermark(made.logEndOffset());
        return epoch;
    }
}
