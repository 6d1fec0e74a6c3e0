package io.barnabas.txn;

import java.util.concurrent.CompletionStage;

/** Has the markers of ended transactions written by the leaders of their partitions. Any thread. */
public interface MarkerSender {

    /**
     * Goes on until each partition has its marker or is gone.
     *
     * @param coordinatorPartition of {@code __transaction_state}, in whose name it happens
     * @return true when all is done; false when a leader does not take markers of this epoch any more
     */
    CompletionStage<Boolean> send(int coordinatorPartition, Markers markers);

    /** The coordinator's partition is led by somebody else, who does this work again. */
    void forget(int coordinatorPartition);
}
