package io.barnabas.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.runtime.Timers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedTimeTest {
    private final SimulatedTime time = new SimulatedTime(1_000);
    private final List<Long> runs = new ArrayList<>();

    @Test
    void runsTasksAtTheirOwnTimeInOrder() {
        time.schedule(20, () -> runs.add(time.nowMs()));
        time.schedule(10, () -> runs.add(time.nowMs()));
        time.advanceMs(100);
        assertThat(runs).containsExactly(1_010L, 1_020L);
        assertThat(time.nowMs()).isEqualTo(1_100);
    }

    @Test
    void doesNotRunWhatWasCancelled() {
        Timers.Timer timer = time.schedule(10, () -> runs.add(time.nowMs()));
        timer.cancel();
        time.advanceMs(100);
        assertThat(runs).isEmpty();
    }

    @Test
    void repeatsUntilCancelledFromWithin() {
        Timers.Timer[] timer = new Timers.Timer[1];
        timer[0] = time.repeat(5, 10, () -> {
            runs.add(time.nowMs());
            if (runs.size() == 3) {
                timer[0].cancel();
            }
        });
        time.advanceMs(1_000);
        assertThat(runs).containsExactly(1_005L, 1_015L, 1_025L);
        assertThat(time.waitingTasks()).isZero();
    }
}
