package io.barnabas.log.inspect;

import io.barnabas.log.directory.PartitionMetadata;
import io.barnabas.log.file.LogFiles;
import io.barnabas.log.file.SmallFile;
import io.barnabas.log.producer.ProducerSnapshot;
import io.barnabas.log.producer.ProducerState;
import io.barnabas.log.segment.Quarantine;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks the files of one partition against each other. Confined to one thread. */
final class PartitionCheck {
    private final Disk disk;
    private final PartitionFiles files;
    private final Standing standing;
    private final Findings findings;
    private final Progress progress;
    private long records;
    private long endOffset;
    private int gaps;
    private long firstGapAt = -1;

    PartitionCheck(Disk disk, PartitionFiles files, Standing standing, Findings findings, Progress progress) {
        this.disk = disk;
        this.files = files;
        this.standing = standing;
        this.findings = findings;
        this.progress = progress;
    }

    void run() throws IOException {
        checkTopicId();
        EpochLine epochs = EpochLine.read(disk, files.directory(), findings);
        for (int i = 0; i < files.segments().size(); i++) {
            checkSegment(i, epochs);
        }
        for (Path file : files.all()) {
            checkOther(file);
        }
        checkEnd(epochs);
        tellGaps();
    }

    long records() {
        return records;
    }

    private void checkTopicId() {
        try {
            PartitionMetadata.read(disk, files.directory());
        } catch (IOException malformed) {
            findings.problem(files.directory().resolve(LogFiles.PARTITION_METADATA), malformed.getMessage());
        }
    }

    private void checkSegment(int index, EpochLine epochs) throws IOException {
        long nextBase = files.nextBaseOffset(index);
        long recoveryPoint = standing.recoveryPoint(files.partition());
        boolean settled = standing.clean() || nextBase != Long.MAX_VALUE && nextBase <= recoveryPoint;
        List<BatchWatcher> indexes = new ArrayList<>();
        Path offsetIndex = files.beside(index, LogFiles.OFFSET_INDEX);
        FixedEntries offsets = index(offsetIndex, FixedEntries.OFFSET_ENTRY_BYTES, settled);
        if (offsets != null) {
            indexes.add(new OffsetIndexCheck(offsetIndex, offsets, settled, findings));
        }
        Path timeIndex = files.beside(index, LogFiles.TIME_INDEX);
        FixedEntries times = index(timeIndex, FixedEntries.TIME_ENTRY_BYTES, settled);
        if (times != null) {
            indexes.add(new TimeIndexCheck(timeIndex, times, settled, findings));
        }
        SegmentCheck segment = new SegmentCheck(
                files.segments().get(index),
                new SegmentCheck.Bounds(nextBase, settled, recoveryPoint),
                epochs,
                indexes,
                findings,
                progress);
        segment.run(disk);
        Path aborted = files.beside(index, LogFiles.TRANSACTION_INDEX);
        if (disk.exists(aborted)) {
            TransactionIndexCheck.check(disk, aborted, files.baseOffset(index), nextBase, settled, findings);
        }
        sum(index, segment);
    }

    private FixedEntries index(Path file, int entryBytes, boolean settled) throws IOException {
        if (!disk.exists(file)) {
            findings.note(file, "is missing; the next start makes it anew");
            return null;
        }
        FixedEntries entries = FixedEntries.read(disk, file, entryBytes);
        if (entries.hasHalfAnEntry()) {
            findings.found(settled, file, Finding.WHOLE_FILE, "ends with a part of an entry");
        } else if (settled && entries.bytesBehind() > 0) {
            findings.problem(
                    file,
                    (long) entries.count() * entryBytes,
                    "has " + entries.bytesBehind()
                            + " bytes of zeros behind its entries, and should have been trimmed");
        }
        return entries;
    }

    private void sum(int index, SegmentCheck segment) {
        if (index > 0 && files.baseOffset(index) > endOffset) {
            gaps++;
            firstGapAt = firstGapAt < 0 ? endOffset : firstGapAt;
        }
        gaps += segment.gaps();
        firstGapAt = firstGapAt < 0 ? segment.firstGapAt() : firstGapAt;
        records += segment.records();
        endOffset = segment.nextOffset();
    }

    private void checkOther(Path file) throws IOException {
        FileKind kind = FileKind.of(file);
        if (FileKind.isLeftover(file)) {
            findings.note(file, "is left over from a deletion or a compaction; the next start deals with it");
        } else if (kind == FileKind.SNAPSHOT) {
            checkSnapshot(file);
        } else if (isIndex(kind)
                && !disk.exists(LogFiles.of(files.directory(), LogFiles.offsetOf(file), LogFiles.LOG))) {
            findings.note(file, "has no segment; the next start removes it");
        } else if (kind == FileKind.OTHER && !Quarantine.holds(file)) {
            findings.note(file, "is no file of a partition");
        }
    }

    private static boolean isIndex(FileKind kind) {
        return kind == FileKind.OFFSET_INDEX || kind == FileKind.TIME_INDEX || kind == FileKind.TRANSACTION_INDEX;
    }

    private void checkSnapshot(Path file) throws IOException {
        long offset = LogFiles.offsetOf(file);
        boolean settled = standing.clean() || offset <= standing.recoveryPoint(files.partition());
        List<ProducerState> states = ProducerSnapshot.read(SmallFile.read(disk, file));
        if (states == null) {
            findings.found(settled, file, 0, "is not whole: its version, checksum or length is wrong");
            return;
        }
        for (ProducerState state : states) {
            if (state.lastDataOffset() >= offset) {
                findings.found(
                        settled,
                        file,
                        Finding.WHOLE_FILE,
                        "producer " + state.producerId() + " has its last record at " + state.lastDataOffset()
                                + ", behind the offset that the file is about");
            }
        }
    }

    private void checkEnd(EpochLine epochs) {
        if (files.segments().isEmpty()) {
            findings.note(files.directory(), "has no segment");
            return;
        }
        beyondTheEnd(
                FileKind.RECOVERY_POINTS, standing.recoveryPoint(files.partition()), "all before it was made durable");
        beyondTheEnd(FileKind.LOG_STARTS, standing.logStart(files.partition()), "the log begins there");
        long highWatermark = standing.highWatermarks().getOrDefault(files.partition(), 0L);
        if (standing.clean()) {
            beyondTheEnd(FileKind.HIGH_WATERMARKS, highWatermark, "all before it was replicated");
        }
        if (standing.clean() && epochs.newestStart() > endOffset) {
            findings.problem(
                    files.directory().resolve(LogFiles.LEADER_EPOCHS),
                    "the newest epoch begins at " + epochs.newestStart() + ", but the log ends at " + endOffset);
        }
    }

    private void beyondTheEnd(String checkpoint, long offset, String meaning) {
        if (offset > endOffset) {
            findings.problem(
                    standing.directory().resolve(checkpoint),
                    "says " + offset + " for " + files.partition() + " (" + meaning + "), but the log ends at "
                            + endOffset);
        }
    }

    /** Offsets that compaction took away leave gaps, too. */
    private void tellGaps() {
        if (gaps > 0 && !standing.cleanerOffsets().containsKey(files.partition())) {
            findings.note(
                    files.directory(),
                    "offsets are missing in " + gaps + " places, the first at " + firstGapAt
                            + ": right where the topic is or was compacted, lost records elsewhere");
        }
    }
}
