package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a log may hold after years: batches of all formats, and what an old reader wants of it.
 *
 * @param from lies in the first batch, which holds records
 */
record StoredSet(byte[] bytes, byte toMagic, long from) {

    /** With codecs up to the given one; sometimes cut off anywhere. */
    static StoredSet random(RandomGenerator random, Compression lastCodec) {
        ByteBuf set = Unpooled.directBuffer();
        long offset = addData(random, random.nextInt(1000), lastCodec, set);
        long from = offsetInFirstBatch(random, set);
        for (int i = random.nextInt(6); i > 0; i--) {
            offset = random.nextInt(6) == 0 ? addMarker(random, offset, set) : addData(random, offset, lastCodec, set);
        }
        if (random.nextInt(4) == 0) {
            set.writerIndex(1 + random.nextInt(set.readableBytes()));
        }
        byte[] bytes = ByteBufUtil.getBytes(set);
        set.release();
        return new StoredSet(bytes, (byte) random.nextInt(2), from);
    }

    private static long addData(RandomGenerator random, long offset, Compression lastCodec, ByteBuf set) {
        int magic = random.nextInt(3);
        Kafka.Batch batch = Kafka.Batch.of(magic, Compression.of(random.nextInt(lastCodec.id() + 1)))
                .at(offset);
        batch = magic > 0 && random.nextInt(5) == 0 ? batch.withAppendTime() : batch;
        batch = magic == 2 && random.nextBoolean() ? batch.withProducer(3, (short) 0, 0, random.nextBoolean()) : batch;
        List<SomeRecord> records = SomeRecord.random(random, magic);
        Kafka.move(Kafka.build(batch, records), set);
        return offset + records.size() + random.nextInt(3);
    }

    private static long addMarker(RandomGenerator random, long offset, ByteBuf set) {
        ByteBuf marker = new EndTxnMarker(random.nextBoolean(), 0)
                .build(3, (short) 0, 1_700_000_000_000L, UnpooledByteBufAllocator.DEFAULT);
        BatchHeader.stamp(marker, marker.readerIndex(), offset, 0);
        Kafka.move(marker, set);
        return offset + 1;
    }

    private static long offsetInFirstBatch(RandomGenerator random, ByteBuf set) {
        long base = BatchHeader.baseOffset(set, 0);
        return BatchHeader.magic(set, 0) == 2 ? base + random.nextInt(BatchHeader.lastOffsetDelta(set, 0) + 1) : base;
    }
}
