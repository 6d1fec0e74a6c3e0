package io.barnabas.bench.profile;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** Sampled stacks, folded: where they begin alike they are one. Used by one thread. */
final class Stacks {
    private final Frame root = new Frame("all");

    /** A caller, how many samples were below it, and whom it called, by name. */
    static final class Frame {
        private final String name;
        private final TreeMap<String, Frame> callees = new TreeMap<>();
        private long samples;

        private Frame(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        long samples() {
            return samples;
        }

        Collection<Frame> callees() {
            return callees.values();
        }

        /** How many frames lie on top of each other, this one included. */
        int height() {
            return 1 + callees.values().stream().mapToInt(Frame::height).max().orElse(0);
        }
    }

    /** @param stack the outermost caller first */
    void add(List<String> stack) {
        Frame frame = root;
        frame.samples++;
        for (String name : stack) {
            frame = frame.callees.computeIfAbsent(name, Frame::new);
            frame.samples++;
        }
    }

    Frame root() {
        return root;
    }
}
