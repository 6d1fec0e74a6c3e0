package io.barnabas.log;

import io.barnabas.log.directory.CheckpointFile;
import io.barnabas.log.directory.CheckpointFile.MalformedCheckpointException;
import io.barnabas.log.file.LogFiles;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which leader epoch began at which offset (KIP-101), and the file {@code leader-epoch-checkpoint} that keeps it. Both
 * numbers rise from entry to entry. Whoever changes it holds the partition's lock; any thread reads; {@link #persist}
 * needs no lock.
 *
 * <p>An epoch without records says nothing that the next one would not: every start forgets it, as Apache's does. So it
 * is written when its first record comes. Batches carry their epochs, and what is not flushed is scanned after a crash;
 * so the file need not be durable before the records are.
 */
public final class LeaderEpochs {
    public static final int NO_EPOCH = -1;
    public static final long NO_OFFSET = -1;

    private static final Logger LOG = LoggerFactory.getLogger(LeaderEpochs.class);

    /** A leader epoch and the first offset written in it. */
    public record Entry(int epoch, long startOffset) {}

    /** Where an epoch ended: the largest epoch known that is not beyond the one asked for, and the offset after it. */
    public record EndOffset(int epoch, long endOffset) {
        private static final EndOffset UNKNOWN = new EndOffset(NO_EPOCH, NO_OFFSET);
    }

    private final Disk disk;
    private volatile Path directory;
    private volatile List<Entry> entries = List.of();
    /** Something that matters is not in the file. */
    private volatile boolean changed;

    /** The latest epoch has no records yet. */
    private volatile boolean begun;

    /** The file has that epoch all the same. */
    private volatile boolean shown;

    /** An epoch without records that the file has, and that was forgotten; null when there is none. */
    private Entry inFileOnly;

    /** A power cut may take what the file says. */
    private volatile boolean fleeting;

    private boolean damaged;

