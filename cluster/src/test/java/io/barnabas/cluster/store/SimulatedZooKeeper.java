package io.barnabas.cluster.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * ZooKeeper's tree and sessions in memory: one operation after the other, each a transaction with a number. Confined
 * to the thread of its test.
 */
public final class SimulatedZooKeeper {
    private final TreeMap<String, Node> nodes = new TreeMap<>();
    private final Map<Long, Consumer<NodeEvent>> sessions = new LinkedHashMap<>();
    private final Map<Watched, Set<Long>> watches = new HashMap<>();
    private long nextSession = 0x1000;
    private long lastZxid;
    private long nowMs = 1_700_000_000_000L;

    private enum WatchKind {
        DATA,
        CHILDREN
    }

    private record Watched(WatchKind kind, String path) {}

    private static final class Node {
        private final long czxid;
        private final long owner;
        private final long ctimeMs;
        private byte[] data;
        private int version;
        private int nextSequence;

        private Node(long czxid, long owner, long ctimeMs, byte[] data) {
            this.czxid = czxid;
            this.owner = owner;
            this.ctimeMs = ctimeMs;
            this.data = data;
        }

        private NodeStat stat() {
            return new NodeStat(czxid, version, owner, ctimeMs);
        }
    }

    public SimulatedZooKeeper() {
        nodes.put("/", new Node(0, 0, nowMs, new byte[0]));
    }

    /** Creation times of later nodes. */
    public void setTimeMs(long timeMs) {
        nowMs = timeMs;
    }

    /** Text of a node's data; null when it does not exist. For a test to look at. */
    public String textOf(String path) {
        Node node = nodes.get(path);
        return node == null ? null : new String(node.data, java.nio.charset.StandardCharsets.UTF_8);
    }

    public boolean contains(String path) {
        return nodes.containsKey(path);
    }

    public NodeStat statOf(String path) {
        return nodes.get(path).stat();
    }

    /** Writes as some other program would. */
    public void write(String path, String text) {
        byte[] data = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        List<NodeEvent> events = new ArrayList<>();
        apply(
                nodes.containsKey(path)
                        ? new Op.SetData(path, data, -1)
                        : new Op.Create(path, data, NodeKind.PERSISTENT),
                0,
                events);
        events.forEach(this::notifyWatchers);
    }

    public void remove(String path) {
        List<NodeEvent> events = new ArrayList<>();
        apply(new Op.Delete(path, -1), 0, events);
        events.forEach(this::notifyWatchers);
    }

    /** The session of a client that has crashed runs out. */
    public void expire(SimulatedClusterStore client) {
        end(client.session().id());
    }

    long open(Consumer<NodeEvent> onWatch) {
        long id = nextSession++;
        sessions.put(id, onWatch);
        return id;
    }

    boolean lives(long session) {
        return sessions.containsKey(session);
    }

    /** Ends a session: its ephemeral nodes go, and so do its watches. */
    void end(long session) {
        sessions.remove(session);
        watches.values().forEach(watchers -> watchers.remove(session));
        List<String> owned = nodes.entrySet().stream()
                .filter(entry -> entry.getValue().owner == session)
                .map(Map.Entry::getKey)
                .toList();
        List<NodeEvent> events = new ArrayList<>();
        owned.forEach(path -> apply(new Op.Delete(path, -1), 0, events));
        events.forEach(this::notifyWatchers);
    }

    /** The outcome's value is a path for Create, a NodeStat for SetData, else null. */
    Answer<Object> write(long session, Op step) {
        List<NodeEvent> events = new ArrayList<>();
        Answer<Object> answer = apply(step, session, events);
        events.forEach(this::notifyWatchers);
        return answer;
    }

    MultiAnswer multi(long session, List<Op> steps) {
        TreeMap<String, Node> before = copyOfNodes();
        List<NodeEvent> events = new ArrayList<>();
        List<NodeStat> stats = new ArrayList<>();
        long zxid = lastZxid;
        for (int i = 0; i < steps.size(); i++) {
            lastZxid = zxid;
            Answer<Object> answer = apply(steps.get(i), session, events);
            if (!answer.isOk()) {
                nodes.clear();
                nodes.putAll(before);
                lastZxid = zxid;
                return MultiAnswer.failedAt(i, answer.code());
            }
            stats.add(answer.value() instanceof NodeStat stat ? stat : null);
        }
        lastZxid = zxid + 1;
        events.forEach(this::notifyWatchers);
        return new MultiAnswer(AnswerCode.OK, -1, stats);
    }

    Answer<NodeData> get(long session, String path, boolean watch) {
        Node node = nodes.get(path);
        if (node == null) {
            return Answer.failed(AnswerCode.NO_NODE);
        }
        watch(watch, WatchKind.DATA, path, session);
        return Answer.of(new NodeData(node.data, node.stat()));
    }

