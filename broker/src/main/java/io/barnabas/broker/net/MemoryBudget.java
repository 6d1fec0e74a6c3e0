package io.barnabas.broker.net;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes that requests may hold in memory at one time ({@code queued.max.request.bytes}). Reserved before a frame is
 * read; who finds nothing left waits in line. A frame larger than the whole budget passes when it is alone, and a small
 * one passes always, or a slow sender of large frames would hold up everybody's heartbeats. Any thread may call; holds
 * as many waiters as there are connections.
 */
final class MemoryBudget {
    static final int SMALL_BYTES = 4096;

    private final long limitBytes;
    private final AtomicLong usedBytes = new AtomicLong();
    private final AtomicLong lentBytes = new AtomicLong();
    private final ArrayDeque<Waiter> line = new ArrayDeque<>();
    private volatile int waiting;

    MemoryBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /**
     * True when the bytes are reserved. Otherwise {@code granted} runs later, once, on the thread that made room and
     * with the bytes reserved; it must return at once.
     */
    boolean reserve(long bytes, Runnable granted) {
        if (bytes <= SMALL_BYTES) {
            usedBytes.addAndGet(bytes);
            return true;
        }
        if (waiting == 0 && take(bytes)) {
            return true;
        }
        Waiter waiter = new Waiter(bytes, granted);
        List<Waiter> served;
        synchronized (line) {
            line.add(waiter);
            served = serveLine();
        }
        boolean atOnce = served.remove(waiter);
        served.forEach(Waiter::tell);
        return atOnce;
    }

    void release(long bytes) {
        usedBytes.addAndGet(-bytes);
        if (waiting > 0) {
            List<Waiter> served;
            synchronized (line) {
                served = serveLine();
            }
            served.forEach(Waiter::tell);
        }
    }

    long usedBytes() {
        return usedBytes.get();
    }

    /**
     * Room beside a frame's own, for those that may follow it: all connections together get as much as requests may hold,
     * and who gets none does without, at once. True when it is lent.
     */
    boolean lend(int bytes) {
        if (lentBytes.addAndGet(bytes) <= limitBytes) {
            return true;
        }
        lentBytes.addAndGet(-bytes);
        return false;
    }

    void takeBack(int bytes) {
        lentBytes.addAndGet(-bytes);
    }

    long lentBytes() {
        return lentBytes.get();
    }

    /** The first in line goes first, also when somebody behind would fit: a large frame gets its turn. */
    private List<Waiter> serveLine() {
        waiting = line.size();
        List<Waiter> served = new ArrayList<>();
        while (!line.isEmpty() && take(line.peek().bytes())) {
            served.add(line.poll());
        }
        waiting = line.size();
        return served;
    }

    private boolean take(long bytes) {
        while (true) {
            long used = usedBytes.get();
            if (used > 0 && used + bytes > limitBytes) {
                return false;
            }
            if (usedBytes.compareAndSet(used, used + bytes)) {
                return true;
            }
        }
    }

    private static final class Waiter {
        private final long bytes;
        private final Runnable granted;

        Waiter(long bytes, Runnable granted) {
            this.bytes = bytes;
            this.granted = granted;
        }

        long bytes() {
            return bytes;
        }

        void tell() {
            granted.run();
        }
    }
}
