package io.barnabas.compat.differential;

import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.Records;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fetched batches as a tree: bytes where the broker has to hand on what it was given, the records themselves where they
 * are compressed, since two compressors need not write the same bytes.
 */
final class RecordsTree {
    private static final int LEGACY_ATTRIBUTES_AT = 17;

    private RecordsTree() {}

    static List<Object> of(ByteBuf batches) {
        List<Object> all = new ArrayList<>();
        int at = batches.readerIndex();
        while (at < batches.writerIndex()) {
            int size = BatchHeader.wholeBatchSize(batches, at, batches.writerIndex());
            if (size < 0) {
                all.add("a cut-off tail");
                return all;
            }
            all.add(batch(batches.slice(at, size)));
            at += size;
        }
        return all;
    }

    private static Object batch(ByteBuf batch) {
        int magic = BatchHeader.magic(batch, 0);
        int attributes =
                magic == BatchHeader.MAGIC_V2 ? BatchHeader.attributes(batch, 0) : batch.getByte(LEGACY_ATTRIBUTES_AT);
        if (magic == BatchHeader.MAGIC_V2 && BatchHeader.isTransactional(batch, 0)) {
            return partOfTransaction(batch);
        }
        if ((attributes & BatchHeader.CODEC_MASK) == 0) {
            return "0x" + ByteBufUtil.hexDump(batch);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("baseOffset", String.valueOf(BatchHeader.baseOffset(batch, 0)));
        tree.put("magic", String.valueOf(magic));
        tree.put("attributes", String.valueOf(attributes));
        List<Object> records = new ArrayList<>();
        Records.forEach(
                batch,
                record -> records.add(record.offset() + " at " + record.timestamp() + ": " + text(record.key()) + "="
                        + text(record.value()) + " " + record.headers()));
        tree.put("records", records);
        return tree;
    }

    /** Without what each broker has its own of: producer ids, and the times of markers. */
    private static Map<String, Object> partOfTransaction(ByteBuf batch) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("baseOffset", String.valueOf(BatchHeader.baseOffset(batch, 0)));
        tree.put("leaderEpoch", String.valueOf(BatchHeader.leaderEpoch(batch, 0)));
        tree.put("attributes", String.valueOf(BatchHeader.attributes(batch, 0)));
        tree.put("producerEpoch", String.valueOf(BatchHeader.producerEpoch(batch, 0)));
        tree.put("sequence", String.valueOf(BatchHeader.baseSequence(batch, 0)));
        tree.put("recordCount", String.valueOf(BatchHeader.recordCount(batch, 0)));
        tree.put(
                "records",
                ByteBufUtil.hexDump(batch, BatchHeader.HEADER_BYTES, batch.readableBytes() - BatchHeader.HEADER_BYTES));
        return tree;
    }

    private static String text(ByteBuffer bytes) {
        if (bytes == null) {
            return "null";
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return ByteBufUtil.hexDump(copy);
    }
}
