package io.barnabas.log.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.disk.DiskChange;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Crashes at 2,000 moments of recorded runs. {@code ./barnabas chaos --crash-points 100000} asks for more, and
 * {@code --seed} for one run again, through properties.
 */
class CrashSimulationTest {
    private static final int ONE_CHANGE_IN = 20;

    @Test
    @Acceptance(value = 107, beyond = 14)
    void losesNothingThatWasDurableAndInventsNothingWhereverACrashCuts() {
        int wanted = Integer.getInteger("barnabas.chaos.points", 2_000);
        Long only = Long.getLong("barnabas.chaos.seed");
        Map<DiskChange.Kind, Integer> points = new EnumMap<>(DiskChange.Kind.class);
        long started = System.nanoTime();
        int reported = 0;
        long seed = only == null ? 0 : only;
        do {
            new CrashRun(seed, ONE_CHANGE_IN, CrashRun.Layer.NONE)
                    .run()
                    .forEach((kind, count) -> points.merge(kind, count, Integer::sum));
            seed++;
            int done = sum(points);
            if (done / 5_000 > reported) {
                reported = done / 5_000;
                System.out.println(done + " crash points, " + (System.nanoTime() - started) / 1_000_000_000 + " s");
            }
        } while (only == null && sum(points) < wanted);
        System.out.println(sum(points) + " crash points of " + seed + " runs survived: before " + points);
        assertThat(points.keySet())
                .containsAll(Arrays.asList(DiskChange.Kind.WRITE, DiskChange.Kind.FSYNC, DiskChange.Kind.RENAME));
    }

    private static int sum(Map<DiskChange.Kind, Integer> points) {
        return points.values().stream().mapToInt(Integer::intValue).sum();
    }
}
