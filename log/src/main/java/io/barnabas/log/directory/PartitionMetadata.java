package io.barnabas.log.directory;

import io.barnabas.log.file.LogFiles;
import io.barnabas.log.file.SmallFile;
import io.barnabas.runtime.Disk;
import io.barnabas.wire.Uuid;
import java.io.IOException;
import java.nio.file.Path;

/** The file {@code partition.metadata}: which topic, by id, a partition's directory belongs to (KIP-516). */
public final class PartitionMetadata {
    private static final String VERSION_LINE = "version: 0";
    private static final String TOPIC_ID = "topic_id: ";

    private PartitionMetadata() {}

    /**
     * {@link Uuid#ZERO} when there is no file, as in directories of before 2.8, or when a power cut left nothing in it, or
     * zeros, before anything was promised of the log.
     */
    public static Uuid read(Disk disk, Path directory) throws IOException {
        Path file = directory.resolve(LogFiles.PARTITION_METADATA);
        if (!disk.exists(file)) {
            return Uuid.ZERO;
        }
        String text = SmallFile.readText(disk, file);
        if (text.chars().allMatch(character -> character == 0)) {
            return Uuid.ZERO;
        }
        String[] lines = text.split("\n");
        if (lines.length < 2 || !lines[0].equals(VERSION_LINE) || !lines[1].startsWith(TOPIC_ID)) {
            throw new IOException(file + " does not say which topic the directory belongs to");
        }
        try {
            return Uuid.fromString(lines[1].substring(TOPIC_ID.length()).trim());
        } catch (IllegalArgumentException malformed) {
            throw new IOException(file + " holds no topic id: " + malformed.getMessage(), malformed);
        }
    }

    /** Kafka puts no newline at the end. Durable with the log's first flush, so that making a log costs no fsync. */
    public static void write(Disk disk, Path directory, Uuid topicId) throws IOException {
        SmallFile.replaceTextSoon(
                disk, directory.resolve(LogFiles.PARTITION_METADATA), VERSION_LINE + "\n" + TOPIC_ID + topicId);
    }

    public static void fsync(Disk disk, Path directory) throws IOException {
        Path file = directory.resolve(LogFiles.PARTITION_METADATA);
        if (disk.exists(file)) {
            SmallFile.fsync(disk, file);
        }
    }
}
