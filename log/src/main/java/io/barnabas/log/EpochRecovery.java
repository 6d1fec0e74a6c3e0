package io.barnabas.log;

import io.barnabas.log.segment.BatchCursor;
import io.barnabas.log.segment.Batches;
import io.barnabas.log.segment.LogSegment;
import io.barnabas.log.segment.OpenFile;
import io.barnabas.log.segment.SegmentScan;
import io.barnabas.wire.record.BatchHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the leader epochs of a log that is opened in line with its batches: those that the file lacks are read from
 * them, those of which nothing is left are forgotten. Confined to one thread.
 */
final class EpochRecovery {
    private final LeaderEpochs leaderEpochs;
    private final List<LogSegment> segments;
    private final long logStartOffset;
    private final long logEndOffset;

    EpochRecovery(LeaderEpochs leaderEpochs, List<LogSegment> segments, long logStartOffset, long logEndOffset) {
        this.leaderEpochs = leaderEpochs;
        this.segments = segments;
        this.logStartOffset = logStartOffset;
        this.logEndOffset = logEndOffset;
    }

    /** @param clean whether the last stop was a clean one; else the file is not to be believed */
    void settle(boolean clean) throws IOException {
        if (leaderEpochs.wasDamaged() || mayLackEpochs() && lackEpochs()) {
            leaderEpochs.precedeBy(epochsOfBatches());
        }
        leaderEpochs.forgetEmpty(logEndOffset);
        leaderEpochs.truncateFromStart(logStartOffset);
        if (!clean || leaderEpochs.wasDamaged()) {
            leaderEpochs.distrustFile();
        }
        leaderEpochs.persist();
    }

    /** Asked before the disk is. */
    private boolean mayLackEpochs() {
        List<LeaderEpochs.Entry> known = leaderEpochs.entries();
        // Also after a clean stop: a power cut right behind it may bring segments back that retention had deleted.
        return known.isEmpty() ? logEndOffset > logStartOffset : known.get(0).startOffset() > logStartOffset;
    }

    /** Whether the first batch has an epoch that the file does not name. Batches of the old formats have none. */
    private boolean lackEpochs() throws IOException {
        BatchView first = BatchView.firstOf(segments);
        return first != null && first.leaderEpoch() >= 0 && leaderEpochs.epochOf(first.baseOffset()) < 0;
    }

    private List<LeaderEpochs.Entry> epochsOfBatches() throws IOException {
        List<LeaderEpochs.Entry> epochs = new ArrayList<>();
        int latest = LeaderEpochs.NO_EPOCH;
        for (LogSegment segment : segments) {
            OpenFile open = segment.acquire();
            try {
                BatchCursor cursor =
                        new BatchCursor(SegmentScan.CHUNK_BYTES).start(open.channel(), 0, segment.sizeInBytes());
                while (cursor.next()) {
                    int epoch = Batches.isFormat2(cursor.bytes(), cursor.at())
                            ? BatchHeader.leaderEpoch(cursor.bytes(), cursor.at())
                            : LeaderEpochs.NO_EPOCH;
                    if (epoch > latest) {
                        epochs.add(new LeaderEpochs.Entry(epoch, cursor.baseOffset()));
                        latest = epoch;
                    }
                }
            } finally {
                open.release();
            }
        }
        return epochs;
    }
}
