package io.barnabas.log;

import io.barnabas.runtime.Disk;
import io.barnabas.testkit.DelegatingDisk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real disk, which counts what is asked of it. Any thread may call. */
final class CountingDisk extends DelegatingDisk {
    private final List<FileChannel> channels = new ArrayList<>();
    private int opened;
    private int mostOpen;
    private int directoriesSynced;

    CountingDisk() {
        super(Disk.local());
    }

    @Override
    public FileChannel open(Path file, OpenOption... options) throws IOException {
        FileChannel channel = super.open(file, options);
        note(channel);
        return channel;
    }

    private synchronized void note(FileChannel channel) {
        opened++;
        channels.removeIf(one -> !one.isOpen());
        channels.add(channel);
        mostOpen = Math.max(mostOpen, channels.size());
    }

    @Override
    public void fsyncDirectory(Path directory) throws IOException {
        noteSync();
        super.fsyncDirectory(directory);
    }

    private synchronized void noteSync() {
        directoriesSynced++;
    }

    /** Files that are open at this moment. */
    synchronized int openFiles() {
        channels.removeIf(one -> !one.isOpen());
        return channels.size();
    }

    /** The most that were open at a time. */
    synchronized int mostOpen() {
        return mostOpen;
    }

    synchronized int opened() {
        return opened;
    }

    synchronized int directoriesSynced() {
        return directoriesSynced;
    }

    /** Counts from here on; what is open stays open. */
    synchronized void reset() {
        opened = 0;
        mostOpen = openFiles();
        directoriesSynced = 0;
    }
}
