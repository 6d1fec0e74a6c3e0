package io.barnabas.log.segment;

import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The open segment files of a broker, about {@code maxOpen} of them however many segments there are: a file is opened
 * at its first use and closed when others need its place, or when nobody came for a while ({@link #closeIdle}, to be
 * called from time to time). Only files in use at that very moment may exceed the bound.
 * Any thread may call. The search is a clock: whoever was used since the hand last came by gets another round.
 */
public final class FileHandles {
    private final Disk disk;
    private final int maxOpen;
    private final ArrayDeque<OpenFile> places = new ArrayDeque<>();

    public FileHandles(Disk disk, int maxOpen) {
        this.disk = disk;
        this.maxOpen = maxOpen;
    }

    Disk disk() {
        return disk;
    }

    /** Opens the file; the caller is one user of it, the place another. */
    OpenFile open(Path file, OpenOption... options) throws IOException {
        OpenFile opened = new OpenFile(disk.open(file, options));
        opened.tryRetain();
        OpenFile leaving = null;
        synchronized (places) {
            if (places.size() >= maxOpen) {
                leaving = takeIdle();
            }
            places.addLast(opened);
        }
        if (leaving != null) {
            leaving.giveUpPlace();
        }
        return opened;
    }

    /** The file is not needed any more; it closes when its last user is done. */
    void forget(OpenFile file) {
        synchronized (places) {
            places.remove(file);
        }
        file.giveUpPlace();
    }

    /** Closes those that nobody used since the last time. */
    void closeIdle() {
        List<OpenFile> idle = new ArrayList<>();
        synchronized (places) {
            for (int i = places.size(); i > 0; i--) {
                OpenFile candidate = places.pollFirst();
                if (candidate.becameIdle()) {
                    idle.add(candidate);
                } else {
                    places.addLast(candidate);
                }
            }
        }
        idle.forEach(OpenFile::giveUpPlace);
    }

    int openFiles() {
        synchronized (places) {
            return places.size();
        }
    }

    private OpenFile takeIdle() {
        for (int i = 2 * places.size(); i > 0; i--) {
            OpenFile candidate = places.pollFirst();
            if (candidate.becameIdle()) {
                return candidate;
            }
            places.addLast(candidate);
        }
        return null;
    }
}
