package io.barnabas.requests;

/** The versions of an API from {@code lowest} to {@code highest}, both included. */
public record Versions(short lowest, short highest) {

    public Versions {
        if (lowest < 0 || highest < lowest) {
            throw new IllegalArgumentException("no versions from " + lowest + " to " + highest);
        }
    }

    public static Versions of(int lowest, int highest) {
        return new Versions((short) lowest, (short) highest);
    }

    public boolean contain(short version) {
        return lowest <= version && version <= highest;
    }
}
