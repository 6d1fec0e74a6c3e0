package io.barnabas.bench.load;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Reads partition 0 of a topic as it grows, up to an offset that is told when it is known; gives the questions it asked. */
public final class TailReader implements Callable<Integer> {
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final RawConnection connection;
    private final Topic topic;
    private volatile long endOffset = UNKNOWN;

    public TailReader(RawConnection connection, Topic topic) {
        this.connection = connection;
        this.topic = topic;
    }

    public void stopAt(long offset) {
        endOffset = offset;
    }

    @Override
    public Integer call() throws IOException {
        int questions = 0;
        for (long offset = 0; offset < endOffset; questions++) {
            connection.send(FetchReplay.question(connection, topic, offset));
            connection.receiveHead();
            offset = FetchReplay.readMore(connection, offset);
        }
        return questions;
    }
}
