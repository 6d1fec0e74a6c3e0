package io.barnabas.cluster.topics;

import io.barnabas.cluster.configs.ConfigEntities;
import io.barnabas.cluster.store.Answer;
import io.barnabas.cluster.store.AnswerCode;
import io.barnabas.cluster.store.NodeData;
import io.barnabas.cluster.store.NodeKind;
import io.barnabas.cluster.store.Op;
import io.barnabas.cluster.store.StoreException;
import io.barnabas.cluster.store.StoreSession;
import io.barnabas.cluster.znodes.TopicZnode;
import io.barnabas.cluster.znodes.Znodes;
import io.barnabas.wire.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Topics as any broker may write them into ZooKeeper; the controller sees it and acts. An answer that got lost is
 * looked into. Stages fail with {@link StoreException} when ZooKeeper cannot be used.
 */
final class TopicWrites {
    private final StoreSession session;

    /** A topic and the version of its node. */
    record Found(TopicZnode topic, int version) {}

    TopicWrites(StoreSession session) {
        this.session = session;
    }

    /** NONE, or TOPIC_ALREADY_EXISTS. Settings come with the topic, so that they are there when the controller acts. */
    CompletionStage<ErrorCode> create(String name, Map<String, String> configs, TopicZnode topic) {
        Op node = new Op.Create(Znodes.topic(name), topic.bytes(), NodeKind.PERSISTENT);
        Op settings = ConfigEntities.first(ConfigEntities.topic(name), configs);
        return session.multi(List.of(node, settings)).thenCompose(answer -> {
            if (answer.isOk()) {
                return CompletableFuture.completedFuture(ErrorCode.NONE);
            }
            boolean taken = answer.code() == AnswerCode.NODE_EXISTS && answer.failedStep() == 0;
            return taken
                    ? CompletableFuture.completedFuture(ErrorCode.TOPIC_ALREADY_EXISTS)
                    : createStepByStep(name, configs, topic);
        });
    }

    /** Settings of an earlier topic may be left, a parent may be missing, or an answer got lost. */
    private CompletionStage<ErrorCode> createStepByStep(String name, Map<String, String> configs, TopicZnode topic) {
        return ConfigEntities.storeFirst(session, ConfigEntities.topic(name), configs)
                .thenCompose(stored -> createNode(name, topic));
    }

    /** Empty when there is no such topic. */
    CompletionStage<Optional<Found>> read(String name) {
        return session.get(Znodes.topic(name)).thenApply(read -> {
            if (read.is(AnswerCode.NO_NODE)) {
                return Optional.empty();
            }
            NodeData node = read.orThrow("read " + Znodes.topic(name));
            return TopicZnode.parse(node.bytes())
                    .map(topic -> new Found(topic, node.stat().version()));
        });
    }

    /** False when somebody else wrote in between, or that may be: then the plan is to be made again. */
    CompletionStage<Boolean> replace(String name, TopicZnode topic, int expectedVersion) {
        return session.setData(Znodes.topic(name), topic.bytes(), expectedVersion)
                .thenApply(answer -> switch (answer.code()) {
                    case OK -> true;
                    case BAD_VERSION, NO_NODE, UNKNOWN -> false;
                    default -> throw new StoreException("write " + Znodes.topic(name), answer.code());
                });
    }

    /** NONE, or UNKNOWN_TOPIC_OR_PARTITION. A topic that is marked already is fine. */
    CompletionStage<ErrorCode> markForDeletion(String name) {
        return session.exists(Znodes.topic(name)).thenCompose(seen -> {
            if (seen.is(AnswerCode.NO_NODE)) {
                return CompletableFuture.completedFuture(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
            }
            seen.orThrow("look for " + Znodes.topic(name));
            return session.create(Znodes.deleteTopic(name), null, NodeKind.PERSISTENT)
                    .thenCompose(answer -> switch (answer.code()) {
                        case OK, NODE_EXISTS -> CompletableFuture.completedFuture(ErrorCode.NONE);
                        case UNKNOWN -> markForDeletion(name);
                        default -> throw new StoreException("mark topic " + name + " for deletion", answer.code());
                    });
        });
    }

    CompletionStage<Boolean> isMarkedForDeletion(String name) {
        return session.exists(Znodes.deleteTopic(name)).thenApply(Answer::isOk);
    }

    /** Ends when the mark is gone, and with it all that the controller had to do. */
    CompletionStage<Void> untilMarkIsGone(String name) {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        watchMark(name, gone);
        return gone;
    }

    private void watchMark(String name, CompletableFuture<Void> gone) {
        session.exists(Znodes.deleteTopic(name), event -> watchMark(name, gone)).thenAccept(seen -> {
            if (!seen.isOk()) {
                gone.complete(null);
            }
        });
    }

    private CompletionStage<ErrorCode> createNode(String name, TopicZnode topic) {
        return session.create(Znodes.topic(name), topic.bytes(), NodeKind.PERSISTENT)
                .thenCompose(answer -> switch (answer.code()) {
                    case OK -> CompletableFuture.completedFuture(ErrorCode.NONE);
                    case NODE_EXISTS, UNKNOWN ->
                        read(name).thenCompose(found -> {
                            if (found.isEmpty()) {
                                return createNode(name, topic);
                            }
                            boolean mine = found.get().topic().topicId().equals(topic.topicId());
                            return CompletableFuture.completedFuture(
                                    mine ? ErrorCode.NONE : ErrorCode.TOPIC_ALREADY_EXISTS);
                        });
                    default -> throw new StoreException("create " + Znodes.topic(name), answer.code());
                });
    }
}
