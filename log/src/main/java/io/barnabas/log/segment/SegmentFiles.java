package io.barnabas.log.segment;

import io.barnabas.log.file.LogFiles;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of one segment, which get their names and go together: the log, its two sparse indexes, the aborted
 * transactions. Whoever renames or deletes them holds the segment's monitor; any thread may look.
 */
final class SegmentFiles {
    private final Disk disk;
    private final SegmentFile log;
    private final SegmentIndexes indexes;
    private final TransactionIndex transactions;

    SegmentFiles(Disk disk, SegmentFile log, SegmentIndexes indexes, TransactionIndex transactions) {
        this.disk = disk;
        this.log = log;
        this.indexes = indexes;
        this.transactions = transactions;
    }

    long lastModifiedMs() throws IOException {
        return disk.lastModifiedMs(log.path());
    }

    void setLastModifiedMs(long timeMs) throws IOException {
        for (Path path : paths()) {
            if (disk.exists(path)) {
                disk.setLastModifiedMs(path, timeMs);
            }
        }
    }

    void fsyncIndexes() throws IOException {
        indexes.fsync();
        transactions.fsync();
    }

    /** Gives all files other names, the log first: what a crash leaves of that can be told apart. */
    void changeSuffix(String from, String to) throws IOException {
        log.changeSuffix(from, to);
        indexes.changeSuffix(from, to);
        transactions.changeSuffix(from, to);
    }

    /** Takes the files out of the log; gives their new names. Readers at work go on. */
    List<Path> renameToDeleted() throws IOException {
        indexes.forget();
        changeSuffix("", LogFiles.DELETED);
        log.close();
        return paths();
    }

    void delete() throws IOException {
        indexes.forget();
        log.close();
        for (Path path : paths()) {
            disk.deleteIfExists(path);
        }
    }

    /** Gives the files second names in another directory. */
    void linkInto(Path directory) throws IOException {
        for (Path path : paths()) {
            // While a compaction comes to its end, names carry a suffix.
            String plain = path.getFileName().toString().replace(LogFiles.SWAP, "");
            if (disk.exists(path)) {
                disk.hardLink(path, directory.resolve(plain));
            }
        }
    }

    /** Before something is added to the files: a fork may have them, too. The indexes see to that themselves. */
    void unshare() throws IOException {
        log.unshare();
        transactions.unshare();
    }

    private List<Path> paths() {
        List<Path> paths = new ArrayList<>(indexes.paths());
        paths.add(transactions.path());
        paths.add(log.path());
        return paths;
    }

    /** The directory above has a new name. */
    void movedTo(Path directory) {
        log.movedTo(directory);
        indexes.movedTo(directory);
        transactions.movedTo(directory);
    }

    /** Gives back the file handle and the memory of the indexes. */
    void release() {
        log.close();
        indexes.forget();
        transactions.forget();
    }
}
