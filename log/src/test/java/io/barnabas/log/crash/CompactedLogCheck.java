package io.barnabas.log.crash;

import io.barnabas.log.PartitionLog;
import io.barnabas.testkit.disk.Crash;
import io.barnabas.wire.record.Records;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What holds for a compacted log when a crash is over: of each key, the last value that was promised is there or a later
 * one; a key that was deleted is not back; all records that are there were written once, in this order.
 */
final class CompactedLogCheck {
    private final PartitionModel model;
    private final PartitionLog log;

    private record Seen(long offset, String key, String value) {}

    CompactedLogCheck(PartitionModel model, PartitionLog log) {
        this.model = model;
        this.log = log;
    }

    /** Gives the batch of the last record, as it was written; null when there is none. */
    WrittenBatch run(Crash crash) throws IOException {
        List<Seen> found = new ArrayList<>();
        for (FoundBatch batch : FoundBatch.allOf(log)) {
            RecoveredLogCheck.checkWhole(log, batch);
            found.addAll(recordsOf(batch.buffer()));
        }
        WrittenBatch last = checkPath(found);
        checkOwed(found, crash);
        return last;
    }

    private static List<Seen> recordsOf(ByteBuf batch) {
        List<Seen> records = new ArrayList<>();
        Records.forEach(
                batch, record -> records.add(new Seen(record.offset(), text(record.key()), text(record.value()))));
        return records;
    }

    private static String text(ByteBuffer bytes) {
        return bytes == null ? null : StandardCharsets.UTF_8.decode(bytes).toString();
    }

    private WrittenBatch checkPath(List<Seen> found) {
        WrittenBatch previous = null;
        for (Seen record : found) {
            WrittenBatch written = null;
            for (WrittenBatch candidate : model.knownAt(record.offset)) {
                if (recordsOf(candidate.buffer()).contains(record)
                        && (previous == null || candidate.follows(previous))) {
                    written = candidate;
                }
            }
            Violation.check(
                    written != null, "%s has %s behind %s, which was never written there", log, record, previous);
            previous = written;
        }
        return previous;
    }

    private void checkOwed(List<Seen> found, Crash crash) {
        Map<String, Seen> owed = new TreeMap<>();
        for (WrittenBatch batch : model.owed(crash)) {
            for (Seen record : recordsOf(batch.buffer())) {
                if (record.offset >= model.startOffset) {
                    owed.merge(record.key, record, (one, other) -> one.offset > other.offset ? one : other);
                }
            }
        }
        Map<String, Seen> last = new TreeMap<>();
        // A batch may begin before the log does: what no reader gets is not compacted in step with the rest.
        found.stream()
                .filter(record -> record.offset >= log.logStartOffset())
                .forEach(record -> last.put(record.key, record));
        owed.forEach((key, record) -> {
            Seen there = last.get(key);
            boolean kept = there == null ? record.value == null : there.offset >= record.offset;
            Violation.check(kept, "%s: of key %s the last one is %s, but %s was durable", log, key, there, record);
        });
    }
}
