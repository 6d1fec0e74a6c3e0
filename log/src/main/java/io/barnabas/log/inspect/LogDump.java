package io.barnabas.log.inspect;

import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.file.Path;

/** Prints the files of a log directory, of a partition, or a single one. Reads only. Confined to one thread. */
public final class LogDump {
    private final Disk disk;
    private final EntryOutput out;
    private final Progress progress;
    private final RecordDump records;
    private final IndexDump indexes;
    private final TextFileDump texts;

    /** @param withRecords false: batches only */
    public LogDump(Disk disk, boolean withRecords, EntryOutput out, Progress progress) {
        this.disk = disk;
        this.out = out;
        this.progress = progress;
        this.records = new RecordDump(disk, withRecords, out, progress);
        this.indexes = new IndexDump(disk, out);
        this.texts = new TextFileDump(disk, out);
    }

    /** Fails when the path is missing or can not be read. */
    public void print(Path path) throws IOException {
        LogTree tree = LogTree.of(disk, path);
        if (tree.file() != null) {
            expect(tree.file());
            printFile(tree.file());
        }
        for (Path partition : tree.partitions()) {
            for (Path file : disk.list(partition)) {
                expect(file);
            }
        }
        for (Path directory : tree.logDirectories()) {
            printFilesIn(directory);
        }
        for (Path partition : tree.partitions()) {
            printFilesIn(partition);
        }
    }

    private void expect(Path file) throws IOException {
        if (FileKind.of(file) == FileKind.LOG) {
            progress.expect(disk.size(file));
        }
    }

    private void printFilesIn(Path directory) throws IOException {
        for (Path file : LogTree.sorted(disk, directory)) {
            if (!disk.isDirectory(file) && FileKind.of(file) != FileKind.OTHER) {
                printFile(file);
            }
        }
    }

    private void printFile(Path file) throws IOException {
        out.file(file);
        switch (FileKind.of(file)) {
            case LOG -> records.print(file);
            case OFFSET_INDEX -> indexes.offsets(file);
            case TIME_INDEX -> indexes.times(file);
            case TRANSACTION_INDEX -> indexes.transactions(file);
            case SNAPSHOT -> indexes.producers(file);
            case LEADER_EPOCHS -> texts.leaderEpochs(file);
            case PARTITION_METADATA -> texts.partitionMetadata(file);
            case OFFSET_CHECKPOINT -> texts.offsets(file);
            case META_PROPERTIES -> texts.metaProperties(file);
            case OTHER -> out.entry(Entry.of(RecordDump.DAMAGE).with("problem", "is no file of a log directory"));
        }
    }
}
