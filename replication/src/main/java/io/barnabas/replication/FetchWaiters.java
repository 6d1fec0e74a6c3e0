package io.barnabas.replication;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Who wants to hear of news of one partition. Any thread may call; an idle partition costs one reference. Subscribing
 * copies the array, so that telling everybody takes no lock. Bounded by the fetch sessions and connections of the
 * broker: each has at most one entry a partition.
 */
final class FetchWaiters {
    private static final PartitionListener[] NOBODY = {};

    private final AtomicReference<PartitionListener[]> listeners = new AtomicReference<>(NOBODY);

    void add(PartitionListener listener) {
        listeners.updateAndGet(present -> {
            PartitionListener[] more = Arrays.copyOf(present, present.length + 1);
            more[present.length] = listener;
            return more;
        });
    }

    /** Takes one entry of the listener out; fine when there is none. */
    void remove(PartitionListener listener) {
        listeners.updateAndGet(present -> without(present, listener));
    }

    boolean isEmpty() {
        return listeners.get().length == 0;
    }

    void appended(int bytes) {
        for (PartitionListener listener : listeners.get()) {
            listener.appended(bytes);
        }
    }

    void committed(int bytes) {
        for (PartitionListener listener : listeners.get()) {
            listener.committed(bytes);
        }
    }

    void changed() {
        for (PartitionListener listener : listeners.get()) {
            listener.changed();
        }
    }

    private static PartitionListener[] without(PartitionListener[] present, PartitionListener listener) {
        for (int i = 0; i < present.length; i++) {
            if (present[i] == listener) {
                if (present.length == 1) {
                    return NOBODY;
                }
                PartitionListener[] fewer = new PartitionListener[present.length - 1];
                System.arraycopy(present, 0, fewer, 0, i);
                System.arraycopy(present, i + 1, fewer, i, present.length - i - 1);
                return fewer;
            }
        }
        return present;
    }
}
