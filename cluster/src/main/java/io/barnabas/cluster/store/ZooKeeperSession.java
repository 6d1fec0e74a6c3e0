package io.barnabas.cluster.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.zookeeper.AsyncCallback;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;

/**
 * A session of a real ZooKeeper: one handle of its client, which never outlives the session. Reads that a broken
 * connection cut off wait here and are sent again when it is back; there are as many as their callers have under way.
 */
final class ZooKeeperSession implements StoreSession {
    private static final List<ACL> OPEN = ZooDefs.Ids.OPEN_ACL_UNSAFE;

    private final ZooKeeper handle;
    private final ArrayDeque<Runnable> cutOffReads = new ArrayDeque<>();
    private boolean connected = true;
    private volatile boolean lost;

    ZooKeeperSession(ZooKeeper handle) {
        this.handle = handle;
    }

    @Override
    public long id() {
        return handle.getSessionId();
    }

    @Override
    public SessionTicket ticket() {
        return new SessionTicket(handle.getSessionId(), handle.getSessionPasswd());
    }

    @Override
    public boolean isLost() {
        return lost;
    }

    @Override
    public CompletionStage<Answer<String>> create(String path, byte[] data, NodeKind kind) {
        CompletableFuture<Answer<String>> answer = new CompletableFuture<>();
        AsyncCallback.StringCallback callback = (code, asked, context, name) -> answer.complete(answer(code, name));
        handle.create(path, data, OPEN, mode(kind), callback, null);
        return answer;
    }

    @Override
    public CompletionStage<Answer<NodeStat>> setData(String path, byte[] data, int expectedVersion) {
        CompletableFuture<Answer<NodeStat>> answer = new CompletableFuture<>();
        AsyncCallback.StatCallback callback =
                (code, asked, context, stat) -> answer.complete(answer(code, translated(stat)));
        handle.setData(path, data, expectedVersion, callback, null);
        return answer;
    }

    @Override
    public CompletionStage<Answer<Void>> delete(String path, int expectedVersion) {
        CompletableFuture<Answer<Void>> answer = new CompletableFuture<>();
        AsyncCallback.VoidCallback callback = (code, asked, context) -> answer.complete(answer(code, null));
        handle.delete(path, expectedVersion, callback, null);
        return answer;
    }

    @Override
    public CompletionStage<MultiAnswer> multi(List<Op> steps) {
        CompletableFuture<MultiAnswer> answer = new CompletableFuture<>();
        AsyncCallback.MultiCallback callback =
                (code, path, context, results) -> answer.complete(multiAnswer(code, results));
        handle.multi(steps.stream().map(ZooKeeperSession::translated).toList(), callback, null);
        return answer;
    }

    @Override
    public CompletionStage<Answer<NodeData>> get(String path, NodeWatch watch) {
        return this.<NodeData>read(done -> {
            AsyncCallback.DataCallback callback = (code, asked, context, data, stat) ->
                    done.accept(code, stat == null ? null : new NodeData(orEmpty(data), translated(stat)));
            handle.getData(path, watcher(watch), callback, null);
        });
    }

    @Override
    public CompletionStage<Answer<NodeStat>> exists(String path, NodeWatch watch) {
        return this.<NodeStat>read(done -> {
            AsyncCallback.StatCallback callback = (code, asked, context, stat) -> done.accept(code, translated(stat));
            handle.exists(path, watcher(watch), callback, null);
        });
    }

    @Override
    public CompletionStage<Answer<List<String>>> children(String path, NodeWatch watch) {
        return this.<List<String>>read(done -> {
            AsyncCallback.ChildrenCallback callback = (code, asked, context, names) -> done.accept(code, names);
            handle.getChildren(path, watcher(watch), callback, null);
        });
    }

    void onDisconnected() {
        synchronized (cutOffReads) {
            connected = false;
        }
    }

    void onReconnected() {
        release(true);
    }

    /** After this, what is asked or was waiting answers SESSION_LOST: the handle is closed. */
    void onLost() {
        lost = true;
        release(true);
    }

    private <T> CompletionStage<Answer<T>> read(Consumer<ReadDone<T>> send) {
        CompletableFuture<Answer<T>> answer = new CompletableFuture<>();
        sendRead(send, answer);
        return answer;
    }

    private <T> void sendRead(Consumer<ReadDone<T>> send, CompletableFuture<Answer<T>> answer) {
        send.accept((code, value) -> {
            Answer<T> outcome = answer(code, value);
            if (!outcome.is(AnswerCode.UNKNOWN)) {
                answer.complete(outcome);
            } else if (lost) {
                answer.complete(Answer.failed(AnswerCode.SESSION_LOST));
            } else {
                whenConnected(() -> sendRead(send, answer));
            }
        });
    }

