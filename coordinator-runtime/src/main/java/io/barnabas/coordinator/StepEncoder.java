package io.barnabas.coordinator;

import io.barnabas.wire.record.Compression;
import io.barnabas.wire.record.RecordBatchBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Makes the batch of a step. */
final class StepEncoder {
    private StepEncoder() {}

    /** One batch with all its records, which the caller releases. */
    static <R> ByteBuf encode(Step<R> step, RecordCodec<R> codec, Compression compression, long nowMs) {
        BatchKind kind = step.kind();
        try (RecordBatchBuilder batch =
                new RecordBatchBuilder(ByteBufAllocator.DEFAULT, compression, compression.defaultLevel())) {
            batch.producer(kind.producerId(), kind.producerEpoch(), kind.baseSequence());
            if (kind.transactional()) {
                batch.transactional();
            }
            step.records().forEach(record -> batch.append(nowMs, codec.key(record), codec.value(record)));
            return batch.build();
        }
    }
}
