package io.barnabas.log.segment;

import static io.barnabas.log.segment.PageCache.REGION_BYTES;

import java.util.Arrays;

/**
 * Which regions of a segment's file came by lately, and when: four bytes for each megabyte. Any thread may call; where
 * two do at the same time a region may be forgotten, which merely sends its next reader to the disk pool.
 */
final class WarmRegions {
    private static final int NEVER = 0;

    private final PageCache cache;
    private volatile int[] moments = {NEVER};

    WarmRegions(PageCache cache) {
        this.cache = cache;
    }

    /** Records were appended; what is before them in their first region may be cold, and is then told apart no more. */
    void appended(int position, int length) {
        note(position / REGION_BYTES, (position + length - 1) / REGION_BYTES, cache.used(length));
    }

    /** Bytes were read from disk. Only regions that are there from their begin on count. */
    void read(int position, int length) {
        int first = (int) ((position + REGION_BYTES - 1L) / REGION_BYTES);
        note(first, (position + length - 1) / REGION_BYTES, cache.used(length));
    }

    /** The first position that reading up to {@code end} may have to wait for; {@code end} when there is none. */
    int firstCold(int position, int end) {
        int[] known = moments;
        int at = position;
        while (at < end && isWarm(known, at / REGION_BYTES)) {
            at = endOfRegion(at, end);
        }
        return at;
    }

    private boolean isWarm(int[] known, int region) {
        return region < known.length && known[region] != NEVER && cache.holds(known[region]);
    }

    /** Where the region ends that holds this position, but not after {@code end}. */
    static int endOfRegion(int position, int end) {
        return (int) Math.min((position / REGION_BYTES + 1L) * REGION_BYTES, end);
    }

    private void note(int first, int last, int moment) {
        int[] known = moments;
        if (last >= known.length) {
            known = Arrays.copyOf(known, Math.max(last + 1, 2 * known.length));
            moments = known;
        }
        for (int region = first; region <= last; region++) {
            known[region] = moment;
        }
    }
}
