package io.barnabas.wire.record;

import io.barnabas.wire.record.ValidationOutcome.Accepted;
import io.netty.buffer.ByteBuf;

/** The last step of a batch that had to be built anew: its time, and its size once more. Stateless. */
final class Rebuilt {
    private Rebuilt() {}

    static ValidationOutcome finish(RecordBatchBuilder builder, RecordRules rules, long nowMs) {
        if (rules.logAppendTime()) {
            builder.appendTime(nowMs);
        }
        int count = builder.recordCount();
        ByteBuf batch = builder.build();
        if (batch.readableBytes() > rules.maxMessageBytes()) {
            int size = batch.readableBytes();
            batch.release();
            return BatchValidator.tooLarge(size, rules);
        }
        return new Accepted(batch, true, rules.logAppendTime() ? nowMs : BatchHeader.NO_TIMESTAMP, count);
    }
}
