package io.barnabas.cluster;

import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.UpdateMetadataRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Holds the newest {@link MetadataImage}. Changed only by what a controller sends: {@link #apply} is called by one
 * thread at a time, the broker's role mailbox, after it has checked the epochs. Anyone reads.
 */
public final class MetadataCache {
    private final List<Consumer<MetadataImage>> listeners = new CopyOnWriteArrayList<>();
    private volatile MetadataImage current;

    public MetadataCache(String clusterId) {
        this.current = MetadataImage.empty(clusterId);
    }

    public MetadataImage current() {
        return current;
    }

    /** Makes the new image, publishes it and tells the listeners. Answers with the partitions of deleted topics. */
    public List<TopicPartition> apply(UpdateMetadataRequest request) {
        MetadataUpdate update = new MetadataUpdate(current, request);
        current = update.image();
        listeners.forEach(listener -> listener.accept(current));
        return update.deleted();
    }

    /** The listener is called after each change by the thread that makes it; it returns at once. */
    public void listen(Consumer<MetadataImage> listener) {
        listeners.add(listener);
    }
}
