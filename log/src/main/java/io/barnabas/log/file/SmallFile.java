package io.barnabas.log.file;

import io.barnabas.runtime.Disk;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Files that are read and written as a whole. {@link #replace} leaves either the old or the new content, whatever
 * happens in between.
 */
public final class SmallFile {
    private SmallFile() {}

    public static String readText(Disk disk, Path file) throws IOException {
        return StandardCharsets.UTF_8.decode(read(disk, file)).toString();
    }

    public static ByteBuffer read(Disk disk, Path file) throws IOException {
        try (FileChannel channel = disk.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
            while (bytes.hasRemaining()) {
                if (channel.read(bytes) < 0) {
                    throw new EOFException(file + " became shorter while it was read");
                }
            }
            return bytes.flip();
        }
    }

    public static void replaceText(Disk disk, Path file, String text) throws IOException {
        replace(disk, file, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes a neighbour, makes it durable, gives it the name, makes the name durable. */
    static void replace(Disk disk, Path file, ByteBuffer bytes) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        write(disk, temporary, bytes, true);
        disk.rename(temporary, file);
        Fsync.directory(disk, file.toAbsolutePath().getParent());
    }

    /** As {@link #replaceText}, but leaves durability to a later {@link #fsync} of the file and its directory. */
    public static void replaceTextSoon(Disk disk, Path file, String text) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        write(disk, temporary, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), false);
        disk.rename(temporary, file);
    }

    /** Writes the file in place and leaves durability to a later {@link #fsync}. */
    public static void write(Disk disk, Path file, ByteBuffer bytes) throws IOException {
        write(disk, file, bytes, false);
    }

    public static void fsync(Disk disk, Path file) throws IOException {
        try (FileChannel channel = disk.open(file, StandardOpenOption.WRITE)) {
            Fsync.file(channel, file);
        }
    }

    private static void write(Disk disk, Path file, ByteBuffer bytes, boolean durable) throws IOException {
        try (FileChannel channel = disk.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (durable) {
                Fsync.file(channel, file);
            }
        }
    }
}
