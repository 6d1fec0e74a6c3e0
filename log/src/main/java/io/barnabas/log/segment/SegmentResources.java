package io.barnabas.log.segment;

import io.barnabas.runtime.Disk;
import java.util.random.RandomGenerator;

/**
 * What all segments of a broker share: open files, indexes in memory, what is known of the page cache, each within its
 * bound. Any thread may call.
 */
public final class SegmentResources {
    private final Disk disk;
    private final RandomGenerator random;
    private final FileHandles handles;
    private final IndexCache indexes;
    private final PageCache pageCache;

    public SegmentResources(
            Disk disk, RandomGenerator random, int maxOpenFiles, long indexCacheBytes, long pageCacheBytes) {
        this.disk = disk;
        this.random = random;
        this.handles = new FileHandles(disk, maxOpenFiles);
        this.indexes = new IndexCache(indexCacheBytes);
        this.pageCache = new PageCache(pageCacheBytes);
    }

    Disk disk() {
        return disk;
    }

    FileHandles handles() {
        return handles;
    }

    IndexCache indexes() {
        return indexes;
    }

    PageCache pageCache() {
        return pageCache;
    }

    public int openFiles() {
        return handles.openFiles();
    }

    /** A number from 0 on. */
    synchronized long randomBelow(long bound) {
        return random.nextLong(bound);
    }

    /** Closes files that nobody used since the last time; to be called now and then. */
    public void closeIdleFiles() {
        handles.closeIdle();
    }
}
