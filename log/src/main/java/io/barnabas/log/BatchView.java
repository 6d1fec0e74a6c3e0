package io.barnabas.log;

import io.barnabas.log.segment.BatchCursor;
import io.barnabas.log.segment.Batches;
import io.barnabas.log.segment.LogSegment;
import io.barnabas.log.segment.OpenFile;
import io.barnabas.wire.record.BatchHeader;
import java.io.IOException;
import java.util.List;

/** What is asked of the first batch of a log when it is opened. Immutable. */
record BatchView(long baseOffset, int leaderEpoch, boolean isFormat2) {

    /** Of the first segment that has any; null when none has. */
    static BatchView firstOf(List<LogSegment> segments) throws IOException {
        for (LogSegment segment : segments) {
            OpenFile open = segment.acquire();
            try {
                BatchCursor cursor =
                        new BatchCursor(BatchHeader.HEADER_BYTES).start(open.channel(), 0, segment.sizeInBytes());
                if (cursor.next()) {
                    boolean newest = Batches.isFormat2(cursor.bytes(), cursor.at());
                    int epoch = newest ? BatchHeader.leaderEpoch(cursor.bytes(), cursor.at()) : LeaderEpochs.NO_EPOCH;
                    return new BatchView(cursor.baseOffset(), epoch, newest);
                }
            } finally {
                open.release();
            }
        }
        return null;
    }
}
