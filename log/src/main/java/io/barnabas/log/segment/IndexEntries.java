package io.barnabas.log.segment;

import java.nio.ByteBuffer;

/** What {@link SegmentIndex} needs of the entries that it keeps on disk. */
interface IndexEntries<E extends IndexEntries<E>> {
    int count();

    int entryBytes();

    /** The entries from {@code first} to before {@code end}, as the file holds them. */
    ByteBuffer write(int first, int end);

    /** Those with an offset below {@code relativeOffset}. */
    E below(int relativeOffset);

    int sizeInMemory();

    /** Where the last of the first {@code count} keys is that is at most {@code key}, or -1; the keys rise. */
    static int floor(long[] keys, int count, long key) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (keys[middle] <= key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
