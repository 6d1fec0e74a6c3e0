package io.barnabas.log.kraft;

import io.barnabas.log.file.LogFiles;
import io.barnabas.log.segment.BatchCursor;
import io.barnabas.runtime.Disk;
import io.barnabas.wire.MalformedMessageException;
import io.barnabas.wire.record.BatchChecksum;
import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.Records;
import io.barnabas.wire.record.UnreadableRecordsException;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The directory {@code __cluster_metadata-0} of a KRaft node: the newest snapshot, and the log from there on. It is read
 * only. What a crash left torn at the very end does not count, as it was never acknowledged. Used by one thread, which
 * waits for the disk.
 */
public final class MetadataLog {
    public static final String DIRECTORY = "__cluster_metadata-0";

    /** {@code <end offset>-<epoch>.checkpoint}. */
    private static final Pattern SNAPSHOT = Pattern.compile("(\\d{20})-\\d{10}\\.checkpoint");

    private static final int CHUNK_BYTES = 1 << 16;

    private final Disk disk;
    private final MetadataReplay replay = new MetadataReplay();

    private MetadataLog(Disk disk) {
        this.disk = disk;
    }

    /** Empty when the log directory has none; fails when it is there and cannot be understood. */
    public static Optional<KraftMetadata> read(Disk disk, Path logDirectory) throws IOException {
        Path directory = logDirectory.resolve(DIRECTORY);
        if (!disk.isDirectory(directory)) {
            return Optional.empty();
        }
        return Optional.of(new MetadataLog(disk).readAll(disk.list(directory)));
    }

    private KraftMetadata readAll(List<Path> files) throws IOException {
        Optional<Path> snapshot = files.stream()
                .filter(file -> endOffset(file) >= 0)
                .max(Comparator.comparingLong(MetadataLog::endOffset));
        if (snapshot.isPresent() && !readFile(snapshot.get(), 0)) {
            throw new IOException(snapshot.get() + " is damaged: not all of it can be read");
        }
        long from = snapshot.map(MetadataLog::endOffset).orElse(0L);
        List<Path> segments = files.stream()
                .filter(file -> LogFiles.hasSuffix(file, LogFiles.LOG) && LogFiles.offsetOf(file) >= 0)
                .sorted(Comparator.comparingLong(LogFiles::offsetOf))
                .toList();
        for (int i = 0; i < segments.size(); i++) {
            boolean whole = readFile(segments.get(i), from);
            if (!whole && i < segments.size() - 1) {
                throw new IOException(segments.get(i) + " is damaged: not all of it can be read");
            }
        }
        return replay.result();
    }

    /** -1 when the file is no snapshot. */
    private static long endOffset(Path file) {
        Matcher matcher = SNAPSHOT.matcher(file.getFileName().toString());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    /** Applies the batches from an offset on; false when it had to stop before the file's end. */
    private boolean readFile(Path file, long from) throws IOException {
        try (FileChannel channel = disk.open(file, StandardOpenOption.READ)) {
            int end = Math.toIntExact(channel.size());
            BatchCursor cursor = new BatchCursor(CHUNK_BYTES).start(channel, 0, end);
            while (cursor.next()) {
                if (!cursor.loadWhole() || !BatchChecksum.matches(cursor.bytes(), cursor.at(), cursor.sizeInBytes())) {
                    return false;
                }
                if (cursor.baseOffset() >= from && !BatchHeader.isControl(cursor.bytes(), cursor.at())) {
                    apply(cursor.bytes().slice(cursor.at(), cursor.sizeInBytes()));
                }
            }
            return cursor.position() == end;
        } catch (MalformedMessageException | UnreadableRecordsException malformed) {
            throw new IOException(file + " holds something that is no metadata: " + malformed.getMessage(), malformed);
        }
    }

    private void apply(ByteBuf batch) {
        Records.forEach(batch, record -> {
            if (record.hasValue()) {
                replay.apply(record.value());
            }
        });
    }
}
