package io.barnabas.requests.txn;

import io.barnabas.group.GroupCoordinator;
import io.barnabas.log.AppendOrigin;
import io.barnabas.log.AppendOutcome;
import io.barnabas.replication.Partition;
import io.barnabas.replication.Replicas;
import io.barnabas.runtime.Clock;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.record.EndTxnMarker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Ends transactions in the partitions that this broker leads. Any thread. */
public final class MarkerWriter {
    private final Replicas replicas;
    private final GroupCoordinator groups;
    private final ByteBufAllocator allocator;
    private final Clock clock;

    /** @param groups hears of transactions that end where their offsets are kept */
    public MarkerWriter(Replicas replicas, GroupCoordinator groups, ByteBufAllocator allocator, Clock clock) {
        this.replicas = replicas;
        this.groups = groups;
        this.allocator = allocator;
        this.clock = clock;
    }

    /** The end of one producer's transaction. */
    record Ending(long producerId, short producerEpoch, boolean committed, int coordinatorEpoch) {}

    /** NONE when the marker is replicated. */
    CompletionStage<ErrorCode> write(TopicPartition name, Ending ending) {
        Partition partition = replicas.partition(name);
        if (partition == null) {
            return CompletableFuture.completedStage(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        }
        ByteBuf marker = new EndTxnMarker(ending.committed, ending.coordinatorEpoch)
                .build(ending.producerId, ending.producerEpoch, clock.nowMs(), allocator);
        try {
            AppendOutcome outcome =
                    partition.appendAsLeader(marker, AppendOrigin.COORDINATOR, Partition.ACKS_ALL, Partition.ANY_EPOCH);
            return outcome.fold(
                    appended -> appended(partition, ending, appended.lastOffset() + 1),
                    rejected -> CompletableFuture.completedStage(rejected.error()));
        } finally {
            marker.release();
        }
    }

    private CompletionStage<ErrorCode> appended(Partition partition, Ending ending, long endOffset) {
        TopicPartition name = partition.name();
        if (name.topic().equals(GroupCoordinator.TOPIC)) {
            groups.transactionEnded(name.partition(), ending.producerId, ending.committed, endOffset);
        }
        CompletableFuture<ErrorCode> replicated = new CompletableFuture<>();
        partition.awaitCommitted(endOffset, replicated::complete);
        return replicated;
    }
}
