package io.barnabas.testkit.disk;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * One crash: its kind, its dice, and the moment up to which an ordered disk got. A file of several names is lost once.
 * Confined to the thread that makes the crash.
 */
final class Loss {
    final Crash crash;
    final RandomGenerator random;

    /** Changes with a smaller number are on the disk, the one with this number in part. Of {@link Crash#ORDERED} only. */
    final long orderedUpTo;

    private final Map<Node, Node> done = new IdentityHashMap<>();

    Loss(Crash crash, RandomGenerator random, long orderedUpTo) {
        this.crash = crash;
        this.random = random;
        this.orderedUpTo = orderedUpTo;
    }

    Node of(Node node) {
        Node known = done.get(node);
        if (known == null) {
            known = node.after(this);
            done.put(node, known);
        }
        return known;
    }
}
