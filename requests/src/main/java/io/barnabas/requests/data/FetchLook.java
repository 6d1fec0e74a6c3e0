package io.barnabas.requests.data;

import java.util.ArrayList;
import java.util.List;

/**
 * What one look at all partitions of a reader brought. Holds slices of files until it is answered or released.
 * Confined to the fetch that took it.
 */
final class FetchLook {
    private final List<PartitionRead> reads;

    FetchLook(int partitions) {
        reads = new ArrayList<>(partitions);
    }

    void add(PartitionRead read) {
        reads.add(read);
    }

    List<PartitionRead> reads() {
        return reads;
    }

    long bytes() {
        long bytes = 0;
        for (int i = 0; i < reads.size(); i++) {
            bytes += reads.get(i).bytes();
        }
        return bytes;
    }

    /** Something in it must not wait. */
    boolean isUrgent() {
        for (int i = 0; i < reads.size(); i++) {
            if (reads.get(i).isUrgent()) {
                return true;
            }
        }
        return false;
    }

    /** Partitions that cannot be read here at all. */
    int unavailable() {
        int unavailable = 0;
        for (int i = 0; i < reads.size(); i++) {
            unavailable += reads.get(i).isUnavailable() ? 1 : 0;
        }
        return unavailable;
    }

    void release() {
        for (int i = 0; i < reads.size(); i++) {
            reads.get(i).release();
        }
    }
}
