package io.barnabas.testkit;

import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Another disk, for tests that step in somewhere. What changes a file goes through {@link #open}, {@link #resize} too. */
public abstract class DelegatingDisk implements Disk {
    private final Disk disk;

    protected DelegatingDisk(Disk disk) {
        this.disk = disk;
    }

    @Override
    public FileChannel open(Path file, OpenOption... options) throws IOException {
        return disk.open(file, options);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public boolean exists(Path path) {
        return disk.exists(path);
    }

    @Override
    public boolean isDirectory(Path path) {
        return disk.isDirectory(path);
    }

    @Override
    public long size(Path file) throws IOException {
        return disk.size(file);
    }

    @Override
    public long lastModifiedMs(Path file) throws IOException {
        return disk.lastModifiedMs(file);
    }

    @Override
    public void setLastModifiedMs(Path file, long timeMs) throws IOException {
        disk.setLastModifiedMs(file, timeMs);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void deleteIfExists(Path file) throws IOException {
        disk.deleteIfExists(file);
    }

    @Override
    public void deleteRecursively(Path directory) throws IOException {
        disk.deleteRecursively(directory);
    }

    @Override
    public void hardLink(Path existing, Path link) throws IOException {
        disk.hardLink(existing, link);
    }

    @Override
    public int linkCount(Path file) throws IOException {
        return disk.linkCount(file);
    }

    @Override
    public void fsyncDirectory(Path directory) throws IOException {
        disk.fsyncDirectory(directory);
    }

    @Override
    public Optional<Lock> tryLock(Path file) throws IOException {
        return disk.tryLock(file);
    }

    @Override
    public long usableBytes(Path directory) throws IOException {
        return disk.usableBytes(directory);
    }

    @Override
    public long totalBytes(Path directory) throws IOException {
        return disk.totalBytes(directory);
    }
}
