package io.barnabas.cluster.store;

import java.util.concurrent.CompletionStage;

/**
 * The way to ZooKeeper: one session after the other. Any thread may call.
 */
public interface ClusterStore extends AutoCloseable {

    /** Hears of all sessions from now on; told at once when one stands already. */
    void listen(SessionListener listener);

    /** Begins to connect; the stage ends when the first session stands. It never fails by itself: callers bound the wait. */
    CompletionStage<StoreSession> start();

    /** The newest session that ever stood, perhaps lost already. Only after {@link #start} has ended. */
    StoreSession session();

    /** Ends the session of a predecessor that is known to be dead; true if it lived until now. */
    CompletionStage<Boolean> endSession(SessionTicket ticket);

    /** Ends the session, so that its ephemeral nodes go at once; gives up after a bounded wait. */
    @Override
    void close();
}
