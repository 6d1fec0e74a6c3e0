package io.barnabas.log.inspect;

import io.barnabas.log.directory.CheckpointFile;
import io.barnabas.log.directory.CheckpointFile.MalformedCheckpointException;
import io.barnabas.log.file.LogFiles;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Which leader epoch the offsets of a partition belong to, as its epoch file tells. Immutable once read. */
final class EpochLine {
    private final TreeMap<Long, Integer> epochs = new TreeMap<>();

    private EpochLine() {}

    /** Empty where there is no file, or none that can be read, which is a problem. */
    static EpochLine read(Disk disk, Path partition, Findings findings) throws IOException {
        EpochLine line = new EpochLine();
        Path file = partition.resolve(LogFiles.LEADER_EPOCHS);
        if (!disk.exists(file)) {
            return line;
        }
        try {
            CheckpointFile checkpoint = new CheckpointFile(disk, file);
            int number = CheckpointFile.FIRST_ENTRY_LINE;
            for (String[] words : checkpoint.read(2)) {
                line.add(
                        checkpoint.number(words[0], number),
                        checkpoint.number(words[1], number),
                        number,
                        file,
                        findings);
                number++;
            }
        } catch (MalformedCheckpointException malformed) {
            findings.problem(file, malformed.problem());
            line.epochs.clear();
        }
        return line;
    }

    private void add(long epoch, long startOffset, int line, Path file, Findings findings) {
        Map.Entry<Long, Integer> last = epochs.lastEntry();
        if (last != null && (epoch <= last.getValue() || startOffset <= last.getKey())) {
            findings.problem(file, "line " + line + " does not rise over the one before");
        } else {
            epochs.put(startOffset, (int) epoch);
        }
    }

    /** -1 when the file does not tell. */
    int at(long offset) {
        Map.Entry<Long, Integer> entry = epochs.floorEntry(offset);
        return entry == null ? -1 : entry.getValue();
    }

    /** Where the newest epoch begins; -1 when there is none. */
    long newestStart() {
        return epochs.isEmpty() ? -1 : epochs.lastKey();
    }
}
