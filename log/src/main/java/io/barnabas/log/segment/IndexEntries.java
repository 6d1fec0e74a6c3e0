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
}
