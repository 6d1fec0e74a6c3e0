package io.barnabas.log.cleaner;

import io.barnabas.log.LogConfig;
import io.barnabas.log.producer.ProducerStates.LastBatch;
import io.barnabas.log.segment.LogSegment;
import io.barnabas.log.segment.SegmentList;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A log as compaction sees it. Any thread may ask; one compaction of a log at a time. Most of it waits for the disk. */
public interface CleanableLog {
    LogConfig config();

    /** Nothing can be done with it any more. */
    boolean isUnusable();

    SegmentList segments();

    /** What a compaction could do at this moment. */
    CleanableRange cleanableRange(long nowMs) throws IOException;

    /** Negative when it was never compacted. */
    long compactedUpTo();

    /** Producers and where the last batch of each ended, of this moment. */
    Map<Long, LastBatch> lastBatchesOfProducers();

    /** Counts up when records at the end are dropped; to be asked before anything else of the log. */
    int truncations();

    /** What happens to the log from here on relies on a start's knowing that all of it was durable. */
    void compactionBegins() throws IOException;

    /** An empty segment beside the log. */
    LogSegment newSegment(long baseOffset, long nowMs) throws IOException;

    /**
     * Puts a segment, which is finished and durable, in the place of some.
     *
     * @return false when the log changed meanwhile: then nothing is left of the new segment
     */
    boolean replace(List<LogSegment> old, LogSegment cleaned, int truncationsBefore) throws IOException;

    /** Notes how far a compaction came, unless the log lost records since it began. */
    void compacted(long upTo, int truncationsBefore);

    /** Lets a start know how far compactions came. */
    void compactionEnded() throws IOException;

    void failed(String what, IOException failure);

    /** Those that retention wants gone; a failure is told to the directory. */
    void deleteOldSegments(long nowMs);
}
