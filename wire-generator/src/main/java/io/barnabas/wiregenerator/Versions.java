package io.barnabas.wiregenerator;

import java.util.ArrayList;
import java.util.List;

/** A set of version numbers from 0 to 62, one bit each; merged schemas have sets with holes, so a range is not enough. */
record Versions(long bits) {
    static final Versions NONE = new Versions(0);
    static final Versions ALL = new Versions(Long.MAX_VALUE);

    /** Reads {@code "3"}, {@code "1-5"}, {@code "2+"} and {@code "none"}; an absent text is the empty set. */
    static Versions parse(String text) {
        if (text == null || text.equals("none")) {
            return NONE;
        }
        if (text.endsWith("+")) {
            return range(Integer.parseInt(text.substring(0, text.length() - 1)), 62);
        }
        int dash = text.indexOf('-');
        if (dash < 0) {
            return range(Integer.parseInt(text), Integer.parseInt(text));
        }
        return range(Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
    }

    static Versions range(int lowest, int highest) {
        long bits = 0;
        for (int version = lowest; version <= highest; version++) {
            bits |= 1L << version;
        }
        return new Versions(bits);
    }

    boolean contains(int version) {
        return (bits >>> version & 1) != 0;
    }

    boolean containsAll(Versions others) {
        return (others.bits & ~bits) == 0;
    }

    boolean isEmpty() {
        return bits == 0;
    }

    Versions and(Versions other) {
        return new Versions(bits & other.bits);
    }

    Versions or(Versions other) {
        return new Versions(bits | other.bits);
    }

    Versions minus(Versions other) {
        return new Versions(bits & ~other.bits);
    }

    int lowest() {
        return Long.numberOfTrailingZeros(bits);
    }

    int highest() {
        return 63 - Long.numberOfLeadingZeros(bits);
    }

    /**
     * A Java condition on {@code version} that holds in just these versions, given that it is one of {@code known}:
     * {@code "true"}, {@code "false"}, {@code "version >= 3"}, {@code "version == 0 || version >= 4 && version <= 7"}.
     */
    String condition(Versions known) {
        if (containsAll(known)) {
            return "true";
        }
        List<String> runs = new ArrayList<>();
        int version = known.lowest();
        while (version <= known.highest()) {
            if (!contains(version)) {
                version++;
                continue;
            }
            int first = version;
            while (version <= known.highest() && (contains(version) || !known.contains(version))) {
                version++;
            }
            runs.add(run(first, version - 1, known));
        }
        return runs.isEmpty() ? "false" : String.join(" || ", runs);
    }

    private static String run(int first, int last, Versions known) {
        if (first <= known.lowest()) {
            return last == first ? "version == " + first : "version <= " + last;
        }
        if (last >= known.highest()) {
            return "version >= " + first;
        }
        return last == first ? "version == " + first : "version >= " + first + " && version <= " + last;
    }

    /** As people write it: {@code "0-3, 5"}. */
    @Override
    public String toString() {
        List<String> runs = new ArrayList<>();
        for (int version = 0; version < 63; version++) {
            if (!contains(version)) {
                continue;
            }
            int first = version;
            while (version < 62 && contains(version + 1)) {
                version++;
            }
            runs.add(first == version ? "" + first : version == 62 ? first + "+" : first + "-" + version);
        }
        return runs.isEmpty() ? "none" : String.join(", ", runs);
    }
}
