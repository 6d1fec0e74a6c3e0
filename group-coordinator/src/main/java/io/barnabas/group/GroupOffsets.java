package io.barnabas.group;

import io.barnabas.coordinator.AppliedBatch;
import io.barnabas.wire.TopicPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * The committed offsets of one group. Those committed in a transaction count once its marker says so, unless a later
 * record has overtaken them. Confined to the shard.
 */
final class GroupOffsets {
    private final Map<TopicPartition, Stored> offsets = new LinkedHashMap<>();
    private final Map<Long, Map<TopicPartition, Stored>> undecided = new HashMap<>();

    /** Null when there is none. */
    CommittedOffset get(TopicPartition partition) {
        Stored stored = offsets.get(partition);
        return stored == null ? null : stored.offset;
    }

    Collection<TopicPartition> partitions() {
        return Collections.unmodifiableSet(offsets.keySet());
    }

    /** Those that the caller picks, in a list of its own. */
    List<TopicPartition> partitions(BiPredicate<TopicPartition, CommittedOffset> pick) {
        List<TopicPartition> picked = new ArrayList<>();
        offsets.forEach((partition, stored) -> {
            if (pick.test(partition, stored.offset)) {
                picked.add(partition);
            }
        });
        return picked;
    }

    int size() {
        return offsets.size();
    }

    boolean isEmpty() {
        return offsets.isEmpty() && undecided.isEmpty();
    }

    /** A transaction that is still open has committed an offset there. */
    boolean isUndecided(TopicPartition partition) {
        for (Map<TopicPartition, Stored> ofProducer : undecided.values()) {
            if (ofProducer.containsKey(partition)) {
                return true;
            }
        }
        return false;
    }

    boolean hasUndecided() {
        return !undecided.isEmpty();
    }

    void put(TopicPartition partition, CommittedOffset offset, AppliedBatch batch) {
        Stored stored = new Stored(offset, batch.baseOffset());
        if (batch.transactional()) {
            undecided
                    .computeIfAbsent(batch.producerId(), id -> new LinkedHashMap<>())
                    .put(partition, stored);
        } else {
            offsets.put(partition, stored);
        }
    }

    void remove(TopicPartition partition, AppliedBatch batch) {
        if (!batch.transactional()) {
            offsets.remove(partition);
            return;
        }
        Map<TopicPartition, Stored> ofProducer = undecided.get(batch.producerId());
        if (ofProducer != null && ofProducer.remove(partition) != null && ofProducer.isEmpty()) {
            undecided.remove(batch.producerId());
        }
    }

    void decide(long producerId, boolean committed) {
        Map<TopicPartition, Stored> decided = undecided.remove(producerId);
        if (decided == null || !committed) {
            return;
        }
        decided.forEach((partition, stored) ->
                offsets.merge(partition, stored, (now, then) -> now.batchOffset < then.batchOffset ? then : now));
    }

    /** @param batchOffset of the batch it was written with: the later one wins */
    private record Stored(CommittedOffset offset, long batchOffset) {}
}
