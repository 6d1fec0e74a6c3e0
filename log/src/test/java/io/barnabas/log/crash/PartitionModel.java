package io.barnabas.log.crash;

import io.barnabas.log.LogConfig;
import io.barnabas.testkit.disk.Crash;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of one partition from what was done to it: all batches it was ever given, its last one now, and up to
 * where it has promised to be durable. A crash's aftermath has a copy of its own.
 */
final class PartitionModel {
    final TopicPartition name;
    final LogConfig config;

    /** By each offset in them. */
    private final Map<Long, List<WrittenBatch>> known;

    WrittenBatch end;
    Uuid topicId = Uuid.ZERO;
    boolean exists;

    /** Nobody has asked for more to be deleted from the log's front than this. */
    long startOffset;

    /** Of the leader; rises with every life of the broker. */
    int leaderEpoch;

    private long promised;

    /** While the log is cut: it makes no promises beyond. */
    private long cut = Long.MAX_VALUE;

    PartitionModel(TopicPartition name, LogConfig config) {
        this(name, config, new HashMap<>());
    }

    private PartitionModel(TopicPartition name, LogConfig config, Map<Long, List<WrittenBatch>> known) {
        this.name = name;
        this.config = config;
        this.known = known;
    }

    PartitionModel copy() {
        PartitionModel copy = new PartitionModel(name, config, new HashMap<>(known));
        copy.end = end;
        copy.topicId = topicId;
        copy.exists = exists;
        copy.startOffset = startOffset;
        copy.leaderEpoch = leaderEpoch;
        copy.promised = promised;
        copy.cut = cut;
        return copy;
    }

    /** A batch is about to be appended behind another one; a crash may leave it there or not. */
    WrittenBatch handOver(ByteBuf batch, WrittenBatch before) {
        WrittenBatch written =
                new WrittenBatch(before, WrittenBatch.copy(batch, batch.readerIndex(), batch.readableBytes()));
        for (long offset = written.baseOffset(); offset <= written.lastOffset(); offset++) {
            List<WrittenBatch> more = new ArrayList<>(known.getOrDefault(offset, List.of()));
            more.add(written);
            known.put(offset, more);
        }
        return written;
    }

    /** Those that were ever given to the log for this offset. */
    List<WrittenBatch> knownAt(long offset) {
        return known.getOrDefault(offset, List.of());
    }

    long promised() {
        return promised;
    }

    /** The log says that all before the offset survives a power cut. */
    void promises(long offset) {
        promised = Math.max(promised, Math.min(offset, cut));
    }

    /** Batches that have to be there after a crash: those of the log's present path that end before an offset. */
    List<WrittenBatch> owed(Crash crash) {
        long upTo = crash == Crash.KILL ? cut : promised;
        List<WrittenBatch> owed = new ArrayList<>();
        for (WrittenBatch at = end; at != null && at.lastOffset() >= startOffset; at = at.before()) {
            if (at.lastOffset() < upTo) {
                owed.add(at);
            }
        }
        return owed;
    }

    /** What a start found is the log from now on. */
    void adopt(WrittenBatch lastFound, Uuid topicIdFound, long startFound, long endFound) {
        exists = true;
        end = lastFound == null ? endingAt(endFound) : lastFound;
        topicId = topicIdFound;
        startOffset = startFound;
        promised = Math.min(promised, endFound);
        cut = Long.MAX_VALUE;
    }

    /** An empty log goes on behind what was deleted from it, which a power cut may bring back. Null when nothing was there. */
    private WrittenBatch endingAt(long offset) {
        WrittenBatch at = end;
        while (at != null && at.lastOffset() >= offset) {
            at = at.before();
        }
        return at != null && at.lastOffset() + 1 == offset ? at : null;
    }

    void beginCut(long offset) {
        promised = Math.min(promised, offset);
        cut = offset;
    }

    void endCut(long offset) {
        while (end != null && end.lastOffset() >= offset) {
            end = end.before();
        }
        cut = Long.MAX_VALUE;
    }

    /** What was in it before may come back after a crash, but nobody counts on it. */
    void deleted() {
        exists = false;
        cut = Long.MAX_VALUE;
        end = null;
        promised = 0;
        startOffset = 0;
    }
}
