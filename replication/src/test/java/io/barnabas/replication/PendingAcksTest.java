package io.barnabas.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Seeds;
import io.barnabas.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingAcksTest {
    private final PendingAcks pending = new PendingAcks();
    private final List<String> released = new ArrayList<>();

    @Test
    void releasesThoseWhoseOffsetIsReachedNearestFirst() {
        pending.add(30, outcome -> released.add("30"));
        pending.add(10, outcome -> released.add("10"));
        pending.add(20, outcome -> released.add("20"));
        run(pending.releaseUpTo(20));
        assertThat(released).containsExactly("10", "20");
        run(pending.releaseUpTo(20));
        assertThat(released).hasSize(2);
        assertThat(pending.isEmpty()).isFalse();
    }

    @Test
    void neverCallsWhoGaveUp() {
        PendingAcks.Pending patient = pending.add(10, outcome -> released.add("patient"));
        PendingAcks.Pending impatient = pending.add(10, outcome -> released.add("impatient"));
        pending.remove(impatient);
        run(pending.releaseAll());
        pending.remove(patient);
        assertThat(released).containsExactly("patient");
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void releasesEachOnceAndNoneTooEarly() {
        Seeds.forEach(100, random -> {
            PendingAcks acks = new PendingAcks();
            List<Long> waiting = new ArrayList<>();
            List<Long> called = new ArrayList<>();
            long highWatermark = 0;
            for (int step = 0; step < 200; step++) {
                if (random.nextInt(3) > 0) {
                    long offset = highWatermark + 1 + random.nextInt(20);
                    waiting.add(offset);
                    acks.add(offset, outcome -> called.add(offset));
                } else {
                    highWatermark += random.nextInt(10);
                    run(acks.releaseUpTo(highWatermark));
                    long reached = highWatermark;
                    assertThat(called).allMatch(offset -> offset <= reached);
                    assertThat(called).hasSize((int)
                            waiting.stream().filter(offset -> offset <= reached).count());
                }
            }
        });
    }

    private static void run(List<CommitWaiter> waiters) {
        waiters.forEach(waiter -> waiter.committed(ErrorCode.NONE));
    }
}
