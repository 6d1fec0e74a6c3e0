package io.barnabas.testkit.disk;

import java.util.random.RandomGenerator;

/**
 * What the end of a machine, or of a process, leaves of a {@link SimulatedDisk}. What was made durable by fsync, a file's
 * bytes or a directory's names, stays whatever happens.
 */
public enum Crash {
    /** The process ends, the machine goes on: all stays, and what was not durable is no more durable than before. */
    KILL,
    /** The power goes, and nothing was written but what had to be. */
    UNSYNCED_LOST,
    /** The power goes; changes went to the disk in their order, up to some moment, within a write too. */
    ORDERED,
    /**
     * The power goes; each file and each directory got as far as it got. Pages of a file in any order, some of them
     * torn at sectors, its size before or after them. Names in a directory in their order.
     */
    REORDERED;

    /** How often each of them is worth a try. */
    public static Crash any(RandomGenerator random) {
        int dice = random.nextInt(20);
        return dice < 3 ? KILL : dice < 7 ? UNSYNCED_LOST : dice < 12 ? ORDERED : REORDERED;
    }
}
