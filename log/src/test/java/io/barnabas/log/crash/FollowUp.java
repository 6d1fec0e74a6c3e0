package io.barnabas.log.crash;

import io.barnabas.testkit.disk.Crash;
import io.barnabas.testkit.disk.DiskChange;
import io.barnabas.testkit.disk.SimulatedDisk;
import java.util.random.RandomGenerator;

/** What comes after one crash: a start, another crash somewhere in it, a start, some work, a crash, a start. */
final class FollowUp {
    private static final int MOST_STEPS = 12;

    private final CrashRun.Layer layer;
    private final RandomGenerator random;
    private long nowMs;

    /** What the second crash leaves: at a change of the first start that was picked evenly. */
    private SimulatedDisk secondDisk;

    private Crash secondCrash;
    private int changesSeen;

    FollowUp(CrashRun.Layer layer, RandomGenerator random, long nowMs) {
        this.layer = layer;
        this.random = random;
        this.nowMs = nowMs;
    }

    void run(SimulatedDisk disk, Models models, Crash crash) {
        Models before = models.copy();
        disk.observe(change -> pick(disk, change));
        Life first = start(disk, models, crash, "");
        disk.observe(SimulatedDisk.Observer.NONE);
        if (secondDisk == null) {
            goOn(disk, first, models);
            return;
        }
        Crash worse = crash == Crash.KILL ? secondCrash : crash;
        Life second = start(secondDisk, before, worse, "after " + secondCrash + " in the start: ");
        goOn(secondDisk, second, before);
    }

    private void pick(SimulatedDisk disk, DiskChange change) {
        Trace.note(change);
        changesSeen++;
        if (random.nextInt(changesSeen) == 0) {
            secondCrash = Crash.any(random);
            secondDisk = disk.crash(secondCrash, random);
        }
    }

    private Life start(SimulatedDisk disk, Models models, Crash crash, String when) {
        Trace.note("--- start " + when);
        Life life = new Life(layer.over(disk), models, nowMs++);
        try {
            life.start();
            Aftermath.check(life, disk, models, crash, random);
        } catch (Violation violation) {
            throw new Violation(when + violation.getMessage(), violation);
        }
        return life;
    }

    private void goOn(SimulatedDisk disk, Life life, Models models) {
        disk.observe(Trace::note);
        Workload work = new Workload(life, models, random);
        work.begin();
        for (int steps = random.nextInt(MOST_STEPS); steps > 0; steps--) {
            work.step();
        }
        life.notePromises();
        nowMs = life.time.nowMs() + 1;
        Crash crash = Crash.any(random);
        start(disk.crash(crash, random), models, crash, "after some work and " + crash + ": ");
    }
}
