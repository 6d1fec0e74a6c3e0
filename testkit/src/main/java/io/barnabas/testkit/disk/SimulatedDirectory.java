package io.barnabas.testkit.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Names and what they stand for: as programs see them, and as they are on the disk. Guarded by its disk. */
final class SimulatedDirectory implements Node {
    private final TreeMap<String, Node> names = new TreeMap<>();
    private final TreeMap<String, Node> durable = new TreeMap<>();
    private final List<Change> pending = new ArrayList<>();

    /** A name that goes, or null; and one that comes, with its node, or null: both are a rename. */
    private record Change(long number, String leaving, String coming, Node node) {
        private void apply(Map<String, Node> to) {
            if (leaving != null) {
                to.remove(leaving);
            }
            if (coming != null) {
                to.put(coming, node);
            }
        }
    }

    Node get(String name) {
        return names.get(name);
    }

    Map<String, Node> names() {
        return names;
    }

    void add(long number, String name, Node node) {
        change(new Change(number, null, name, node));
    }

    void remove(long number, String name) {
        change(new Change(number, name, null, null));
    }

    void rename(long number, String from, String to) {
        change(new Change(number, from, to, names.get(from)));
    }

    private void change(Change change) {
        change.apply(names);
        pending.add(change);
    }

    void fsync() {
        pending.clear();
        durable.clear();
        durable.putAll(names);
    }

    /** Of the changes that are not durable, the number of the oldest. */
    long oldestPending(long otherwise) {
        return pending.isEmpty() ? otherwise : pending.get(0).number;
    }

    @Override
    public Node after(Loss loss) {
        SimulatedDirectory left = new SimulatedDirectory();
        durable.forEach((name, node) -> left.durable.put(name, loss.of(node)));
        left.names.putAll(left.durable);
        int survivors = survivors(loss);
        for (Change change : pending.subList(0, survivors)) {
            Node node = change.node == null ? null : loss.of(change.node);
            left.change(new Change(change.number, change.leaving, change.coming, node));
        }
        if (loss.crash != Crash.KILL) {
            left.fsync();
        }
        return left;
    }

    private int survivors(Loss loss) {
        return switch (loss.crash) {
            case KILL -> pending.size();
            case UNSYNCED_LOST -> 0;
            case ORDERED ->
                (int) pending.stream()
                        .filter(change -> change.number < loss.orderedUpTo)
                        .count();
            case REORDERED -> loss.random.nextInt(pending.size() + 1);
        };
    }
}
