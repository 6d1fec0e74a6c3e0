package io.barnabas.requests.data;

import io.barnabas.wire.Uuid;

/** A partition as a request names it: by topic id in newer versions, else by topic name; the other one is empty. */
record PartitionRef(Uuid topicId, String topic, int partition) {

    static PartitionRef byName(String topic, int partition) {
        return new PartitionRef(Uuid.ZERO, topic, partition);
    }

    /** A request that names nothing at all does so by an id that nobody has. */
    boolean isByName() {
        return topicId.isZero() && !topic.isEmpty();
    }
}
