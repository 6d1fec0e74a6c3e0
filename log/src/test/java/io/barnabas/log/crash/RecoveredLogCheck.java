package io.barnabas.log.crash;

import io.barnabas.log.PartitionLog;
import io.barnabas.log.TimestampedOffset;
import io.barnabas.log.segment.Batches;
import io.barnabas.testkit.disk.Crash;
import io.barnabas.wire.record.BatchHeader;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What holds for a log that is not compacted when a crash is over: what was promised is there; all that is there was
 * written once, and in this order, without a hole; what leads to the records (indexes) and what follows from them
 * (producers, epochs, aborted transactions) agrees with them.
 */
final class RecoveredLogCheck {
    private static final int OFFSETS_TRIED = 4;

    private final PartitionModel model;
    private final PartitionLog log;
    private final RandomGenerator random;

    RecoveredLogCheck(PartitionModel model, PartitionLog log, RandomGenerator random) {
        this.model = model;
        this.log = log;
        this.random = random;
    }

    /** Gives the last batch, null when there is none. */
    WrittenBatch run(Crash crash) throws IOException {
        List<FoundBatch> found = FoundBatch.allOf(log);
        WrittenBatch last = checkPath(found);
        checkOwed(found, crash);
        checkEnds(found);
        checkLookups(found);
        DerivedState.check(log, found);
        return last;
    }

    private WrittenBatch checkPath(List<FoundBatch> found) {
        WrittenBatch previous = null;
        for (FoundBatch batch : found) {
            WrittenBatch written = null;
            for (WrittenBatch candidate : model.knownAt(batch.baseOffset())) {
                boolean continues = previous == null || candidate.before() == previous;
                if (candidate.hasBytes(batch.bytes()) && continues) {
                    written = candidate;
                }
            }
            Violation.check(
                    written != null,
                    "%s has a batch %s-%s behind %s that was never written there; known: %s",
                    log,
                    batch.baseOffset(),
                    batch.lastOffset(),
                    previous,
                    model.knownAt(batch.baseOffset()));
            previous = written;
        }
        return previous;
    }

    private void checkOwed(List<FoundBatch> found, Crash crash) {
        Set<Long> there = new HashSet<>();
        found.forEach(batch -> there.add(batch.baseOffset()));
        for (WrittenBatch owed : model.owed(crash)) {
            Violation.check(
                    there.contains(owed.baseOffset()),
                    "%s has lost %s although all before %s is durable; it begins at %s and ends at %s",
                    log,
                    owed,
                    model.promised(),
                    log.logStartOffset(),
                    log.logEndOffset());
            FoundBatch instead = found.stream()
                    .filter(batch -> batch.baseOffset() == owed.baseOffset())
                    .findFirst()
                    .orElseThrow();
            Violation.check(owed.hasBytes(instead.bytes()), "%s has another batch in the place of %s", log, owed);
        }
    }

    private void checkEnds(List<FoundBatch> found) {
        long end = found.isEmpty()
                ? log.logStartOffset()
                : found.get(found.size() - 1).lastOffset() + 1;
        Violation.check(log.logEndOffset() >= end, "%s ends at %s, its records at %s", log, log.logEndOffset(), end);
        Violation.check(
                log.logStartOffset() <= log.highWatermark() && log.highWatermark() <= log.logEndOffset(),
                "%s: high watermark %s outside the log",
                log,
                log.highWatermark());
        Violation.check(log.flushedOffset() <= log.logEndOffset(), "%s: flushed up to %s", log, log.flushedOffset());
        Violation.check(
                model.owed(Crash.UNSYNCED_LOST).isEmpty() || log.topicId().equals(model.topicId),
                "%s is of topic %s, not %s",
                log,
                log.topicId(),
                model.topicId);
    }

    private void checkLookups(List<FoundBatch> found) throws IOException {
        for (int i = 0; i < OFFSETS_TRIED && !found.isEmpty(); i++) {
            FoundBatch wanted = found.get(random.nextInt(found.size()));
            long offset = random.nextLong(Math.max(wanted.baseOffset(), log.logStartOffset()), wanted.lastOffset() + 1);
            FoundBatch first = FoundBatch.at(log, offset, 1).get(0);
            Violation.check(
                    first.baseOffset() == wanted.baseOffset(),
                    "%s: a read at %s begins with %s, not with %s",
                    log,
                    offset,
                    first.baseOffset(),
                    wanted.baseOffset());
            checkTime(found, BatchHeader.maxTimestamp(wanted.buffer(), 0));
        }
    }

    /** All records of a batch are of the same time here. */
    private void checkTime(List<FoundBatch> found, long timestamp) throws IOException {
        long expected = -1;
        for (FoundBatch batch : found) {
            if (BatchHeader.maxTimestamp(batch.buffer(), 0) >= timestamp) {
                expected = Math.max(batch.baseOffset(), log.logStartOffset());
                break;
            }
        }
        TimestampedOffset first = log.offsetByTimestamp(timestamp);
        long answer = first == null ? -1 : first.offset();
        Violation.check(
                answer == expected,
                "%s: the first record from time %s on is %s, not %s",
                log,
                timestamp,
                expected,
                answer);
    }

    static void checkWhole(PartitionLog log, FoundBatch batch) {
        Violation.check(Batches.isWhole(batch.buffer(), 0), "%s has a damaged batch at %s", log, batch.baseOffset());
    }
}
