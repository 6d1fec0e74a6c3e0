package io.barnabas.log.crash;

import io.barnabas.log.producer.ProducerState;
import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.Compression;
import io.barnabas.wire.record.EndTxnMarker;
import io.barnabas.wire.record.RecordBatchBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Batches as producers, leaders and coordinators send them; each value is found once only. */
final class RandomBatches {
    private static final int KEYS = 12;

    private final RandomGenerator random;
    private final long nowMs;

    RandomBatches(RandomGenerator random, long nowMs) {
        this.random = random;
        this.nowMs = nowMs;
    }

    ByteBuf plain(int leaderEpoch, long offset) {
        return fill(builder(), leaderEpoch, offset);
    }

    /** The next one of a producer, or its first. */
    ByteBuf of(long producerId, ProducerState state, boolean transactional, int leaderEpoch, long offset) {
        short epoch = state == null ? 0 : state.epoch();
        int sequence = state == null ? 0 : state.lastSequence() + 1;
        RecordBatchBuilder builder = builder().producer(producerId, epoch, sequence);
        return fill(transactional ? builder.transactional() : builder, leaderEpoch, offset);
    }

    ByteBuf marker(ProducerState state, int leaderEpoch, long offset) {
        EndTxnMarker marker = new EndTxnMarker(random.nextBoolean(), Math.max(0, state.coordinatorEpoch()));
        return stamped(
                marker.build(state.producerId(), state.epoch(), nowMs, UnpooledByteBufAllocator.DEFAULT),
                leaderEpoch,
                offset);
    }

    /** For a log that is compacted: few keys, and some of them deleted. */
    ByteBuf keyed(int leaderEpoch, long offset) {
        RecordBatchBuilder builder = builder();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            byte[] key = ("key" + random.nextInt(KEYS)).getBytes(StandardCharsets.UTF_8);
            builder.append(nowMs, key, random.nextInt(6) == 0 ? null : value());
        }
        return stamped(builder.build(), leaderEpoch, offset);
    }

    private ByteBuf fill(RecordBatchBuilder builder, int leaderEpoch, long offset) {
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            builder.append(nowMs, null, value());
        }
        return stamped(builder.build(), leaderEpoch, offset);
    }

    private byte[] value() {
        int size = random.nextInt(10) == 0 ? random.nextInt(400) : random.nextInt(60);
        return (Long.toHexString(random.nextLong()) + "x".repeat(size)).getBytes(StandardCharsets.UTF_8);
    }

    private static RecordBatchBuilder builder() {
        return new RecordBatchBuilder(UnpooledByteBufAllocator.DEFAULT, Compression.NONE, 0);
    }

    private static ByteBuf stamped(ByteBuf built, int leaderEpoch, long offset) {
        ByteBuf batch = Unpooled.copiedBuffer(built);
        built.release();
        BatchHeader.stamp(batch, 0, offset, leaderEpoch);
        return batch;
    }
}
