package io.barnabas.log.producer;

import io.barnabas.log.segment.BatchCursor;
import io.barnabas.log.segment.Batches;
import io.barnabas.log.segment.LogSegment;
import io.barnabas.log.segment.OpenFile;
import io.barnabas.log.segment.SegmentList;
import io.barnabas.log.segment.SegmentScan;
import java.io.IOException;
import java.nio.channels.FileChannel;

/** Brings what is known of producers up to an offset: from the newest snapshot, then batch by batch. */
public final class ProducerRecovery {
    private ProducerRecovery() {}

    /** Takes up the newest good snapshot at or before {@code upTo}; gives the offset to which it speaks. */
    public static long restore(ProducerStates producers, SnapshotFiles snapshots, long logStartOffset, long upTo)
            throws IOException {
        SnapshotFiles.Loaded loaded = snapshots.newest(upTo);
        if (loaded == null) {
            producers.clear();
            return logStartOffset;
        }
        producers.restore(loaded.states());
        return loaded.offset();
    }

    /** Takes up the batches of {@code [from, upTo)}. */
    public static void replay(ProducerStates producers, SegmentList segments, long from, long upTo) throws IOException {
        if (from >= upTo) {
            return;
        }
        for (int i = Math.max(0, segments.indexOf(from)); i < segments.count(); i++) {
            LogSegment segment = segments.get(i);
            if (segment.baseOffset() >= upTo) {
                return;
            }
            OpenFile open = segment.acquire();
            try {
                replay(producers, segment, open.channel(), from, upTo);
            } finally {
                open.release();
            }
        }
    }

    private static void replay(ProducerStates producers, LogSegment segment, FileChannel channel, long from, long upTo)
            throws IOException {
        BatchCursor cursor = new BatchCursor(Math.min(SegmentScan.CHUNK_BYTES, segment.sizeInBytes()))
                .start(channel, segment.positionOf(from), segment.sizeInBytes());
        while (cursor.next() && cursor.baseOffset() < upTo) {
            if (cursor.lastOffset() >= from && Batches.isFormat2(cursor.bytes(), cursor.at()) && cursor.loadWhole()) {
                producers.appended(cursor.bytes(), cursor.at());
            }
        }
    }
}
