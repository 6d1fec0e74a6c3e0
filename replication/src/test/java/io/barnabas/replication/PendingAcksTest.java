package io.barnabas.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Seeds;
import io.barnabas.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class PendingAcksTest {
    private final ReentrantLock lock = new ReentrantLock();
    private final PendingAcks pending = new PendingAcks(lock);
    private final List<String> released = new ArrayList<>();

    @Test
    void releasesThoseWhoseOffsetIsReachedNearestFirst() {
        pending.add(30, outcome -> released.add("30"));
        pending.add(10, outcome -> released.add("10"));
        pending.add(20, outcome -> released.add("20"));
        pending.releaseUpTo(20, ErrorCode.NONE).tell();
        assertThat(released).containsExactly("10", "20");
        pending.releaseUpTo(20, ErrorCode.NONE).tell();
        assertThat(released).hasSize(2);
        assertThat(pending.isEmpty()).isFalse();
    }

    @Test
    void neverCallsWhoGaveUp() {
        Runnable patient = pending.add(10, outcome -> released.add("patient " + outcome));
        Runnable impatient = pending.add(10, outcome -> released.add("impatient"));
        impatient.run();
        pending.releaseAll(ErrorCode.NOT_LEADER_OR_FOLLOWER).tell();
        patient.run();
        assertThat(released).containsExactly("patient NOT_LEADER_OR_FOLLOWER");
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void releasesEachOnceAndNoneTooEarly() {
        Seeds.forEach(100, random -> {
            PendingAcks acks = new PendingAcks(lock);
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
                    acks.releaseUpTo(highWatermark, ErrorCode.NONE).tell();
                    long reached = highWatermark;
                    assertThat(called).allMatch(offset -> offset <= reached);
                    assertThat(called).hasSize((int)
                            waiting.stream().filter(offset -> offset <= reached).count());
                }
            }
        });
    }
}
