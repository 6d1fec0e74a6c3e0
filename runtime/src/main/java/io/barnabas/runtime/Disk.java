package io.barnabas.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** All that is asked of a file system. Any thread may call; nothing here belongs on an event loop except reads of warm files. */
public interface Disk {

    /** The JDK's own channel in production, so that {@code transferTo} is sendfile. */
    FileChannel open(Path file, OpenOption... options) throws IOException;

    /** Names in the directory, in no order. Fails when it is missing. */
    List<Path> list(Path directory) throws IOException;

    boolean exists(Path path);

    boolean isDirectory(Path path);

    long size(Path file) throws IOException;

    /** Keeps the first bytes of a file, which is made when it is missing, and puts zeros behind them up to {@code size}. */
    default void resize(Path file, long keptBytes, long size) throws IOException {
        try (FileChannel channel =
                open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() > keptBytes) {
                channel.truncate(keptBytes);
            }
            if (size > keptBytes) {
                channel.write(ByteBuffer.allocate(1), size - 1);
            }
        }
    }

    /** Milliseconds since 1970. */
    long lastModifiedMs(Path file) throws IOException;

    void setLastModifiedMs(Path file, long timeMs) throws IOException;

    /** Creates missing parents too; an existing directory is fine. */
    void createDirectories(Path directory) throws IOException;

    /** Atomic; replaces a file of the new name. */
    void rename(Path from, Path to) throws IOException;

    /** A missing file is fine. */
    void deleteIfExists(Path file) throws IOException;

    /** Deletes a directory and all below it; a missing one is fine. */
    void deleteRecursively(Path directory) throws IOException;

    /** A second name for the same file. */
    void hardLink(Path existing, Path link) throws IOException;

    /** How many names the file has; 1 where the file system does not tell, 0 when there is no such file. */
    default int linkCount(Path file) throws IOException {
        return exists(file) ? 1 : 0;
    }

    /** Makes creations, renames and deletions in the directory durable. */
    void fsyncDirectory(Path directory) throws IOException;

    /** Takes the exclusive lock of the file, creating it; empty when somebody else holds it. */
    Optional<Lock> tryLock(Path file) throws IOException;

    /** Bytes that this process may still write. */
    long usableBytes(Path directory) throws IOException;

    /** Bytes of the file system that holds the directory, used ones too. */
    long totalBytes(Path directory) throws IOException;

    /** A lock held until closed or until the process ends. */
    interface Lock extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    static Disk local() {
        return LocalDisk.INSTANCE;
    }
}
