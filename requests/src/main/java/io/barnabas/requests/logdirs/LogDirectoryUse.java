package io.barnabas.requests.logdirs;

import io.barnabas.log.LogDirectory;
import io.barnabas.log.LogManager;
import io.barnabas.log.LogManager.Space;
import io.barnabas.log.PartitionLog;
import io.barnabas.replication.Replicas;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.DescribeLogDirsResponse.DescribeLogDirsPartition;
import io.barnabas.wire.message.DescribeLogDirsResponse.DescribeLogDirsResult;
import io.barnabas.wire.message.DescribeLogDirsResponse.DescribeLogDirsTopic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What lies in each log directory, at this moment. Any thread that may wait for the file system asks. */
final class LogDirectoryUse {
    private static final Logger LOG = LoggerFactory.getLogger(LogDirectoryUse.class);

    /** Of a log that no replica serves. */
    private static final long UNKNOWN_LAG = -1;

    private final LogManager logs;
    private final Replicas replicas;

    LogDirectoryUse(LogManager logs, Replicas replicas) {
        this.logs = logs;
        this.replicas = replicas;
    }

    /** One result a directory, in the order of the configuration; a failed one has an error instead of partitions. */
    List<DescribeLogDirsResult> describe(Predicate<TopicPartition> wanted) {
        Map<LogDirectory, Map<String, DescribeLogDirsTopic>> found = new HashMap<>();
        for (PartitionLog log : logs.logs()) {
            if (wanted.test(log.topicPartition())) {
                add(found, log, describe(log));
                PartitionLog future = logs.futures().of(log.topicPartition());
                if (future != null) {
                    add(found, future, describeFuture(future, log));
                }
            }
        }
        List<DescribeLogDirsResult> results = new ArrayList<>();
        for (LogDirectory directory : logs.directories()) {
            results.add(describe(directory, found.getOrDefault(directory, Map.of())));
        }
        return results;
    }

    private static void add(
            Map<LogDirectory, Map<String, DescribeLogDirsTopic>> found,
            PartitionLog log,
            DescribeLogDirsPartition described) {
        found.computeIfAbsent(log.directory(), directory -> new TreeMap<>())
                .computeIfAbsent(log.topicPartition().topic(), name -> new DescribeLogDirsTopic().name(name))
                .partitions()
                .add(described);
    }

    private DescribeLogDirsResult describe(LogDirectory directory, Map<String, DescribeLogDirsTopic> topics) {
        DescribeLogDirsResult result = new DescribeLogDirsResult()
                .logDir(directory.path().toAbsolutePath().toString());
        if (directory.isOffline()) {
            return result.errorCode(ErrorCode.KAFKA_STORAGE_ERROR.code());
        }
        try {
            Space space = logs.space(directory);
            return result.totalBytes(space.totalBytes())
                    .usableBytes(space.usableBytes())
                    .topics(new ArrayList<>(topics.values()));
        } catch (IOException failure) {
            LOG.warn("Log directory {} does not tell its size: {}", directory, failure.toString());
            return result.errorCode(ErrorCode.KAFKA_STORAGE_ERROR.code());
        }
    }

    private DescribeLogDirsPartition describe(PartitionLog log) {
        return new DescribeLogDirsPartition()
                .partitionIndex(log.topicPartition().partition())
                .partitionSize(log.sizeInBytes())
                .offsetLag(lag(log));
    }

    /** A log on its way into the directory; it lags behind the one that it will replace. */
    private DescribeLogDirsPartition describeFuture(PartitionLog future, PartitionLog current) {
        boolean isServed = replicas.partition(current.topicPartition()) != null;
        return new DescribeLogDirsPartition()
                .partitionIndex(future.topicPartition().partition())
                .partitionSize(future.sizeInBytes())
                .offsetLag(isServed ? current.logEndOffset() - future.logEndOffset() : UNKNOWN_LAG)
                .isFutureKey(true);
    }

    /** How far the end is behind what is known to be replicated. */
    private long lag(PartitionLog log) {
        return replicas.partition(log.topicPartition()) == null
                ? UNKNOWN_LAG
                : Math.max(0, log.highWatermark() - log.logEndOffset());
    }
}
