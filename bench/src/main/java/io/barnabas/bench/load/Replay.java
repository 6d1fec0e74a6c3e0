package io.barnabas.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What one connection asks, over and over. {@link #next} and {@link #take} may be called by two threads. */
public interface Replay {
    /** The next request, ready to be sent but for its number. */
    ByteBuffer next();

    /** Reads the body of the oldest unread answer; gives the bytes of records that it stands for. Fails on any refusal. */
    long take(RawConnection connection) throws IOException;
}
