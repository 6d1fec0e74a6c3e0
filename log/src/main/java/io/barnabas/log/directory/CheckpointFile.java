package io.barnabas.log.directory;

import io.barnabas.log.file.SmallFile;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A text file of entries, one a line, as Kafka writes it: version 0, the number of entries, the entries. An empty file
 * has none. One thread at a time writes.
 */
public final class CheckpointFile {
    /** Counted from 1. */
    public static final int FIRST_ENTRY_LINE = 3;

    private static final String VERSION = "0";

    private final Disk disk;
    private final Path path;

    public CheckpointFile(Disk disk, Path path) {
        this.disk = disk;
        this.path = path;
    }

    public Path path() {
        return path;
    }

    boolean exists() {
        return disk.exists(path);
    }

    /** Makes the file, empty, where there is none. */
    public void createIfMissing() throws IOException {
        if (!exists()) {
            SmallFile.write(disk, path, ByteBuffer.allocate(0));
        }
    }

    /** Leaves either the old or the new entries, whatever happens in between. */
    public void write(List<String> entries) throws IOException {
        SmallFile.replaceText(disk, path, text(entries));
    }

    /** A power cut may leave anything: for entries that can be lost. */
    public void writeInPlace(List<String> entries) throws IOException {
        SmallFile.write(disk, path, ByteBuffer.wrap(text(entries).getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(List<String> entries) {
        StringBuilder text =
                new StringBuilder(VERSION).append('\n').append(entries.size()).append('\n');
        entries.forEach(entry -> text.append(entry).append('\n'));
        return text.toString();
    }

    /** The words of each entry; fails with {@link MalformedCheckpointException} on anything but a whole file. */
    public List<String[]> read(int wordsPerEntry) throws IOException {
        String text = SmallFile.readText(disk, path);
        if (text.isEmpty()) {
            return List.of();
        }
        String[] lines = text.split("\n");
        if (!lines[0].trim().equals(VERSION)) {
            throw new MalformedCheckpointException(path, 1, "is not version 0");
        }
        int count = lines.length < 2 ? -1 : (int) number(lines[1].trim(), 2);
        if (lines.length < 2 || count != lines.length - 2) {
            throw new MalformedCheckpointException(path, 2, "does not count the entries that follow");
        }
        List<String[]> entries = new ArrayList<>(count);
        for (int i = 2; i < lines.length; i++) {
            String[] words = lines[i].trim().split("\\s+");
            if (words.length != wordsPerEntry) {
                throw new MalformedCheckpointException(path, i + 1, "does not have " + wordsPerEntry + " words");
            }
            entries.add(words);
        }
        return entries;
    }

    /** A number of an entry, by the line it stands in (counted from 1). */
    public long number(String word, int line) throws MalformedCheckpointException {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException notANumber) {
            throw new MalformedCheckpointException(path, line, "has '" + word + "' where a number belongs");
        }
    }

    /** A checkpoint that cannot be understood. */
    public static final class MalformedCheckpointException extends IOException {
        private static final long serialVersionUID = 1L;

        private final String problem;

        public MalformedCheckpointException(Path path, int line, String problem) {
            super("line " + line + " of " + path + " " + problem);
            this.problem = "line " + line + " " + problem;
        }

        /** Without the file's name. */
        public String problem() {
            return problem;
        }
    }
}
