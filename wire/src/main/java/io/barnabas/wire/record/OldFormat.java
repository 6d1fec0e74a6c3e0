package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Records in the formats that Kafka kept before 0.11: single messages, or compressed ones in a wrapper. Stateless. */
public final class OldFormat {
    private OldFormat() {}

    /**
     * What becomes of one whole batch of format 2 whose base offset is set; headers get lost. A buffer of its own, which
     * the caller releases. Throws {@link UnreadableRecordsException} when the codec is none of the old formats.
     *
     * @param magic 0 or 1
     */
    public static ByteBuf of(ByteBuf batch, byte magic, ByteBufAllocator allocator) {
        ByteBuf messages = allocator.directBuffer(batch.readableBytes());
        try {
            int at = batch.readerIndex();
            new DownConverter(magic, 0, allocator).convert(batch, at, BatchHeader.sizeInBytes(batch, at), messages);
            return messages;
        } catch (RuntimeException | Error impossible) {
            messages.release();
            throw impossible;
        }
    }
}
