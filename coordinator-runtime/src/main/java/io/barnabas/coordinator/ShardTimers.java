package io.barnabas.coordinator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The timers of one shard, by key. Moving a timer further away, which every heartbeat does, costs one map lookup: its
 * place in the queue is corrected when it gets to the front. Confined to the shard's mailbox.
 */
final class ShardTimers<R> {
    /** No timer is set. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int SLACK = 64;

    private final Map<Object, Slot<R>> slots = new HashMap<>();
    private final PriorityQueue<Place<R>> queue = new PriorityQueue<>(Comparator.comparingLong(Place::dueMs));

    void set(Object key, long deadlineMs, TimedCommand<R> command) {
        Slot<R> slot = slots.computeIfAbsent(key, Slot::new);
        slot.deadlineMs = deadlineMs;
        slot.command = command;
        if (deadlineMs < slot.queuedForMs) {
            enqueue(slot);
        }
    }

    void cancel(Object key) {
        Slot<R> slot = slots.remove(key);
        if (slot != null) {
            slot.queuedForMs = NEVER;
            dropStalePlaces();
        }
    }

    /** When to look again; may be earlier than the next timer, never later. */
    long nextLookMs() {
        Place<R> first = queue.peek();
        return first == null ? NEVER : first.dueMs;
    }

    /** Takes the next timer that is up, or null. */
    TimedCommand<R> pollDue(long nowMs) {
        while (nextLookMs() <= nowMs) {
            Place<R> place = queue.poll();
            Slot<R> slot = place.slot;
            if (slot.queuedForMs != place.dueMs) {
                continue;
            }
            if (slot.deadlineMs > nowMs) {
                enqueue(slot);
                continue;
            }
            slots.remove(slot.key);
            slot.queuedForMs = NEVER;
            return slot.command;
        }
        return null;
    }

    int size() {
        return slots.size();
    }

    int places() {
        return queue.size();
    }

    private void enqueue(Slot<R> slot) {
        slot.queuedForMs = slot.deadlineMs;
        queue.add(new Place<>(slot, slot.deadlineMs));
        dropStalePlaces();
    }

    /** Keeps the queue at about the size of what is set, however often timers are cancelled or moved closer. */
    private void dropStalePlaces() {
        if (queue.size() <= 2 * slots.size() + SLACK) {
            return;
        }
        List<Place<R>> valid = new ArrayList<>(slots.size());
        slots.values().forEach(slot -> valid.add(new Place<>(slot, slot.queuedForMs)));
        queue.clear();
        queue.addAll(valid);
    }

    private static final class Slot<R> {
        private final Object key;
        private long deadlineMs;
        private long queuedForMs = NEVER;
        private TimedCommand<R> command;

        private Slot(Object key) {
            this.key = key;
        }
    }

    private record Place<R>(Slot<R> slot, long dueMs) {}
}
