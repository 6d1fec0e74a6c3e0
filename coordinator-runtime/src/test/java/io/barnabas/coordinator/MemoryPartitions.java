package io.barnabas.coordinator;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Partitions that keep their batches in memory; what is committed, and what fails, the test decides. One thread. */
public final class MemoryPartitions implements PartitionWriter {
    private final Map<TopicPartition, Log> logs = new HashMap<>();
    private boolean commitsAtOnce = true;
    private ErrorCode appendError = ErrorCode.NONE;
    private ErrorCode readError = ErrorCode.NONE;
    private Runnable afterLastRead = () -> {};

    /** Batches are committed only by {@link #commitAll} from now on, or as they come again. */
    public void commitAtOnce(boolean atOnce) {
        commitsAtOnce = atOnce;
    }

    public void commitAll() {
        List.copyOf(logs.values()).forEach(log -> log.commit(log.endOffset()));
    }

    /** NONE to take appends again. */
    public void refuseAppends(ErrorCode error) {
        appendError = error;
    }

    /** NONE to let reads through again. */
    public void refuseReads(ErrorCode error) {
        readError = error;
    }

    /** Runs once, when somebody has read to the end. */
    public void afterLastRead(Runnable action) {
        afterLastRead = action;
    }

    /** Appends of older epochs are refused from now on. */
    public void leaderEpoch(TopicPartition partition, int epoch) {
        log(partition).leaderEpoch = epoch;
    }

    /** Puts a batch there as it is, offsets stamped. */
    public void plant(TopicPartition partition, ByteBuf batch) {
        log(partition).add(batch);
        batch.release();
    }

    public long endOffset(TopicPartition partition) {
        return log(partition).endOffset();
    }

    /** The batches, in the test's hands. */
    public List<ByteBuf> batches(TopicPartition partition) {
        return log(partition).batches;
    }

    @Override
    public AppendResult append(TopicPartition partition, int leaderEpoch, ByteBuf batch, Proof proof) {
        Log log = log(partition);
        if (leaderEpoch < log.leaderEpoch) {
            return new AppendRefused(ErrorCode.NOT_LEADER_OR_FOLLOWER);
        }
        if (appendError != ErrorCode.NONE) {
            return new AppendRefused(appendError);
        }
        long baseOffset = log.endOffset();
        log.add(batch);
        if (commitsAtOnce) {
            log.commit(log.endOffset());
        }
        return new Appended(baseOffset, log.endOffset());
    }

    @Override
    public long committedOffset(TopicPartition partition) {
        return log(partition).committed;
    }

    @Override
    public Subscription onCommitted(TopicPartition partition, Runnable moved) {
        List<Runnable> listeners = log(partition).listeners;
        listeners.add(moved);
        return () -> listeners.remove(moved);
    }

    @Override
    public ReadResult read(TopicPartition partition, int leaderEpoch, long fromOffset, int maxBytes) {
        if (readError != ErrorCode.NONE) {
            return new ReadRefused(readError);
        }
        ByteBuf chunk = Unpooled.buffer();
        for (ByteBuf batch : log(partition).batches) {
            if (BatchHeader.lastOffset(batch, 0) < fromOffset) {
                continue;
            }
            if (chunk.isReadable() && chunk.readableBytes() + batch.readableBytes() > maxBytes) {
                break;
            }
            chunk.writeBytes(batch.duplicate());
        }
        if (!chunk.isReadable()) {
            Runnable action = afterLastRead;
            afterLastRead = () -> {};
            action.run();
        }
        return new Chunk(chunk);
    }

    public int listeners(TopicPartition partition) {
        return log(partition).listeners.size();
    }

    private Log log(TopicPartition partition) {
        return logs.computeIfAbsent(partition, p -> new Log());
    }

    private static final class Log {
        private final List<ByteBuf> batches = new ArrayList<>();
        private final List<Runnable> listeners = new ArrayList<>();
        private int leaderEpoch;
        private long committed;

        private long endOffset() {
            return batches.isEmpty() ? 0 : BatchHeader.lastOffset(batches.get(batches.size() - 1), 0) + 1;
        }

        private void add(ByteBuf batch) {
            ByteBuf copy = Unpooled.copiedBuffer(batch);
            BatchHeader.stamp(copy, 0, endOffset(), leaderEpoch);
            batches.add(copy);
        }

        private void commit(long offset) {
            committed = offset;
            List.copyOf(listeners).forEach(Runnable::run);
        }
    }
}
