package io.barnabas.log.inspect;

import java.nio.file.Path;
import java.util.function.IntPredicate;

/** Compares the entries of an index with its segment, one after the other. Confined to one thread. */
abstract class IndexCheck implements BatchWatcher {
    final Path file;
    final FixedEntries entries;
    private final Findings findings;
    private final boolean settled;
    private final int usable;

    /** The entry that is due. */
    int next;

    /** @param rises whether an entry, but the first, comes behind the one before as it should */
    IndexCheck(Path file, FixedEntries entries, boolean settled, Findings findings, IntPredicate rises) {
        this.file = file;
        this.entries = entries;
        this.settled = settled;
        this.findings = findings;
        this.usable = countWhile(rises);
    }

    private int countWhile(IntPredicate rises) {
        for (int i = 1; i < entries.count(); i++) {
            if (!rises.test(i)) {
                findings.found(settled, file, entries.position(i), "entry " + i + " does not rise over the one before");
                return i;
            }
        }
        return entries.count();
    }

    final boolean hasNext() {
        return next < usable;
    }

    /** The entry that is due; the one behind it follows. */
    final void wrong(String what) {
        findings.found(settled, file, entries.position(next), "entry " + next + " " + what);
        next++;
    }
}