    private void whenConnected(Runnable read) {
        synchronized (cutOffReads) {
            if (!connected && !lost) {
                cutOffReads.add(read);
                return;
            }
        }
        read.run();
    }

    private void release(boolean nowConnected) {
        List<Runnable> waiting;
        synchronized (cutOffReads) {
            connected = nowConnected;
            waiting = new ArrayList<>(cutOffReads);
            cutOffReads.clear();
        }
        waiting.forEach(Runnable::run);
    }

    private <T> Answer<T> answer(int code, T value) {
        AnswerCode answerCode = translated(code);
        return answerCode == AnswerCode.OK ? Answer.of(value) : Answer.failed(answerCode);
    }

    private MultiAnswer multiAnswer(int code, List<OpResult> results) {
        if (code == Code.OK.intValue()) {
            List<NodeStat> stats = new ArrayList<>(results.size());
            results.forEach(result ->
                    stats.add(result instanceof OpResult.SetDataResult set ? translated(set.getStat()) : null));
            return new MultiAnswer(AnswerCode.OK, -1, stats);
        }
        // Steps before the failed one carry OK, steps after it RUNTIMEINCONSISTENCY.
        for (int i = 0; results != null && i < results.size(); i++) {
            int stepCode = results.get(i) instanceof OpResult.ErrorResult error ? error.getErr() : 0;
            if (stepCode != Code.OK.intValue() && stepCode != Code.RUNTIMEINCONSISTENCY.intValue()) {
                return MultiAnswer.failedAt(i, translated(stepCode));
            }
        }
        return MultiAnswer.failed(translated(code));
    }

    private AnswerCode translated(int number) {
        Code code = Code.get(number);
        return switch (code == null ? Code.SYSTEMERROR : code) {
            case OK -> AnswerCode.OK;
            case NONODE -> AnswerCode.NO_NODE;
            case NODEEXISTS -> AnswerCode.NODE_EXISTS;
            case BADVERSION -> AnswerCode.BAD_VERSION;
            case NOTEMPTY -> AnswerCode.NOT_EMPTY;
            case CONNECTIONLOSS, OPERATIONTIMEOUT, REQUESTTIMEOUT ->
                lost ? AnswerCode.SESSION_LOST : AnswerCode.UNKNOWN;
            case SESSIONEXPIRED, SESSIONMOVED, SESSIONCLOSEDREQUIRESASLAUTH -> AnswerCode.SESSION_LOST;
            default -> AnswerCode.REFUSED;
        };
    }

    private static org.apache.zookeeper.Op translated(Op step) {
        if (step instanceof Op.Check check) {
            return org.apache.zookeeper.Op.check(check.path(), check.version());
        } else if (step instanceof Op.Create create) {
            return org.apache.zookeeper.Op.create(create.path(), create.data(), OPEN, mode(create.kind()));
        } else if (step instanceof Op.SetData set) {
            return org.apache.zookeeper.Op.setData(set.path(), set.data(), set.version());
        }
        Op.Delete delete = (Op.Delete) step;
        return org.apache.zookeeper.Op.delete(delete.path(), delete.version());
    }

    private static CreateMode mode(NodeKind kind) {
        return switch (kind) {
            case PERSISTENT -> CreateMode.PERSISTENT;
            case EPHEMERAL -> CreateMode.EPHEMERAL;
            case PERSISTENT_SEQUENTIAL -> CreateMode.PERSISTENT_SEQUENTIAL;
        };
    }

    private static NodeStat translated(Stat stat) {
        return stat == null
                ? null
                : new NodeStat(stat.getCzxid(), stat.getVersion(), stat.getEphemeralOwner(), stat.getCtime());
    }

    private static byte[] orEmpty(byte[] data) {
        return data == null ? new byte[0] : data;
    }

    /** The client keeps one registration a Watcher object, hence a fresh one a call. */
    private static Watcher watcher(NodeWatch watch) {
        return watch == null ? null : new OneShot(watch);
    }

    private record OneShot(NodeWatch watch) implements Watcher {
        @Override
        public void process(org.apache.zookeeper.WatchedEvent event) {
            switch (event.getType()) {
                case NodeCreated -> fire(NodeEvent.Kind.CREATED, event.getPath());
                case NodeDeleted -> fire(NodeEvent.Kind.DELETED, event.getPath());
                case NodeDataChanged -> fire(NodeEvent.Kind.DATA_CHANGED, event.getPath());
                case NodeChildrenChanged -> fire(NodeEvent.Kind.CHILDREN_CHANGED, event.getPath());
                default -> {
                    // The state of the connection reaches the session by its own way; removals are never asked for.
                }
            }
        }

        private void fire(NodeEvent.Kind kind, String path) {
            watch.fired(new NodeEvent(kind, path));
        }

        // Two watches of one method reference must both fire.
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    @FunctionalInterface
    private interface ReadDone<T> {
        void accept(int code, T value);
    }
}