    LeaderEpochs(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    private CheckpointFile file() {
        return new CheckpointFile(disk, directory.resolve(LogFiles.LEADER_EPOCHS));
    }

    /** Reads the file, or makes it; one that is damaged counts as empty, and the scan of the log fills it again. */
    static LeaderEpochs open(Disk disk, Path directory) throws IOException {
        LeaderEpochs epochs = new LeaderEpochs(disk, directory);
        CheckpointFile file = epochs.file();
        file.createIfMissing();
        try {
            epochs.entries = read(file);
        } catch (MalformedCheckpointException damaged) {
            LOG.warn("Going on without the leader epochs of {}: {}", directory, damaged.getMessage());
            epochs.damaged = true;
        }
        return epochs;
    }

    boolean wasDamaged() {
        return damaged;
    }

    private static List<Entry> read(CheckpointFile file) throws IOException {
        List<Entry> read = new ArrayList<>();
        Entry previous = new Entry(NO_EPOCH, NO_OFFSET);
        int line = 3;
        for (String[] words : file.read(2)) {
            Entry entry = new Entry((int) file.number(words[0], line), file.number(words[1], line));
            if (entry.epoch <= previous.epoch || entry.startOffset <= previous.startOffset) {
                throw new MalformedCheckpointException(file.path(), line, "does not rise");
            }
            read.add(entry);
            previous = entry;
            line++;
        }
        return List.copyOf(read);
    }

    public List<Entry> entries() {
        return entries;
    }

    /** {@link #NO_EPOCH} when nothing was ever written. */
    public int latestEpoch() {
        List<Entry> all = entries;
        return all.isEmpty() ? NO_EPOCH : all.get(all.size() - 1).epoch;
    }

    /** The epoch of the batch that holds {@code offset}. */
    public int epochOf(long offset) {
        List<Entry> all = entries;
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).startOffset <= offset) {
                return all.get(i).epoch;
            }
        }
        return NO_EPOCH;
    }

    /** The answer to a replica that asks where {@code epoch} ended (OffsetForLeaderEpoch). */
    public EndOffset endOffsetOf(int epoch, long logEndOffset) {
        List<Entry> all = entries;
        if (epoch == NO_EPOCH || all.isEmpty() || epoch > latestEpoch()) {
            return EndOffset.UNKNOWN;
        }
        if (epoch == latestEpoch()) {
            return new EndOffset(epoch, logEndOffset);
        }
        int next = 0;
        while (all.get(next).epoch <= epoch) {
            next++;
        }
        int found = next == 0 ? epoch : all.get(next - 1).epoch;
        return new EndOffset(found, all.get(next).startOffset);
    }

    /** Records of {@code epoch} are in the log from {@code startOffset} on. True when that was not known. */
    boolean assign(int epoch, long startOffset) {
        if (begun) {
            begun = false;
            changed |= !shown;
        }
        if (isKnown(epoch, startOffset)) {
            return false;
        }
        change(with(epoch, startOffset));
        return true;
    }

    /** The epoch begins at the log's end; records may follow. */
    void begin(int epoch, long logEndOffset) {
        if (isKnown(epoch, logEndOffset)) {
            return;
        }
        List<Entry> next = with(epoch, logEndOffset);
        if (!withRecords(next, logEndOffset).equals(withRecords(entries, logEndOffset))) {
            changed = true;
        }
        entries = List.copyOf(next);
        shown = new Entry(epoch, logEndOffset).equals(inFileOnly);
        fleeting |= shown;
        begun = true;
    }

    private List<Entry> with(int epoch, long startOffset) {
        List<Entry> next = new ArrayList<>(entries);
        next.removeIf(entry -> entry.epoch >= epoch || entry.startOffset >= startOffset);
        next.add(new Entry(epoch, startOffset));
        return next;
    }

    private static List<Entry> withRecords(List<Entry> all, long logEndOffset) {
        return all.stream().filter(entry -> entry.startOffset < logEndOffset).toList();
    }

    private boolean isKnown(int epoch, long startOffset) {
        List<Entry> all = entries;
        return epoch < 0 || !all.isEmpty() && isKnown(all.get(all.size() - 1), epoch, startOffset);
    }

    private static boolean isKnown(Entry latest, int epoch, long startOffset) {
        return latest.epoch == epoch && startOffset >= latest.startOffset;
    }

    /** What the file says of epochs that have no records is worth nothing, in memory or there. */
    void forgetEmpty(long logEndOffset) {
        List<Entry> before = entries;
        entries = withRecords(before, logEndOffset);
        inFileOnly = before.size() == entries.size() + 1 ? before.get(entries.size()) : null;
    }

    /** The log ends at {@code offset} now. */
    void truncateFromEnd(long offset) {
        keepIf(entry -> entry.startOffset < offset);
    }

    /** Writes those that began before an offset into the directory of a fork; durable with its first flush. */
    void writeInto(Path other, long endOffset) throws IOException {
        new CheckpointFile(disk, other.resolve(LogFiles.LEADER_EPOCHS))
                .writeInPlace(lines(entries.stream()
                        .filter(entry -> entry.startOffset < endOffset)
                        .toList()));
    }

    private static List<String> lines(List<Entry> entries) {
        return entries.stream()
                .map(entry -> entry.epoch + " " + entry.startOffset)
                .toList();
    }

    /** The log begins at {@code offset} now: the epoch that holds it begins there. */
    void truncateFromStart(long offset) {
        int epoch = epochOf(offset);
        List<Entry> all = entries;
        if (all.isEmpty() || all.get(0).startOffset >= offset) {
            return;
        }
        List<Entry> next = new ArrayList<>();
        next.add(new Entry(epoch, offset));
        all.stream().filter(entry -> entry.startOffset > offset).forEach(next::add);
        change(next);
    }

    /**
     * What the batches say of the time before the first entry: the log begins earlier than the file thinks, because the
     * file knew of a deletion of records that a crash has undone.
     */
    void precedeBy(List<Entry> earlier) {
        List<Entry> next = new ArrayList<>(entries);
        List<Entry> before = new ArrayList<>(earlier);
        before.removeIf(entry ->
                !next.isEmpty() && (entry.startOffset >= next.get(0).startOffset || entry.epoch > next.get(0).epoch));
        if (!before.isEmpty() && !next.isEmpty() && before.get(before.size() - 1).epoch == next.get(0).epoch) {
            next.remove(0);
        }
        before.addAll(next);
        change(before);
    }

    void clear() {
        keepIf(entry -> false);
    }

    private void keepIf(Predicate<Entry> kept) {
        List<Entry> next = entries.stream().filter(kept).toList();
        if (next.size() != entries.size()) {
            change(next);
        }
    }

    private void change(List<Entry> next) {
        entries = List.copyOf(next);
        inFileOnly = null;
        changed = true;
    }

    boolean needsPersisting() {
        return changed;
    }

    /** After a crash nobody knows whether the file was durable. */
    void distrustFile() {
        fleeting = true;
    }

    /** Writes the file, durably, if anything that matters changed since. */
    synchronized void persist() throws IOException {
        if (changed) {
            write();
        }
    }

    /** As {@link #persist}, also where the file is there and nobody vouches for it: before records count as durable. */
    synchronized void makeDurable() throws IOException {
        if (changed || fleeting) {
            write();
        }
    }

    private void write() throws IOException {
        changed = false;
        fleeting = false;
        try {
            file().write(lines(entries));
        } catch (IOException failure) {
            changed = true;
            throw failure;
        }
    }

    /** Shows an epoch without records in the file of a log that has none, where a power cut can take nothing. */
    synchronized void show() throws IOException {
        if (begun && !shown) {
            fleeting = true;
            file().writeInPlace(lines(entries));
            shown = true;
        }
    }

    /** The directory has a new name. */
    void movedTo(Path newDirectory) {
        directory = newDirectory;
    }
}
