package io.barnabas.coordinator;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a whole partition into a fresh state machine. Runs on the loading pool, which alone sees the machine until it
 * is handed over.
 */
final class ShardLoader<S extends StateMachine<R>, R> {
    private static final Logger LOG = LoggerFactory.getLogger(ShardLoader.class);

    private final ShardEnvironment<S, R> environment;
    private final TopicPartition partition;
    private final int leaderEpoch;
    private final BooleanSupplier cancelled;
    private final BatchReplay<R> replay;
    private final S machine;

    /** @param cancelled asked between chunks: nobody wants the result any more */
    ShardLoader(
            ShardEnvironment<S, R> environment, TopicPartition partition, int leaderEpoch, BooleanSupplier cancelled) {
        this.environment = environment;
        this.partition = partition;
        this.leaderEpoch = leaderEpoch;
        this.cancelled = cancelled;
        this.machine = environment.machines().create(partition, leaderEpoch);
        this.replay = new BatchReplay<>(machine, environment.codec());
    }

    /** Never throws. */
    Result<S> load() {
        long startMs = environment.monotonicMs();
        try {
            ErrorCode error = readToEnd();
            replay.unknownKinds()
                    .forEach((kind, count) -> LOG.warn(
                            "{} records of kind {} in {} are not known to this coordinator and were left out",
                            count,
                            kind,
                            partition));
            return new Result<>(
                    machine, replay.endOffset(), replay.records(), environment.monotonicMs() - startMs, error, null);
        } catch (Throwable fault) {
            return new Result<>(machine, 0, 0, 0, ErrorCode.UNKNOWN_SERVER_ERROR, fault);
        }
    }

    private ErrorCode readToEnd() {
        while (true) {
            if (cancelled.getAsBoolean()) {
                throw new CancellationException("loading of " + partition + " in epoch " + leaderEpoch);
            }
            ErrorCode error = environment
                    .writer()
                    .read(
                            partition,
                            leaderEpoch,
                            replay.endOffset(),
                            environment.settings().loadBufferBytes())
                    .fold(chunk -> replay(chunk.batches()), refused -> refused.error());
            if (error != null) {
                return error;
            }
        }
    }

    /** Null when there is more to read. */
    private ErrorCode replay(ByteBuf batches) {
        try {
            if (!batches.isReadable()) {
                return ErrorCode.NONE;
            }
            replay.replay(batches);
            return null;
        } finally {
            batches.release();
        }
    }

    /**
     * What came of it.
     *
     * @param error NONE when the machine is complete
     * @param fault null unless something broke
     */
    record Result<S>(S machine, long endOffset, long records, long tookMs, ErrorCode error, Throwable fault) {}
}
