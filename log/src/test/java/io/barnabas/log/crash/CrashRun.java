package io.barnabas.log.crash;

import io.barnabas.runtime.Disk;
import io.barnabas.testkit.Seeds;
import io.barnabas.testkit.SimulatedTime;
import io.barnabas.testkit.disk.Crash;
import io.barnabas.testkit.disk.DiskChange;
import io.barnabas.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * One run of the log module from one seed: it works, stops cleanly, is killed, loses power, goes on. At random changes of
 * its disk, wherever they happen, a crash of that moment branches off and is followed up: the start after it is
 * interrupted by another crash at some change, the start after that must find all that was promised, do some more work
 * and survive one more crash. Confined to one thread; the same seed does the same.
 */
final class CrashRun {
    private static final int STEPS = 150;

    /** What lies between the log module and the disk: nothing, or a fault that a test has planted. */
    @FunctionalInterface
    interface Layer {
        Layer NONE = disk -> disk;

        Disk over(SimulatedDisk disk);
    }

    private final long seed;
    private final Layer layer;
    private final RandomGenerator random;
    private final RandomGenerator choice;
    private final int oneChangeIn;
    private final Map<DiskChange.Kind, Integer> points = new EnumMap<>(DiskChange.Kind.class);

    /** The first one. */
    private Violation violation;

    /** While a start is under way: what it has to find is what the crash before it had to leave. */
    private Crash startsAfter = Crash.KILL;

    private Models models;
    private SimulatedDisk disk;
    private Life life;
    private long nowMs = 1_700_000_000_000L;

    /** @param oneChangeIn of so many changes, one is followed up as a crash */
    CrashRun(long seed, int oneChangeIn, Layer layer) {
        this.seed = seed;
        this.layer = layer;
        this.oneChangeIn = oneChangeIn;
        this.random = Seeds.random(seed);
        this.choice = Seeds.random(~seed);
    }

    /** How many crashes were followed up before which kind of change. */
    Map<DiskChange.Kind, Integer> run() {
        models = Models.of(random);
        disk = new SimulatedDisk(new SimulatedTime());
        makeDurable(disk);
        beginLife();
        for (int step = 0; step < STEPS; step++) {
            int dice = random.nextInt(60);
            if (dice == 0) {
                life.stop();
                life.notePromises();
                beginLife();
            } else if (dice == 1) {
                crash();
            } else {
                new Workload(life, models, random).step();
            }
            throwViolation();
        }
        life.stop();
        throwViolation();
        return points;
    }

    private void throwViolation() {
        if (violation != null) {
            throw violation;
        }
    }

    private static void makeDurable(SimulatedDisk disk) {
        try {
            disk.createDirectories(Life.DIRECTORY);
            disk.fsyncDirectory(Life.DIRECTORY.getRoot());
            disk.fsyncDirectory(Life.DIRECTORY.getParent());
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private void beginLife() {
        nowMs = life == null ? nowMs : life.time.nowMs() + 1;
        disk.observe(this::change);
        life = new Life(layer.over(disk), models, nowMs);
        life.start();
        Aftermath.check(life, disk, models, Crash.KILL, choice);
        new Workload(life, models, random).begin();
    }

    private void crash() {
        life.notePromises();
        Crash crash = Crash.any(random);
        SimulatedDisk left = disk.crash(crash, random);
        disk.observe(SimulatedDisk.Observer.NONE);
        disk = left;
        nowMs = life.time.nowMs() + 1;
        disk.observe(this::change);
        startsAfter = crash;
        life = new Life(layer.over(disk), models, nowMs);
        life.start();
        Aftermath.check(life, disk, models, crash, choice);
        startsAfter = Crash.KILL;
        new Workload(life, models, random).begin();
    }

    private void change(DiskChange change) {
        Trace.note(change);
        if (choice.nextInt(oneChangeIn) > 0) {
            return;
        }
        points.merge(change.kind(), 1, Integer::sum);
        life.notePromises();
        RandomGenerator own = Seeds.random(choice.nextLong());
        Crash crash = Crash.any(own);
        if (violation != null) {
            return;
        }
        Trace.note("{ a crash branches off: " + crash);
        try {
            Crash worse = crash == Crash.KILL ? startsAfter : crash;
            new FollowUp(layer, own, life.time.nowMs() + 1).run(disk.crash(crash, own), models.copy(), worse);
        } catch (Violation found) {
            // Thrown from here it would pass through the code that is tested, which might take it for its own.
            violation = new Violation(
                    "seed " + seed + ", " + crash + " before " + change + ": " + found.getMessage(), found);
        }
        Trace.note("}");
    }
}
