package io.barnabas.cluster;

import io.barnabas.wire.Uuid;
import java.util.SortedMap;

/**
 * A topic and those of its partitions that the controller has told of. Immutable.
 *
 * @param id {@link Uuid#ZERO} for none
 * @param partitions by number; not every number need be there
 */
public record TopicImage(String name, Uuid id, SortedMap<Integer, PartitionImage> partitions) {

    /** Null when the controller has not told of it. */
    public PartitionImage partition(int number) {
        return partitions.get(number);
    }
}
