package io.barnabas.cluster.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What every {@link ClusterStore} promises. Run against the simulated and the real ZooKeeper. */
abstract class ClusterStoreContract {
    /** A fresh client of the server of this test, not started. */
    abstract ClusterStore newStore();

    /** The value of the stage; time goes on until it is there. */
    abstract <T> T await(CompletionStage<T> stage);

    /** Ends the session of the store as an outage that lasts too long would. */
    abstract void expire(ClusterStore store);

    private ClusterStore startedStore() {
        ClusterStore store = newStore();
        await(store.start());
        return store;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void readsBackWhatWasCreated() {
        StoreSession session = startedStore().session();
        assertThat(await(session.create("/a", bytes("one"), NodeKind.PERSISTENT))
                        .value())
                .isEqualTo("/a");
        NodeData read = await(session.get("/a")).value();
        assertThat(read.text()).isEqualTo("one");
        assertThat(read.stat().version()).isZero();
        assertThat(read.stat().ephemeralOwner()).isZero();
        assertThat(read.stat().czxid()).isPositive();
    }

    @Test
    void readsANodeWithoutDataAsEmpty() {
        StoreSession session = startedStore().session();
        await(session.create("/a", null, NodeKind.PERSISTENT));
        assertThat(await(session.get("/a")).value().bytes()).isEmpty();
    }

    @Test
    void refusesToCreateWhatExistsOrHasNoParent() {
        StoreSession session = startedStore().session();
        await(session.create("/a", null, NodeKind.PERSISTENT));
        assertThat(await(session.create("/a", null, NodeKind.PERSISTENT)).code())
                .isEqualTo(AnswerCode.NODE_EXISTS);
        assertThat(await(session.create("/b/c", null, NodeKind.PERSISTENT)).code())
                .isEqualTo(AnswerCode.NO_NODE);
    }

    @Test
    void answersNoNodeForWhatIsMissing() {
        StoreSession session = startedStore().session();
        assertThat(await(session.get("/x")).code()).isEqualTo(AnswerCode.NO_NODE);
        assertThat(await(session.exists("/x")).code()).isEqualTo(AnswerCode.NO_NODE);
        assertThat(await(session.children("/x")).code()).isEqualTo(AnswerCode.NO_NODE);
        assertThat(await(session.setData("/x", null, -1)).code()).isEqualTo(AnswerCode.NO_NODE);
        assertThat(await(session.delete("/x", -1)).code()).isEqualTo(AnswerCode.NO_NODE);
    }

    @Test
    void writesOnlyOverTheExpectedVersion() {
        StoreSession session = startedStore().session();
        await(session.create("/a", bytes("one"), NodeKind.PERSISTENT));
        assertThat(await(session.setData("/a", bytes("two"), 0)).value().version())
                .isEqualTo(1);
        assertThat(await(session.setData("/a", bytes("three"), 0)).code()).isEqualTo(AnswerCode.BAD_VERSION);
        assertThat(await(session.delete("/a", 0)).code()).isEqualTo(AnswerCode.BAD_VERSION);
        assertThat(await(session.setData("/a", bytes("four"), -1)).value().version())
                .isEqualTo(2);
        assertThat(await(session.delete("/a", 2)).isOk()).isTrue();
        assertThat(await(session.exists("/a")).code()).isEqualTo(AnswerCode.NO_NODE);
    }

    @Test
    void keepsANodeThatHasChildren() {
        StoreSession session = startedStore().session();
        await(NodeTree.ensure(session, "/a/b"));
        assertThat(await(session.delete("/a", -1)).code()).isEqualTo(AnswerCode.NOT_EMPTY);
        await(NodeTree.deleteRecursively(session, "/a"));
        assertThat(await(session.exists("/a")).code()).isEqualTo(AnswerCode.NO_NODE);
    }

    @Test
    void numbersSequentialNodesUpwards() {
        StoreSession session = startedStore().session();
        await(session.create("/q", null, NodeKind.PERSISTENT));
        assertThat(await(session.create("/q/n_", null, NodeKind.PERSISTENT_SEQUENTIAL))
                        .value())
                .isEqualTo("/q/n_0000000000");
        assertThat(await(session.create("/q/n_", null, NodeKind.PERSISTENT_SEQUENTIAL))
                        .value())
                .isEqualTo("/q/n_0000000001");
        assertThat(await(session.children("/q")).value()).containsExactlyInAnyOrder("n_0000000000", "n_0000000001");
    }

    @Test
    void doesAllStepsOfAMultiOrNone() {
        StoreSession session = startedStore().session();
        await(session.create("/guard", null, NodeKind.PERSISTENT));
        MultiAnswer done = await(session.multi(List.of(
                new Op.Check("/guard", 0),
                new Op.Create("/a", bytes("one"), NodeKind.EPHEMERAL),
                new Op.SetData("/a", bytes("two"), 0))));
        assertThat(done.isOk()).isTrue();
        NodeStat stat = done.stats().get(2);
        assertThat(stat.version()).isEqualTo(1);
        assertThat(stat.ephemeralOwner()).isEqualTo(session.id());
        assertThat(await(session.get("/a")).value().stat()).isEqualTo(stat);

        MultiAnswer refused = await(
                session.multi(List.of(new Op.Create("/b", null, NodeKind.PERSISTENT), new Op.Check("/guard", 7))));
        assertThat(refused.code()).isEqualTo(AnswerCode.BAD_VERSION);
        assertThat(refused.failedStep()).isEqualTo(1);
        assertThat(await(session.exists("/b")).code()).isEqualTo(AnswerCode.NO_NODE);
    }

    @Test
    void firesAWatchOnce() {
        StoreSession session = startedStore().session();
        await(session.create("/a", null, NodeKind.PERSISTENT));
        CompletableFuture<NodeEvent> data = new CompletableFuture<>();
        CompletableFuture<NodeEvent> children = new CompletableFuture<>();
        CompletableFuture<NodeEvent> created = new CompletableFuture<>();
        List<NodeEvent> all = new ArrayList<>();
        await(session.get("/a", event -> {
            all.add(event);
            data.complete(event);
        }));
        await(session.children("/a", children::complete));
        await(session.exists("/a/b", created::complete));
        await(session.setData("/a", bytes("one"), -1));
        await(session.setData("/a", bytes("two"), -1));
        await(session.create("/a/b", null, NodeKind.PERSISTENT));
        assertThat(await(data)).isEqualTo(new NodeEvent(NodeEvent.Kind.DATA_CHANGED, "/a"));
        assertThat(await(children)).isEqualTo(new NodeEvent(NodeEvent.Kind.CHILDREN_CHANGED, "/a"));
        assertThat(await(created)).isEqualTo(new NodeEvent(NodeEvent.Kind.CREATED, "/a/b"));
        assertThat(all).hasSize(1);
    }

    @Test
    void tellsAnotherClientsWatchOfADeletion() {
        StoreSession writer = startedStore().session();
        StoreSession watcher = startedStore().session();
        await(writer.create("/a", null, NodeKind.PERSISTENT));
        CompletableFuture<NodeEvent> seen = new CompletableFuture<>();
        await(watcher.exists("/a", seen::complete));
        await(writer.delete("/a", -1));
        assertThat(await(seen)).isEqualTo(new NodeEvent(NodeEvent.Kind.DELETED, "/a"));
    }

    @Test
    void removesEphemeralNodesWithTheirSession() {
        ClusterStore owner = startedStore();
        StoreSession watcher = startedStore().session();
        await(owner.session().create("/a", null, NodeKind.EPHEMERAL));
        CompletableFuture<NodeEvent> gone = new CompletableFuture<>();
        await(watcher.exists("/a", gone::complete));
        owner.close();
        assertThat(await(gone)).isEqualTo(new NodeEvent(NodeEvent.Kind.DELETED, "/a"));
        assertThat(await(owner.session().get("/a")).code()).isEqualTo(AnswerCode.SESSION_LOST);
    }

    @Test
    void doesNothingInTheNameOfALostSession() {
        ClusterStore store = newStore();
        CompletableFuture<StoreSession> lost = new CompletableFuture<>();
        CompletableFuture<StoreSession> next = new CompletableFuture<>();
        store.listen(new SessionListener() {
            @Override
            public void established(StoreSession session) {
                if (lost.isDone()) {
                    next.complete(session);
                }
            }

            @Override
            public void lost(StoreSession session) {
                lost.complete(session);
            }
        });
        StoreSession old = await(store.start());
        await(old.create("/a", null, NodeKind.EPHEMERAL));
        expire(store);
        assertThat(await(lost)).isSameAs(old);
        StoreSession fresh = await(next);
        assertThat(old.isLost()).isTrue();
        assertThat(fresh.isLost()).isFalse();
        assertThat(store.session()).isSameAs(fresh);
        assertThat(await(old.setData("/a", null, -1)).code()).isEqualTo(AnswerCode.SESSION_LOST);
        assertThat(await(old.multi(List.of(new Op.Check("/", -1)))).code()).isEqualTo(AnswerCode.SESSION_LOST);
        assertThat(await(old.get("/a")).code()).isEqualTo(AnswerCode.SESSION_LOST);
        assertThat(await(fresh.exists("/a")).code()).isEqualTo(AnswerCode.NO_NODE);
    }

    @Test
    void endsThePredecessorsSession() {
        ClusterStore predecessor = startedStore();
        await(predecessor.session().create("/a", null, NodeKind.EPHEMERAL));
        SessionTicket ticket = predecessor.session().ticket();
        ClusterStore successor = startedStore();
        assertThat(await(successor.endSession(ticket))).isTrue();
        assertThat(await(successor.session().exists("/a")).code()).isEqualTo(AnswerCode.NO_NODE);
        assertThat(await(successor.endSession(new SessionTicket(0x7777_0000_1234L, new byte[16]))))
                .isFalse();
    }

    @Test
    void keepsTheOrderOfOneSession() {
        StoreSession session = startedStore().session();
        await(session.create("/a", bytes("0"), NodeKind.PERSISTENT));
        List<CompletionStage<Answer<NodeStat>>> written = new ArrayList<>();
        for (int version = 0; version < 50; version++) {
            written.add(session.setData("/a", bytes(Integer.toString(version)), version));
        }
        assertThat(written.stream().map(this::await)).allMatch(Answer::isOk);
    }

    @Test
    void tellsANewListenerOfTheSessionThatStands() {
        ClusterStore store = startedStore();
        CompletableFuture<StoreSession> told = new CompletableFuture<>();
        store.listen(new SessionListener() {
            @Override
            public void established(StoreSession session) {
                told.complete(session);
            }
        });
        assertThat(await(told)).isSameAs(store.session());
    }
}
