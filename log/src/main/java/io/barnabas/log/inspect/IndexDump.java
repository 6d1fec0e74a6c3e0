package io.barnabas.log.inspect;

import io.barnabas.log.file.LogFiles;
import io.barnabas.log.file.SmallFile;
import io.barnabas.log.producer.ProducerSnapshot;
import io.barnabas.log.producer.ProducerState;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Prints what lies beside a segment: its indexes and the states of producers. Stateless. */
final class IndexDump {
    private final Disk disk;
    private final EntryOutput out;

    IndexDump(Disk disk, EntryOutput out) {
        this.disk = disk;
        this.out = out;
    }

    void offsets(Path file) throws IOException {
        long base = LogFiles.offsetOf(file);
        FixedEntries entries = FixedEntries.read(disk, file, FixedEntries.OFFSET_ENTRY_BYTES);
        for (int i = 0; i < entries.count(); i++) {
            out.entry(Entry.of("offsetIndexEntry")
                    .with("offset", base + entries.intAt(i, 0))
                    .with("position", entries.intAt(i, 4)));
        }
        tail(entries);
    }

    void times(Path file) throws IOException {
        long base = LogFiles.offsetOf(file);
        FixedEntries entries = FixedEntries.read(disk, file, FixedEntries.TIME_ENTRY_BYTES);
        for (int i = 0; i < entries.count(); i++) {
            out.entry(Entry.of("timeIndexEntry")
                    .with("timestamp", entries.longAt(i, 0))
                    .with("offset", base + entries.intAt(i, 8)));
        }
        tail(entries);
    }

    void transactions(Path file) throws IOException {
        FixedEntries entries = FixedEntries.read(disk, file, FixedEntries.TRANSACTION_ENTRY_BYTES);
        for (int i = 0; i < entries.count(); i++) {
            out.entry(Entry.of("abortedTransaction")
                    .with("version", entries.shortAt(i, 0))
                    .with("producerId", entries.longAt(i, 2))
                    .with("firstOffset", entries.longAt(i, 10))
                    .with("lastOffset", entries.longAt(i, 18))
                    .with("lastStableOffset", entries.longAt(i, 26)));
        }
        tail(entries);
    }

    void producers(Path file) throws IOException {
        List<ProducerState> states = ProducerSnapshot.read(SmallFile.read(disk, file));
        if (states == null) {
            out.entry(Entry.of(RecordDump.DAMAGE).with("snapshot", "is not whole, or of another version than 1"));
            return;
        }
        for (ProducerState state : states) {
            out.entry(Entry.of("producer")
                    .with("producerId", state.producerId())
                    .with("producerEpoch", state.epoch())
                    .with("coordinatorEpoch", state.coordinatorEpoch())
                    .with("currentTxnFirstOffset", state.currentTxnFirstOffset())
                    .with("lastTimestamp", state.lastTimestamp())
                    .with("lastSequence", state.lastSequence())
                    .with("lastOffset", state.lastDataOffset()));
        }
    }

    private void tail(FixedEntries entries) throws IOException {
        if (entries.bytesBehind() > 0) {
            out.entry(Entry.of("reserved").with("bytesBehindTheEntries", entries.bytesBehind()));
        }
    }
}
