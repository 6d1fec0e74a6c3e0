package io.barnabas.cluster.consumers;

import io.barnabas.cluster.store.Answer;
import io.barnabas.cluster.store.AnswerCode;
import io.barnabas.cluster.store.ClusterStore;
import io.barnabas.cluster.store.NodeKind;
import io.barnabas.cluster.store.NodeTree;
import io.barnabas.cluster.store.StoreException;
import io.barnabas.cluster.store.StoreSession;
import io.barnabas.cluster.znodes.Znodes;
import io.barnabas.wire.TopicPartition;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * How far groups have got that keep their offsets in ZooKeeper, as all did before 0.8.2: a number in the node
 * {@code /consumers/group/offsets/topic/partition}. Nobody coordinates them; the last one to write is right. Any thread.
 */
public final class ConsumerOffsets {
    private static final int ANY_VERSION = -1;

    private final ClusterStore store;

    public ConsumerOffsets(ClusterStore store) {
        this.store = store;
    }

    /** Whether a group of this name can be a node. */
    public static boolean isGroup(String group) {
        return !group.isEmpty()
                && !group.equals(".")
                && !group.equals("..")
                && group.chars().noneMatch(ConsumerOffsets::isForbidden);
    }

    /** Makes the node and those above it where they are missing. OK, or why it is not written. */
    public CompletionStage<AnswerCode> commit(String group, TopicPartition partition, long offset) {
        byte[] text = Long.toString(offset).getBytes(StandardCharsets.UTF_8);
        return write(store.session(), pathOf(group, partition), text).exceptionally(ConsumerOffsets::codeOf);
    }

    /** NO_NODE when there is none, REFUSED when what is there is no offset. */
    public CompletionStage<Answer<Long>> committed(String group, TopicPartition partition) {
        return store.session()
                .get(pathOf(group, partition))
                .thenApply(answer -> answer.isOk() ? parse(answer.value().text()) : Answer.failed(answer.code()));
    }

    private static CompletionStage<AnswerCode> write(StoreSession session, String path, byte[] text) {
        return session.setData(path, text, ANY_VERSION).thenCompose(answer -> switch (answer.code()) {
            case NO_NODE -> create(session, path, text);
            // Writing it twice does no harm. A session that is lost says so, which ends this.
            case UNKNOWN -> write(session, path, text);
            default -> CompletableFuture.completedFuture(answer.code());
        });
    }

    private static CompletionStage<AnswerCode> create(StoreSession session, String path, byte[] text) {
        return NodeTree.ensure(session, path.substring(0, path.lastIndexOf('/')))
                .thenCompose(made -> session.create(path, text, NodeKind.PERSISTENT))
                .thenCompose(answer -> switch (answer.code()) {
                    case NODE_EXISTS, UNKNOWN -> write(session, path, text);
                    default -> CompletableFuture.completedFuture(answer.code());
                });
    }

    private static AnswerCode codeOf(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof StoreException known) {
            return known.code();
        }
        throw new CompletionException(cause);
    }

    private static Answer<Long> parse(String text) {
        try {
            return Answer.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException somethingElse) {
            return Answer.failed(AnswerCode.REFUSED);
        }
    }

    private static String pathOf(String group, TopicPartition partition) {
        return Znodes.consumerOffset(group, partition.topic(), partition.partition());
    }

    /** What the store takes in no path, and what ends a name. */
    private static boolean isForbidden(int c) {
        return c == '/' || c < 0x20 || c >= 0x7F && c <= 0x9F || c >= 0xD800 && c <= 0xF8FF || c >= 0xFFF0;
    }
}
