package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Makes messages of format 0 or 1 of stored batches, for readers that know no newer format. Offsets stay; headers,
 * control batches and what format 0 knows no place for are left out; a compressed batch becomes one wrapper of the same
 * codec. Batches of a format that the reader knows stay as they are. Confined to one thread.
 */
final class DownConverter {
    private final byte toMagic;
    private final long firstOffset;
    private final ByteBufAllocator allocator;
    private final RecordView record = new RecordView();

    /** @param firstOffset what the reader asked for: of uncompressed batches it gets no earlier record */
    DownConverter(byte toMagic, long firstOffset, ByteBufAllocator allocator) {
        this.toMagic = toMagic;
        this.firstOffset = firstOffset;
        this.allocator = allocator;
    }

    /**
     * Appends what becomes of the whole batch at the index, which may be nothing. Throws
     * {@link UnreadableRecordsException}, having appended nothing that counts, when the batch is damaged or its codec
     * is none of the old formats.
     *
     * @param target lies outside of the heap in one part
     */
    void convert(ByteBuf batches, int at, int size, ByteBuf target) {
        byte magic = BatchHeader.magic(batches, at);
        if (magic <= toMagic) {
            target.writeBytes(batches, at, size);
            return;
        }
        boolean format2 = magic == BatchHeader.MAGIC_V2;
        if (format2 && BatchHeader.isControl(batches, at)) {
            return;
        }
        // What is written gets a checksum of its own; damage must not be sealed with it.
        if (!BatchChecksum.matches(batches, at, size)) {
            throw UnreadableRecordsException.corrupt("the checksum of a batch is wrong");
        }
        int attributes = format2 ? BatchHeader.attributes(batches, at) : LegacyMessages.attributes(batches, at);
        Compression codec = Compression.of(attributes & BatchHeader.CODEC_MASK);
        if (codec == Compression.ZSTD) {
            throw UnreadableRecordsException.noSuchCodec(codec, toMagic);
        }
        boolean hasAppendTime = (attributes & BatchHeader.LOG_APPEND_TIME) != 0;
        int before = target.writerIndex();
        try (BatchRecords records = open(batches, at, size, format2);
                LegacyMessageWriter messages =
                        new LegacyMessageWriter(target, toMagic, codec, hasAppendTime, allocator)) {
            long from = codec == Compression.NONE ? firstOffset : 0;
            while (records.next(record)) {
                if (record.offset >= from) {
                    messages.append(record.offset, record.timestamp, record.key(), record.value());
                }
            }
            messages.finish();
        } catch (UnreadableRecordsException damaged) {
            target.writerIndex(before);
            throw damaged;
        }
    }

    private BatchRecords open(ByteBuf batches, int at, int size, boolean format2) {
        return format2
                ? new DefaultBatchRecords(batches, at, size, Records.NO_BOUND, allocator, record)
                : new LegacyBatchRecords(batches, at, size, Records.NO_BOUND, allocator, record);
    }
}
