package io.barnabas.requests.data;

import io.barnabas.replication.Partition;
import io.barnabas.replication.PartitionListener;
import io.barnabas.replication.PartitionView;
import io.barnabas.wire.message.FetchRequest.FetchPartition;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One partition that a reader wants: from where on, what the reader was told last, and what was seen at the last look.
 * Guarded by the monitor of its {@link FetchInterest}; only news comes in from any thread.
 */
final class FetchTarget implements PartitionListener {
    private static final long NEVER_TOLD = -1;

    private final PartitionRef key;
    private final FetchInterest interest;
    private final boolean follower;
    private final AtomicBoolean hasNews = new AtomicBoolean();

    private FetchPartition wanted;
    private long toldHighWatermark = NEVER_TOLD;
    private long toldLogStartOffset = NEVER_TOLD;
    private boolean active;

    private Partition source;
    private boolean subscribed;
    private PartitionView seenView;
    private long seenEndOffset;
    private long seenLogStartOffset;

    FetchTarget(PartitionRef key, FetchInterest interest, boolean follower) {
        this.key = key;
        this.interest = interest;
        this.follower = follower;
    }

    PartitionRef key() {
        return key;
    }

    int partition() {
        return key.partition();
    }

    FetchPartition wanted() {
        return wanted;
    }

    void wanted(FetchPartition changed) {
        wanted = changed;
    }

    boolean isActive() {
        return active;
    }

    void active(boolean changed) {
        active = changed;
    }

    /** Where it is read from; null while that is not known. */
    Partition source() {
        return source;
    }

    /** From now on it is read from here, and nothing has been seen yet. */
    void source(Partition found) {
        if (source != found) {
            unsubscribe();
            source = found;
        }
    }

    /** Notes what a look showed, so that {@link #isOutdated} can tell whether another one is worth it. */
    void saw(PartitionView view, long endOffset, long logStartOffset) {
        seenView = view;
        seenEndOffset = endOffset;
        seenLogStartOffset = logStartOffset;
    }

    /** Something has changed since the last look. */
    boolean isOutdated(Isolation isolation) {
        return source.view() != seenView
                || isolation.readableEnd(source.log()) != seenEndOffset
                || source.log().logStartOffset() != seenLogStartOffset;
    }

    /** False when there is nothing to subscribe to, or nothing new about it. */
    boolean subscribe() {
        if (source == null || subscribed) {
            return false;
        }
        subscribed = true;
        source.subscribe(this);
        return true;
    }

    void unsubscribe() {
        if (subscribed) {
            subscribed = false;
            source.unsubscribe(this);
        }
    }

    /** Whether an answer must name this partition although it brings no records. */
    boolean isNewsToReader(long highWatermark, long logStartOffset) {
        return highWatermark != toldHighWatermark || logStartOffset != toldLogStartOffset;
    }

    void told(long highWatermark, long logStartOffset) {
        toldHighWatermark = highWatermark;
        toldLogStartOffset = logStartOffset;
    }

    /** An error was answered: once it clears, the partition is named again. */
    void toldError() {
        toldHighWatermark = NEVER_TOLD;
    }

    long toldHighWatermark() {
        return toldHighWatermark;
    }

    @Override
    public void appended(int bytes) {
        if (follower) {
            tell(bytes);
        }
    }

    @Override
    public void committed(int bytes) {
        // A follower wants to learn of it although it brings no bytes.
        tell(follower ? UNKNOWN_BYTES : bytes);
    }

    @Override
    public void changed() {
        tell(UNKNOWN_BYTES);
    }

    private void tell(int bytes) {
        boolean first = hasNews.compareAndSet(false, true);
        interest.news(this, first, bytes);
    }

    /** News that comes from now on counts as new again. */
    void newsTaken() {
        hasNews.set(false);
    }
}
