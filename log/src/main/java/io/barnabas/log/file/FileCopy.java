package io.barnabas.log.file;

import io.barnabas.runtime.Disk;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Copies of files, within the kernel where it can. Stateless; waits for the disk. */
public final class FileCopy {
    private static final int COMPARED_BYTES = 1 << 16;

    private FileCopy() {}

    /** Gives the name to a durable copy of the file, whose other names keep the old one. */
    public static void replaceByCopy(Disk disk, Path file) throws IOException {
        // A start deletes files of that name, should a crash leave one.
        Path copy = LogFiles.withSuffix(file, LogFiles.CLEANED);
        long writtenMs = disk.lastModifiedMs(file);
        try (FileChannel from = disk.open(file, StandardOpenOption.READ);
                FileChannel to = create(disk, copy)) {
            append(from, 0, from.size(), to);
            Fsync.file(to, copy);
        }
        disk.setLastModifiedMs(copy, writtenMs);
        disk.rename(copy, file);
        Fsync.directory(disk, file.toAbsolutePath().getParent());
    }

    /** An empty file, in the place of one that a crash may have left. */
    public static FileChannel create(Disk disk, Path file) throws IOException {
        return disk.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    /** Whether {@code bytes} bytes of one file are all that another holds. */
    public static boolean isSame(FileChannel one, long position, FileChannel other, long bytes) throws IOException {
        if (other.size() != bytes) {
            return false;
        }
        for (long at = 0; at < bytes; at += COMPARED_BYTES) {
            int length = (int) Math.min(COMPARED_BYTES, bytes - at);
            if (!read(one, position + at, length).equals(read(other, at, length))) {
                return false;
            }
        }
        return true;
    }

    private static ByteBuffer read(FileChannel from, long position, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining() && from.read(buffer, position + buffer.position()) > 0) {
            // Reads until it is full.
        }
        return buffer.flip();
    }

    public static void append(FileChannel from, long position, long bytes, FileChannel to) throws IOException {
        long end = position + bytes;
        for (long at = position; at < end; ) {
            long copied = from.transferTo(at, end - at, to);
            if (copied <= 0) {
                throw new EOFException("the file became shorter while it was copied");
            }
            at += copied;
        }
    }
}
