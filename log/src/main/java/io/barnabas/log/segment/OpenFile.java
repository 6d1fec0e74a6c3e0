package io.barnabas.log.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open file and the number of those who use it; the channel closes with the last. {@link FileHandles} is one of
 * them until it needs the place. Any thread may retain and release. Running it releases it, so that it can itself be
 * what a slice of the file gives back.
 */
public final class OpenFile implements Runnable {
    /** Null once it is closed: whoever had it open may keep this object for long. */
    private volatile FileChannel channel;

    private final AtomicInteger users = new AtomicInteger(1);

    /** Set by use, cleared by the search for a place. */
    private volatile boolean recentlyUsed = true;

    private boolean given;

    OpenFile(FileChannel channel) {
        this.channel = channel;
    }

    public FileChannel channel() {
        return channel;
    }

    /** False when the file is closed already. */
    boolean tryRetain() {
        while (true) {
            int now = users.get();
            if (now == 0) {
                return false;
            }
            if (users.compareAndSet(now, now + 1)) {
                if (!recentlyUsed) {
                    recentlyUsed = true;
                }
                return true;
            }
        }
    }

    public void release() {
        if (users.decrementAndGet() == 0) {
            FileChannel closing = channel;
            channel = null;
            try {
                closing.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    @Override
    public void run() {
        release();
    }

    /** True when nobody used it since the last time this was asked. */
    boolean becameIdle() {
        if (recentlyUsed) {
            recentlyUsed = false;
            return false;
        }
        return users.get() <= 1;
    }

    /** Gives up the place in {@link FileHandles}, once. */
    synchronized void giveUpPlace() {
        if (!given) {
            given = true;
            release();
        }
    }
}
