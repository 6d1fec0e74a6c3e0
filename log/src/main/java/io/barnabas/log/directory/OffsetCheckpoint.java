package io.barnabas.log.directory;

import io.barnabas.log.directory.CheckpointFile.MalformedCheckpointException;
import io.barnabas.runtime.Disk;
import io.barnabas.wire.TopicPartition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A checkpoint of one offset a partition, for all partitions of a log directory. One thread at a time writes. */
public final class OffsetCheckpoint {
    private static final Logger LOG = LoggerFactory.getLogger(OffsetCheckpoint.class);
    private static final int WORDS = 3;

    private final CheckpointFile file;

    public OffsetCheckpoint(Disk disk, Path path) {
        this.file = new CheckpointFile(disk, path);
    }

    public void createIfMissing() throws IOException {
        file.createIfMissing();
    }

    public void write(Map<TopicPartition, Long> offsets) throws IOException {
        List<String> lines = new ArrayList<>(offsets.size());
        offsets.forEach(
                (partition, offset) -> lines.add(partition.topic() + " " + partition.partition() + " " + offset));
        file.write(lines);
    }

    /** Fails with an {@link IOException} when the file is not whole; a missing one has no entries. */
    public Map<TopicPartition, Long> read() throws IOException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        if (!file.exists()) {
            return offsets;
        }
        int line = 3;
        for (String[] words : file.read(WORDS)) {
            int partition = (int) file.number(words[1], line);
            offsets.put(new TopicPartition(words[0], partition), file.number(words[2], line));
            line++;
        }
        return offsets;
    }

    /** As {@link #read}, but a damaged file counts as empty, with one line that says so; the log itself knows more. */
    public Map<TopicPartition, Long> readOrEmpty() throws IOException {
        Map<TopicPartition, Long> known = readOrNull();
        return known == null ? new HashMap<>() : known;
    }

    /** As {@link #read}, but null when the file is missing or damaged; of a damaged one a line tells. */
    public Map<TopicPartition, Long> readOrNull() throws IOException {
        try {
            return file.exists() ? read() : null;
        } catch (MalformedCheckpointException damaged) {
            LOG.warn("Going on without the checkpoint {}: {}", file.path(), damaged.getMessage());
            return null;
        }
    }
}
