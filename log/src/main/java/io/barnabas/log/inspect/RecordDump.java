package io.barnabas.log.inspect;

import io.barnabas.log.file.LogFiles;
import io.barnabas.log.segment.BatchCursor;
import io.barnabas.log.segment.Batches;
import io.barnabas.runtime.Disk;
import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.Compression;
import io.barnabas.wire.record.ControlRecord;
import io.barnabas.wire.record.RecordHeader;
import io.barnabas.wire.record.RecordIterator;
import io.barnabas.wire.record.RecordView;
import io.barnabas.wire.record.Records;
import io.barnabas.wire.record.UnreadableRecordsException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Prints the batches of a segment and, if wanted, the records in them. Confined to one thread. */
final class RecordDump {
    static final String BATCH = "batch";
    static final String RECORD = "record";
    static final String DAMAGE = "damage";

    static final int CHUNK_BYTES = 1 << 20;
    private static final int ATTRIBUTES_OF_OLD_FORMATS = 17;

    private final Disk disk;
    private final boolean withRecords;
    private final EntryOutput out;
    private final Progress progress;

    RecordDump(Disk disk, boolean withRecords, EntryOutput out, Progress progress) {
        this.disk = disk;
        this.withRecords = withRecords;
        this.out = out;
        this.progress = progress;
    }

    void print(Path file) throws IOException {
        out.entry(Entry.of("start").with("logStartingOffset", LogFiles.offsetOf(file)));
        try (FileChannel channel = disk.open(file, StandardOpenOption.READ)) {
            int size = Math.toIntExact(channel.size());
            BatchCursor cursor = new BatchCursor(CHUNK_BYTES).start(channel, 0, size);
            while (cursor.next()) {
                print(cursor);
                progress.passed(cursor.sizeInBytes());
            }
            if (cursor.position() < size) {
                out.entry(Entry.of(DAMAGE)
                        .with("position", cursor.position())
                        .with("noBatchInTheLastBytes", size - cursor.position()));
            }
        }
    }

    private void print(BatchCursor cursor) throws IOException {
        boolean whole = cursor.loadWhole();
        boolean valid = whole && Batches.isWhole(cursor.bytes(), cursor.at());
        out.entry(Batches.isFormat2(cursor.bytes(), cursor.at()) ? batch(cursor, valid) : oldMessage(cursor, valid));
        if (withRecords && valid) {
            printRecords(cursor);
        }
    }

    private static Entry batch(BatchCursor cursor, boolean valid) {
        ByteBuf bytes = cursor.bytes();
        int at = cursor.at();
        int attributes = BatchHeader.attributes(bytes, at);
        return Entry.of(BATCH)
                .with("baseOffset", cursor.baseOffset())
                .with("lastOffset", cursor.lastOffset())
                .with("count", BatchHeader.recordCount(bytes, at))
                .with("baseSequence", BatchHeader.baseSequence(bytes, at))
                .with("lastSequence", BatchHeader.lastSequence(bytes, at))
                .with("producerId", BatchHeader.producerId(bytes, at))
                .with("producerEpoch", BatchHeader.producerEpoch(bytes, at))
                .with("partitionLeaderEpoch", BatchHeader.leaderEpoch(bytes, at))
                .with("isTransactional", BatchHeader.isTransactional(bytes, at))
                .with("isControl", BatchHeader.isControl(bytes, at))
                .with(
                        "deleteHorizonMs",
                        (attributes & BatchHeader.DELETE_HORIZON) == 0 ? null : BatchHeader.baseTimestamp(bytes, at))
                .with("position", cursor.position())
                .with(timeField((attributes & BatchHeader.LOG_APPEND_TIME) != 0), cursor.maxTimestamp())
                .with("size", cursor.sizeInBytes())
                .with("magic", BatchHeader.magic(bytes, at))
                .with("compresscodec", codec(attributes))
                .with("crc", BatchHeader.crc(bytes, at))
                .with("isvalid", valid);
    }

    private static Entry oldMessage(BatchCursor cursor, boolean valid) {
        byte magic = BatchHeader.magic(cursor.bytes(), cursor.at());
        int attributes = cursor.bytes().getByte(cursor.at() + ATTRIBUTES_OF_OLD_FORMATS);
        return Entry.of(BATCH)
                .with("lastOffset", cursor.lastOffset())
                .with("position", cursor.position())
                .with(timeField((attributes & BatchHeader.LOG_APPEND_TIME) != 0), cursor.maxTimestamp())
                .with("size", cursor.sizeInBytes())
                .with("magic", magic)
                .with("compresscodec", codec(attributes))
                .with("crc", cursor.bytes().getUnsignedInt(cursor.at() + BatchHeader.LOG_OVERHEAD))
                .with("isvalid", valid);
    }

    private void printRecords(BatchCursor cursor) throws IOException {
        ByteBuf batch = cursor.bytes().slice(cursor.at(), cursor.sizeInBytes());
        try (RecordIterator records = new RecordIterator(batch, Records.NO_BOUND, UnpooledByteBufAllocator.DEFAULT)) {
            for (RecordView record = records.next(); record != null; record = records.next()) {
                out.entry(record(record));
            }
        } catch (UnreadableRecordsException damaged) {
            out.entry(Entry.of(DAMAGE).with("position", cursor.position()).with("records", damaged.getMessage()));
        }
    }

    private static Entry record(RecordView record) {
        Entry entry = Entry.of(RECORD)
                .with("offset", record.offset())
                .with("timestamp", record.timestamp())
                .with("keySize", record.keySize())
                .with("valueSize", record.valueSize())
                .with("headers", headers(record));
        return record.isControl()
                ? entry.with("endTxnMarker", ControlRecord.typeOf(record).name())
                : entry.with("key", Printable.of(record.key())).with("payload", Printable.of(record.value()));
    }

    /** Pairs, since a name may come more than once. */
    private static List<List<String>> headers(RecordView record) {
        List<List<String>> headers = new ArrayList<>();
        for (RecordHeader header : record.headers()) {
            headers.add(Arrays.asList(header.key(), Printable.of(header.value())));
        }
        return headers;
    }

    private static String timeField(boolean logAppendTime) {
        return logAppendTime ? "LogAppendTime" : "CreateTime";
    }

    private static String codec(int attributes) {
        Compression codec = Compression.of(attributes & BatchHeader.CODEC_MASK);
        return codec == null ? "unknown" : codec.configName();
    }
}
