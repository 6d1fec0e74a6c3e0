package io.barnabas.log.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import org.junit.jupiter.api.Test;

class IoThrottleTest {
    private static final long MS = 1_000_000;

    @Test
    @Acceptance(98)
    void keepsReadingAndWritingBelowARate() {
        IoThrottle throttle = new IoThrottle(1_000);
        long nowNs = 5 * MS;
        long bytes = 0;
        while (nowNs < 10_000 * MS) {
            bytes += 77;
            nowNs += throttle.pauseMs(77, nowNs) * MS + 3 * MS;
        }
        assertThat(bytes).isBetween(9_500L, 10_200L);
    }

    @Test
    void doesNotMakeUpForTimeInWhichNothingHappened() {
        IoThrottle throttle = new IoThrottle(1_000);
        assertThat(throttle.pauseMs(500, 0)).isEqualTo(500);
        assertThat(throttle.pauseMs(500, 60_000 * MS)).isEqualTo(500);
    }

    @Test
    void letsEverythingPassWithoutARate() {
        assertThat(new IoThrottle(Double.MAX_VALUE).pauseMs(Long.MAX_VALUE, 0)).isZero();
    }
}