    Answer<NodeStat> exists(long session, String path, boolean watch) {
        watch(watch, WatchKind.DATA, path, session);
        Node node = nodes.get(path);
        return node == null ? Answer.failed(AnswerCode.NO_NODE) : Answer.of(node.stat());
    }

    Answer<List<String>> children(long session, String path, boolean watch) {
        if (!nodes.containsKey(path)) {
            return Answer.failed(AnswerCode.NO_NODE);
        }
        watch(watch, WatchKind.CHILDREN, path, session);
        return Answer.of(childrenOf(path));
    }

    private Answer<Object> apply(Op step, long session, List<NodeEvent> events) {
        if (step instanceof Op.Check check) {
            return versioned(check.path(), check.version(), node -> null);
        } else if (step instanceof Op.Create create) {
            return create(create, session, events);
        } else if (step instanceof Op.SetData set) {
            return versioned(set.path(), set.version(), node -> {
                lastZxid++;
                node.data = set.data() == null ? new byte[0] : set.data();
                node.version++;
                events.add(new NodeEvent(NodeEvent.Kind.DATA_CHANGED, set.path()));
                return node.stat();
            });
        }
        Op.Delete delete = (Op.Delete) step;
        if (nodes.containsKey(delete.path()) && !childrenOf(delete.path()).isEmpty()) {
            return Answer.failed(AnswerCode.NOT_EMPTY);
        }
        return versioned(delete.path(), delete.version(), node -> {
            lastZxid++;
            nodes.remove(delete.path());
            events.add(new NodeEvent(NodeEvent.Kind.DELETED, delete.path()));
            events.add(new NodeEvent(NodeEvent.Kind.CHILDREN_CHANGED, parentOf(delete.path())));
            return null;
        });
    }

    private Answer<Object> create(Op.Create create, long session, List<NodeEvent> events) {
        Node parent = nodes.get(parentOf(create.path()));
        if (parent == null) {
            return Answer.failed(AnswerCode.NO_NODE);
        }
        String path = create.kind() == NodeKind.PERSISTENT_SEQUENTIAL
                ? create.path() + String.format("%010d", parent.nextSequence)
                : create.path();
        if (nodes.containsKey(path)) {
            return Answer.failed(AnswerCode.NODE_EXISTS);
        }
        parent.nextSequence++;
        long owner = create.kind() == NodeKind.EPHEMERAL ? session : 0;
        nodes.put(path, new Node(++lastZxid, owner, nowMs, create.data() == null ? new byte[0] : create.data()));
        events.add(new NodeEvent(NodeEvent.Kind.CREATED, path));
        events.add(new NodeEvent(NodeEvent.Kind.CHILDREN_CHANGED, parentOf(path)));
        return Answer.of(path);
    }

    private Answer<Object> versioned(String path, int version, Function<Node, Object> change) {
        Node node = nodes.get(path);
        if (node == null) {
            return Answer.failed(AnswerCode.NO_NODE);
        }
        if (version != -1 && version != node.version) {
            return Answer.failed(AnswerCode.BAD_VERSION);
        }
        return Answer.of(change.apply(node));
    }

    private List<String> childrenOf(String path) {
        String prefix = path.equals("/") ? "/" : path + "/";
        return nodes.tailMap(prefix, true).keySet().stream()
                .takeWhile(candidate -> candidate.startsWith(prefix))
                .filter(candidate ->
                        candidate.length() > prefix.length() && candidate.indexOf('/', prefix.length()) < 0)
                .map(candidate -> candidate.substring(prefix.length()))
                .toList();
    }

    private static String parentOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash == 0 ? "/" : path.substring(0, slash);
    }

    private TreeMap<String, Node> copyOfNodes() {
        TreeMap<String, Node> copy = new TreeMap<>();
        nodes.forEach((path, node) -> {
            Node twin = new Node(node.czxid, node.owner, node.ctimeMs, node.data);
            twin.version = node.version;
            twin.nextSequence = node.nextSequence;
            copy.put(path, twin);
        });
        return copy;
    }

    private void watch(boolean wanted, WatchKind kind, String path, long session) {
        if (wanted) {
            watches.computeIfAbsent(new Watched(kind, path), unused -> new HashSet<>())
                    .add(session);
        }
    }

    private void notifyWatchers(NodeEvent event) {
        WatchKind kind = event.kind() == NodeEvent.Kind.CHILDREN_CHANGED ? WatchKind.CHILDREN : WatchKind.DATA;
        Set<Long> told = watches.remove(new Watched(kind, event.path()));
        if (event.kind() == NodeEvent.Kind.DELETED) {
            Set<Long> others = watches.remove(new Watched(WatchKind.CHILDREN, event.path()));
            told = union(told, others);
        }
        if (told != null) {
            told.stream()
                    .sorted()
                    .filter(sessions::containsKey)
                    .forEach(session -> sessions.get(session).accept(event));
        }
    }

    private static Set<Long> union(Set<Long> one, Set<Long> other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        Set<Long> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }
}
