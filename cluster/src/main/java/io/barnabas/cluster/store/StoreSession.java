package io.barnabas.cluster.store;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * One session with the store. Operations are sent in the order of the calls, many under way at once, and answered in
 * that order. When the connection breaks, reads wait for the next one; writes that were under way answer UNKNOWN.
 * Once the session is lost everything answers SESSION_LOST; nothing moves over to the session after it.
 *
 * <p>Any thread may call. Answers come on the store's event thread, or on the executor of {@link #on}; whoever gets
 * one there returns at once.
 */
public interface StoreSession {

    long id();

    SessionTicket ticket();

    boolean isLost();

    /** Answers with the path, completed when the kind is sequential. */
    CompletionStage<Answer<String>> create(String path, byte[] data, NodeKind kind);

    /** Answers BAD_VERSION unless the node has that version; -1 means any. */
    CompletionStage<Answer<NodeStat>> setData(String path, byte[] data, int expectedVersion);

    /** Answers BAD_VERSION unless the node has that version; -1 means any. */
    CompletionStage<Answer<Void>> delete(String path, int expectedVersion);

    /** All steps or none, at one moment. */
    CompletionStage<MultiAnswer> multi(List<Op> steps);

    /** The watch, which may be null, is set if the node exists. */
    CompletionStage<Answer<NodeData>> get(String path, NodeWatch watch);

    /** The watch, which may be null, is set whether the node exists or not. */
    CompletionStage<Answer<NodeStat>> exists(String path, NodeWatch watch);

    /** Names without the path, in no order. The watch, which may be null, is set if the node exists. */
    CompletionStage<Answer<List<String>>> children(String path, NodeWatch watch);

    default CompletionStage<Answer<NodeData>> get(String path) {
        return get(path, null);
    }

    default CompletionStage<Answer<NodeStat>> exists(String path) {
        return exists(path, null);
    }

    default CompletionStage<Answer<List<String>>> children(String path) {
        return children(path, null);
    }

    /** The same session; answers and watches come on the executor, so that a mailbox needs no hop of its own. */
    default StoreSession on(Executor executor) {
        return new HoppingSession(this, executor);
    }
}
