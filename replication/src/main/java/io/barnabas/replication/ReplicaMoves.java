package io.barnabas.replication;

import io.barnabas.log.FutureLogs;
import io.barnabas.log.LogDirectory;
import io.barnabas.log.LogManager;
import io.barnabas.log.PartitionLog;
import io.barnabas.log.directory.PartitionDirectory;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import java.io.IOException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves replicas between the log directories of this broker: a second log grows beside the first, and takes its place
 * once it has caught up. Confined to the role mailbox; the copying runs elsewhere and posts its news there.
 */
final class ReplicaMoves {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaMoves.class);

    private final LogManager logs;
    private final FutureLogs futures;
    private final ReplicaTable table;
    private final Executor mailbox;

    ReplicaMoves(LogManager logs, ReplicaTable table, Executor mailbox) {
        this.logs = logs;
        this.futures = logs.futures();
        this.table = table;
        this.mailbox = mailbox;
    }

    /**
     * The partition shall lie in that directory: begins to move it there, or notes the wish while it is not here. A move
     * to elsewhere ends.
     *
     * @param directory absolute path
     */
    ErrorCode move(TopicPartition name, String directory) {
        LogDirectory destination = logs.directoryAt(directory);
        Partition partition = table.find(name);
        if (!PartitionDirectory.canMove(name)) {
            return ErrorCode.INVALID_TOPIC_EXCEPTION;
        } else if (destination == null) {
            return ErrorCode.LOG_DIR_NOT_FOUND;
        } else if (destination.isOffline()
                || partition != null && partition.view().role() == Role.OFFLINE) {
            return ErrorCode.KAFKA_STORAGE_ERROR;
        } else if (partition == null) {
            logs.prefer(name, destination);
            return ErrorCode.REPLICA_NOT_AVAILABLE;
        }
        try {
            return move(partition, destination);
        } catch (IOException failure) {
            LOG.error("Partition {} does not move to {}: {}", name, destination, failure.toString());
            return ErrorCode.KAFKA_STORAGE_ERROR;
        }
    }

    private ErrorCode move(Partition partition, LogDirectory destination) throws IOException {
        PartitionLog future = futures.of(partition.name());
        if (future != null && future.directory() == destination) {
            resume(partition);
            return ErrorCode.NONE;
        } else if (future != null) {
            futures.delete(partition.name());
        }
        if (partition.log().directory() == destination) {
            return ErrorCode.NONE;
        } else if (logs.liveDirectories().size() < logs.directories().size()) {
            // The lost one may hold a replica that is on its way already.
            return ErrorCode.KAFKA_STORAGE_ERROR;
        }
        futures.create(partition.log(), destination);
        resume(partition);
        return ErrorCode.NONE;
    }

    /** Goes on with what an earlier life began, if it did. */
    void resume(Partition partition) {
        if (futures.of(partition.name()) != null) {
            futures.begin(partition.log(), () -> mailbox.execute(() -> complete(partition.name())));
        }
    }

    private void complete(TopicPartition name) {
        Partition partition = table.find(name);
        if (partition == null || partition.view().role() == Role.OFFLINE) {
            futures.stop(name);
            return;
        }
        PartitionLog old = partition.log();
        try {
            PartitionLog now = partition.moveTo(futures);
            if (now != null) {
                futures.settle(old, now);
            }
        } catch (IOException failure) {
            LOG.error("Moving partition {} from {} failed: {}", name, old.directory(), failure.toString());
        }
    }

    void stop(TopicPartition name) {
        futures.stop(name);
    }
}
