package io.barnabas.broker.net;

import java.util.ArrayDeque;

/**
 * Answers of one connection, sent in the order of its requests; the protocol demands it. Confined to the connection's
 * event loop, hence no locks. Holds at most {@code maxInFlight} slots.
 */
final class ResponseQueue {
    private final ArrayDeque<RequestSlot> slots = new ArrayDeque<>(4);
    private final int maxInFlight;

    ResponseQueue(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    boolean hasRoom() {
        return slots.size() < maxInFlight;
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }

    void add(RequestSlot slot) {
        slots.add(slot);
    }

    /** The oldest request, when its end has come; null otherwise. */
    RequestSlot pollEnded() {
        RequestSlot oldest = slots.peek();
        return oldest != null && oldest.isEnded() ? slots.poll() : null;
    }

    /** The connection has gone: nothing will be sent any more. */
    void abandon() {
        slots.forEach(RequestSlot::abandon);
        slots.clear();
    }
}
