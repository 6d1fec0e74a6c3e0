package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** What {@link MissingCodecTest} runs in a class loader of its own; speaks in strings, which both sides share. */
public final class MachineWithoutCodec {
    private MachineWithoutCodec() {}

    /** What becomes of a batch that says it has this codec; its bytes are right for it where it can be loaded. */
    public static String outcome(String codecName) {
        Compression codec = Compression.valueOf(codecName);
        ByteBuf batch = batch(codec);
        try {
            return BatchValidator.validate(batch, Rules.lenient().rules(), (short) 9, 5, ByteBufAllocator.DEFAULT)
                    .fold(accepted -> "accepted", refused -> refused.error().name());
        } finally {
            batch.release();
        }
    }

    private static ByteBuf batch(Compression codec) {
        Compression writable = codec.isAvailable() ? codec : Compression.NONE;
        ByteBuf batch = new RecordBatchBuilder(ByteBufAllocator.DEFAULT, writable, writable.defaultLevel())
                .append(1, null, new byte[100])
                .build();
        batch.setShort(21, codec.id());
        batch.setInt(17, BatchChecksum.compute(batch, 0, batch.readableBytes()));
        return batch;
    }
}
