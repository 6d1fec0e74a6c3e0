package io.barnabas.log.segment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** Index entries of closed segments, the most wanted of them up to {@code maxBytes}. Any thread may call. */
public final class IndexCache {
    private final Cache<SegmentIndex<?>, IndexEntries<?>> entries;

    public IndexCache(long maxBytes) {
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((SegmentIndex<?> key, IndexEntries<?> value) -> value.sizeInMemory())
                .executor(Runnable::run)
                .build();
    }

    /** Null when they are not here. */
    @SuppressWarnings("unchecked") // put() takes entries of the key's own type only
    <E extends IndexEntries<E>> E get(SegmentIndex<E> index) {
        return (E) entries.getIfPresent(index);
    }

    <E extends IndexEntries<E>> void put(SegmentIndex<E> index, E value) {
        entries.put(index, value);
    }

    void remove(SegmentIndex<?> index) {
        entries.invalidate(index);
    }
}
