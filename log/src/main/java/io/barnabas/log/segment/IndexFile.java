package io.barnabas.log.segment;

import io.barnabas.log.file.Fsync;
import io.barnabas.runtime.Disk;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file of an index. While its segment is active it has its full size, zeros behind the entries; afterwards the
 * exact one. It is open only while something is done to it. The caller sees to it that one thread writes.
 */
final class IndexFile {
    private final Disk disk;
    private volatile SegmentFileName name;

    IndexFile(Disk disk, SegmentFileName name) {
        this.disk = disk;
        this.name = name;
    }

    Path path() {
        return name.path();
    }

    /** Gives the file {@code size} bytes, with zeros behind what it holds up to {@code used}. */
    void grow(long used, long size) throws IOException {
        unshare(used);
        disk.resize(path(), used, Math.max(used, size));
    }

    /** A fork of the log may have the file, too, which goes its own way from here on. A crash makes indexes anew. */
    private void unshare(long used) throws IOException {
        if (disk.linkCount(path()) > 1) {
            ByteBuffer kept = readAll();
            disk.deleteIfExists(path());
            write(kept.limit((int) Math.min(used, kept.limit())), 0);
        }
    }

    void write(ByteBuffer bytes, long position) throws IOException {
        try (FileChannel file = open()) {
            writeFully(file, bytes, position);
        }
    }

    /** Writes what is missing and cuts off the rest. */
    void writeAndTrim(ByteBuffer bytes, long position) throws IOException {
        try (FileChannel file = open()) {
            long end = position + bytes.remaining();
            writeFully(file, bytes, position);
            file.truncate(end);
        }
    }

    ByteBuffer readAll() throws IOException {
        Path path = path();
        try (FileChannel file = disk.open(path, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
            while (bytes.hasRemaining()) {
                if (file.read(bytes, bytes.position()) < 0) {
                    throw new EOFException(path + " became shorter while it was read");
                }
            }
            return bytes.flip();
        }
    }

    void fsync() throws IOException {
        try (FileChannel file = open()) {
            Fsync.file(file, path());
        }
    }

    void changeSuffix(String from, String to) throws IOException {
        SegmentFileName next = name.withSuffixChanged(from, to);
        Path path = path();
        if (disk.exists(path)) {
            disk.rename(path, next.path());
        }
        name = next;
    }

    /** The directory above has a new name. */
    void movedTo(Path directory) {
        name = name.in(directory);
    }

    private FileChannel open() throws IOException {
        return disk.open(path(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static void writeFully(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }
}
