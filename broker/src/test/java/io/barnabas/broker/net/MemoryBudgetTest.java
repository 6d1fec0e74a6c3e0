package io.barnabas.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private final List<String> granted = new ArrayList<>();

    @Test
    void reservesUntilNothingIsLeftAndThenKeepsTheLine() {
        MemoryBudget budget = new MemoryBudget(100_000);

        assertThat(budget.reserve(60_000, granting("a"))).isTrue();
        assertThat(budget.reserve(60_000, granting("b"))).isFalse();
        assertThat(budget.reserve(10_000, granting("c"))).as("stands behind b").isFalse();
        assertThat(granted).isEmpty();

        budget.release(60_000);

        assertThat(granted).containsExactly("b", "c");
        assertThat(budget.usedBytes()).isEqualTo(70_000);
    }

    @Test
    void letsAFrameLargerThanTheBudgetPassWhenItIsAlone() {
        MemoryBudget budget = new MemoryBudget(10_000);
        budget.reserve(5_000, granting("first"));

        assertThat(budget.reserve(100_000, granting("large"))).isFalse();
        budget.release(5_000);

        assertThat(granted).containsExactly("large");
        assertThat(budget.reserve(5_000, granting("next"))).isFalse();
        budget.release(100_000);
        assertThat(granted).containsExactly("large", "next");
    }

    @Test
    void letsSmallFramesPassAlways() {
        MemoryBudget budget = new MemoryBudget(10_000);
        budget.reserve(10_000, granting("all"));
        budget.reserve(10_000, granting("waiting"));

        assertThat(budget.reserve(MemoryBudget.SMALL_BYTES, granting("small"))).isTrue();
    }

    @Test
    void neverGrantsMoreThanItHasWhenManyThreadsReserveAndRelease() throws Exception {
        MemoryBudget budget = new MemoryBudget(100_000);
        AtomicLong held = new AtomicLong();
        AtomicLong most = new AtomicLong();
        int tasks = 4_000;
        CountDownLatch done = new CountDownLatch(tasks);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            var random = Seeds.random(7);
            for (int i = 0; i < tasks; i++) {
                long bytes = 5_000 + random.nextInt(40_000);
                Runnable use = () -> {
                    most.accumulateAndGet(held.addAndGet(bytes), Math::max);
                    threads.execute(() -> {
                        held.addAndGet(-bytes);
                        budget.release(bytes);
                        done.countDown();
                    });
                };
                threads.execute(() -> {
                    if (budget.reserve(bytes, use)) {
                        use.run();
                    }
                });
            }
            assertThat(done.await(30, TimeUnit.SECONDS))
                    .as("everybody was served")
                    .isTrue();
        } finally {
            threads.shutdownNow();
        }
        assertThat(most.get()).isLessThanOrEqualTo(100_000);
        assertThat(budget.usedBytes()).isZero();
    }

    private Runnable granting(String name) {
        return () -> granted.add(name);
    }
}
