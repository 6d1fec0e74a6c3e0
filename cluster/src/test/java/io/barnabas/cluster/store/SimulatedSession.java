package io.barnabas.cluster.store;

import io.barnabas.runtime.Timers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** One session with the simulated ZooKeeper: keeps operations in order and loses them when the connection breaks. */
final class SimulatedSession implements StoreSession {
    private final SimulatedZooKeeper server;
    private final Timers timers;
    private final long oneWayMs;
    private final long id;
    private final Map<Watched, List<NodeWatch>> watches = new HashMap<>();
    private final ArrayDeque<Runnable> waitingReads = new ArrayDeque<>();
    private final ArrayDeque<Call<?>> underWay = new ArrayDeque<>();
    private boolean connected = true;
    private boolean lost;

    private record Watched(boolean children, String path) {}

    private static final class Call<T> {
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private final Supplier<T> atServer;
        private final boolean write;
        private final Function<AnswerCode, T> failed;
        private boolean arrived;
        private boolean cutOff;

        private Call(boolean write, Supplier<T> atServer, Function<AnswerCode, T> failed) {
            this.write = write;
            this.atServer = atServer;
            this.failed = failed;
        }
    }

    SimulatedSession(SimulatedZooKeeper server, Timers timers, long oneWayMs) {
        this.server = server;
        this.timers = timers;
        this.oneWayMs = oneWayMs;
        this.id = server.open(event -> timers.schedule(oneWayMs, () -> fire(event)));
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public SessionTicket ticket() {
        return new SessionTicket(id, new byte[16]);
    }

    @Override
    public boolean isLost() {
        return lost;
    }

    @Override
    public CompletionStage<Answer<String>> create(String path, byte[] data, NodeKind kind) {
        return write(() -> retyped(server.write(id, new Op.Create(path, data, kind)), String.class), Answer::failed);
    }

    @Override
    public CompletionStage<Answer<NodeStat>> setData(String path, byte[] data, int expectedVersion) {
        return write(
                () -> retyped(server.write(id, new Op.SetData(path, data, expectedVersion)), NodeStat.class),
                Answer::failed);
    }

    @Override
    public CompletionStage<Answer<Void>> delete(String path, int expectedVersion) {
        return write(() -> retyped(server.write(id, new Op.Delete(path, expectedVersion)), Void.class), Answer::failed);
    }

    @Override
    public CompletionStage<MultiAnswer> multi(List<Op> steps) {
        List<Op> copy = List.copyOf(steps);
        return write(() -> server.multi(id, copy), MultiAnswer::failed);
    }

    @Override
    public CompletionStage<Answer<NodeData>> get(String path, NodeWatch watch) {
        return read(() -> {
            Answer<NodeData> answer = server.get(id, path, watch != null);
            remember(watch, answer.isOk(), false, path);
            return answer;
        });
    }

    @Override
    public CompletionStage<Answer<NodeStat>> exists(String path, NodeWatch watch) {
        return read(() -> {
            remember(watch, true, false, path);
            return server.exists(id, path, watch != null);
        });
    }

    @Override
    public CompletionStage<Answer<List<String>>> children(String path, NodeWatch watch) {
        return read(() -> {
            Answer<List<String>> answer = server.children(id, path, watch != null);
            remember(watch, answer.isOk(), true, path);
            return answer;
        });
    }

    void disconnect(boolean writesArrive) {
        connected = false;
        List<Call<?>> cut = new ArrayList<>(underWay);
        underWay.clear();
        for (Call<?> call : cut) {
            call.cutOff = true;
            if (call.write && writesArrive && !call.arrived) {
                call.atServer.get();
            }
        }
        cut.forEach(this::answerCutOff);
    }

    void reconnect() {
        connected = true;
        List<Runnable> reads = new ArrayList<>(waitingReads);
        waitingReads.clear();
        reads.forEach(Runnable::run);
    }

    void lose() {
        lost = true;
        disconnect(false);
        reconnect();
        watches.clear();
    }

    private <T> CompletionStage<T> write(Supplier<T> atServer, Function<AnswerCode, T> failed) {
        Call<T> call = new Call<>(true, atServer, failed);
        send(call);
        return call.answer;
    }

    private <T> CompletionStage<Answer<T>> read(Supplier<Answer<T>> atServer) {
        Call<Answer<T>> call = new Call<>(false, atServer, Answer::failed);
        send(call);
        return call.answer;
    }

    private <T> void send(Call<T> call) {
        if (lost || !connected) {
            call.cutOff = true;
            answerCutOff(call);
            return;
        }
        underWay.add(call);
        timers.schedule(oneWayMs, () -> arrive(call));
    }

    private <T> void arrive(Call<T> call) {
        if (call.cutOff) {
            return;
        }
        call.arrived = true;
        T answer = server.lives(id) ? call.atServer.get() : call.failed.apply(AnswerCode.SESSION_LOST);
        timers.schedule(oneWayMs, () -> {
            if (!call.cutOff) {
                underWay.remove(call);
                call.answer.complete(answer);
            }
        });
    }

    private <T> void answerCutOff(Call<T> call) {
        if (lost) {
            timers.schedule(0, () -> call.answer.complete(call.failed.apply(AnswerCode.SESSION_LOST)));
        } else if (call.write) {
            timers.schedule(0, () -> call.answer.complete(call.failed.apply(AnswerCode.UNKNOWN)));
        } else {
            waitingReads.add(() -> {
                call.cutOff = false;
                call.arrived = false;
                send(call);
            });
        }
    }

    private void remember(NodeWatch watch, boolean set, boolean children, String path) {
        if (watch != null && set) {
            watches.computeIfAbsent(new Watched(children, path), unused -> new ArrayList<>())
                    .add(watch);
        }
    }

    private void fire(NodeEvent event) {
        if (lost) {
            return;
        }
        if (event.kind() == NodeEvent.Kind.DELETED) {
            fire(new Watched(true, event.path()), event);
        }
        fire(new Watched(event.kind() == NodeEvent.Kind.CHILDREN_CHANGED, event.path()), event);
    }

    private void fire(Watched watched, NodeEvent event) {
        List<NodeWatch> told = watches.remove(watched);
        if (told != null) {
            told.forEach(watch -> watch.fired(event));
        }
    }

    private static <T> Answer<T> retyped(Answer<Object> answer, Class<T> type) {
        return answer.isOk() ? Answer.of(type.cast(answer.value())) : Answer.failed(answer.code());
    }
}
