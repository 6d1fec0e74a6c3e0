package io.barnabas.broker;

import io.barnabas.coordinator.PartitionWriter;
import io.barnabas.log.AppendOrigin;
import io.barnabas.log.AppendOutcome;
import io.barnabas.log.PartitionLog;
import io.barnabas.log.ReadOutcome;
import io.barnabas.log.producer.Verification;
import io.barnabas.replication.Partition;
import io.barnabas.replication.PartitionListener;
import io.barnabas.replication.Replicas;
import io.barnabas.requests.txn.PartitionProof;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.TopicPartition;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Lets coordinators write to and read from the partitions that this broker leads. Any thread may call. */
public final class ReplicaPartitionWriter implements PartitionWriter {
    private final Replicas replicas;
    private final ByteBufAllocator allocator;

    public ReplicaPartitionWriter(Replicas replicas, ByteBufAllocator allocator) {
        this.replicas = replicas;
        this.allocator = allocator;
    }

    @Override
    public AppendResult append(TopicPartition name, int leaderEpoch, ByteBuf batch, Proof proof) {
        Partition partition = replicas.partition(name);
        if (partition == null) {
            return new AppendRefused(ErrorCode.NOT_LEADER_OR_FOLLOWER);
        }
        Verification verification = proof instanceof PartitionProof ofPartition ? ofPartition.verification() : null;
        AppendOutcome outcome = partition.appendAsLeader(
                batch, AppendOrigin.COORDINATOR, verification, Partition.ACKS_ALL, leaderEpoch);
        return outcome.fold(
                appended -> new Appended(appended.baseOffset(), appended.lastOffset() + 1),
                rejected -> new AppendRefused(rejected.error()));
    }

    @Override
    public long committedOffset(TopicPartition name) {
        Partition partition = replicas.partition(name);
        return partition == null || partition.log() == null
                ? 0
                : partition.log().highWatermark();
    }

    @Override
    public Subscription onCommitted(TopicPartition name, Runnable moved) {
        Partition partition = replicas.partition(name);
        if (partition == null) {
            return () -> {};
        }
        PartitionListener listener = new Committed(moved);
        partition.subscribe(listener);
        return () -> partition.unsubscribe(listener);
    }

    @Override
    public ReadResult read(TopicPartition name, int leaderEpoch, long fromOffset, int maxBytes) {
        Partition partition = replicas.partition(name);
        if (partition == null) {
            return new ReadRefused(ErrorCode.NOT_LEADER_OR_FOLLOWER);
        }
        ErrorCode refusal = partition.view().leaderRefusal(leaderEpoch);
        return refusal == ErrorCode.NONE ? read(partition.log(), fromOffset, maxBytes) : new ReadRefused(refusal);
    }

    private ReadResult read(PartitionLog log, long fromOffset, int maxBytes) {
        long start = Math.max(fromOffset, log.logStartOffset());
        ReadOutcome outcome = log.readFromDisk(start, maxBytes, true, log.logEndOffset());
        return outcome.fold(
                slice -> wholeBatches(slice.records()),
                () -> new ReadRefused(ErrorCode.UNKNOWN_SERVER_ERROR),
                outOfRange -> new ReadRefused(ErrorCode.OFFSET_OUT_OF_RANGE),
                unreadable -> new ReadRefused(unreadable.error()));
    }

    private ReadResult wholeBatches(RecordsRef records) {
        return RecordBytes.copy(records, allocator)
                .<ReadResult>map(bytes -> new Chunk(RecordBytes.cutToWholeBatches(bytes)))
                .orElse(new ReadRefused(ErrorCode.KAFKA_STORAGE_ERROR));
    }

    private record Committed(Runnable moved) implements PartitionListener {
        @Override
        public void appended(int bytes) {
            // Not replicated yet, so nothing has moved for a coordinator.
        }

        @Override
        public void committed(int bytes) {
            moved.run();
        }

        @Override
        public void changed() {
            moved.run();
        }
    }
}
