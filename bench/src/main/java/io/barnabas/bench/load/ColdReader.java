package io.barnabas.bench.load;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Reads partition 0 of a topic from its start, a megabyte at a time, and gives the MB a second that came. */
public final class ColdReader implements Callable<Double> {

    private final RawConnection connection;
    private final Topic topic;
    private volatile boolean stopped;

    public ColdReader(RawConnection connection, Topic topic) {
        this.connection = connection;
        this.topic = topic;
    }

    public void stop() {
        stopped = true;
    }

    /** Ends where the partition ends, or when it is stopped. */
    @Override
    public Double call() throws IOException {
        long begin = System.nanoTime();
        long bytes = 0;
        long offset = 0;
        while (!stopped) {
            connection.send(FetchReplay.question(connection, topic, offset));
            connection.receiveHead();
            bytes += connection.bodyBytes();
            long next = FetchReplay.readMore(connection, offset);
            if (next == offset) {
                break;
            }
            offset = next;
        }
        return bytes / 1e6 / ((System.nanoTime() - begin) / 1e9);
    }
}
