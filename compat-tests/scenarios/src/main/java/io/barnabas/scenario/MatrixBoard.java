package io.barnabas.scenario;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which records were acknowledged and who has read which. Each client writes to its own part; the parts are compared
 * when all threads have ended.
 */
final class MatrixBoard {
    private final long endOfSendingNanos;
    private final long deadlineNanos;
    private final Map<String, BitSet> sent = new LinkedHashMap<>();
    private final Map<String, Map<String, BitSet>> read = new LinkedHashMap<>();
    private final Map<String, AtomicInteger> counts = new LinkedHashMap<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger sending;

    MatrixBoard(List<String> producers, List<String> consumers, long nowNanos, long sendingNanos, long limitNanos) {
        this.endOfSendingNanos = nowNanos + sendingNanos;
        this.deadlineNanos = nowNanos + limitNanos;
        this.sending = new AtomicInteger(producers.size());
        producers.forEach(release -> sent.put(release, new BitSet()));
        for (String release : consumers) {
            read.put(release, new TreeMap<>());
            counts.put(release, new AtomicInteger());
        }
    }

    /** Until the time is over, and until every consumer has begun to read, so that all are at it at the same time. */
    boolean isToBeSent(long nowNanos) {
        return nowNanos < endOfSendingNanos || nowNanos < deadlineNanos && !allRead();
    }

    boolean isToBeRead(String consumer, long nowNanos) {
        return nowNanos < deadlineNanos
                && (sending.get() > 0 || counts.get(consumer).get() < acknowledged.get());
    }

    void acknowledged(String producer, int number) {
        sent.get(producer).set(number);
        acknowledged.incrementAndGet();
    }

    void endedSending() {
        sending.decrementAndGet();
    }

    void read(String consumer, String producer, int number) {
        BitSet numbers = read.get(consumer).computeIfAbsent(producer, first -> new BitSet());
        if (!numbers.get(number)) {
            numbers.set(number);
            counts.get(consumer).incrementAndGet();
        }
    }

    /** When all threads have ended: what a consumer has read, in words, and whether it is what was sent. */
    String verdict(String consumer) {
        StringBuilder wrong = new StringBuilder();
        sent.forEach((producer, numbers) -> {
            BitSet seen = read.get(consumer).getOrDefault(producer, new BitSet());
            if (!seen.equals(numbers)) {
                wrong.append("; of ")
                        .append(producer)
                        .append(' ')
                        .append(seen.cardinality())
                        .append(" instead of ")
                        .append(numbers.cardinality());
            }
        });
        return wrong.length() == 0 && !sent.values().stream().anyMatch(BitSet::isEmpty)
                ? "ok " + consumer
                : "broken " + consumer + wrong;
    }

    int acknowledged() {
        return acknowledged.get();
    }

    private boolean allRead() {
        return counts.values().stream().allMatch(count -> count.get() > 0);
    }
}
