package io.barnabas.log.segment;

import io.barnabas.log.AbortedTransaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds what was aborted of that which a reader gets to see. A transaction's marker may lie in a later segment. */
public final class AbortedLookup {
    private AbortedLookup() {}

    /** Null when an index has to be read from disk. */
    public static List<AbortedTransaction> inMemory(SegmentList segments, long from, long upTo) {
        List<AbortedTransaction> found = new ArrayList<>();
        for (int i = Math.max(0, segments.indexOf(from)); i < segments.count(); i++) {
            AbortedEntries entries = segments.get(i).transactions().inMemory();
            if (entries == null) {
                return null;
            }
            if (!entries.collect(from, upTo, found)) {
                break;
            }
        }
        return found;
    }

    public static List<AbortedTransaction> fromDisk(SegmentList segments, long from, long upTo) throws IOException {
        List<AbortedTransaction> found = new ArrayList<>();
        for (int i = Math.max(0, segments.indexOf(from)); i < segments.count(); i++) {
            AbortedEntries entries = segments.get(i).transactions().load();
            if (entries == null) {
                throw new IOException("damaged transaction index: "
                        + segments.get(i).transactions().path());
            }
            if (!entries.collect(from, upTo, found)) {
                break;
            }
        }
        return found;
    }
}
