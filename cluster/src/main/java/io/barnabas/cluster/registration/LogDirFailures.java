package io.barnabas.cluster.registration;

import io.barnabas.cluster.store.NodeKind;
import io.barnabas.cluster.store.StoreException;
import io.barnabas.cluster.store.StoreSession;
import io.barnabas.cluster.znodes.LogDirEventZnode;
import io.barnabas.cluster.znodes.Znodes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tells the controller that a log directory of this broker has failed; it then asks which partitions are lost. */
public final class LogDirFailures {
    private LogDirFailures() {}

    public static CompletionStage<Void> announce(StoreSession session, int brokerId) {
        String prefix = Znodes.LOG_DIR_EVENTS + "/" + Znodes.LOG_DIR_EVENT_PREFIX;
        return session.create(prefix, LogDirEventZnode.bytes(brokerId), NodeKind.PERSISTENT_SEQUENTIAL)
                .thenCompose(answer -> switch (answer.code()) {
                    case OK -> CompletableFuture.completedFuture(null);
                    // Telling it twice does no harm; the read waits for the connection.
                    case UNKNOWN ->
                        session.exists(Znodes.LOG_DIR_EVENTS).thenCompose(back -> announce(session, brokerId));
                    default -> throw new StoreException("announce a failed log directory", answer.code());
                });
    }
}
