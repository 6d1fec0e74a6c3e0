package io.barnabas.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SerialMailboxTest {
    private final ThreadPools pools = new ThreadPools();
    private final AtomicReference<Throwable> fault = new AtomicReference<>();

    @AfterEach
    void close() {
        pools.close();
    }

    @Test
    void runsTasksOneAfterTheOtherInOrder() throws Exception {
        ExecutorService pool = pools.pool("test", 4);
        SerialMailbox mailbox = new SerialMailbox("mailbox", pool, (where, cause) -> fault.set(cause));
        List<Integer> seen = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        for (int i = 0; i < 10_000; i++) {
            int number = i;
            mailbox.execute(() -> seen.add(number));
        }
        mailbox.execute(done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).hasSize(10_000).isSorted();
        assertThat(fault.get()).isNull();
    }

    @Test
    void reportsAFaultAndGoesOn() throws Exception {
        SerialMailbox mailbox = new SerialMailbox("mailbox", pools.pool("test", 1), (where, cause) -> fault.set(cause));
        CountDownLatch done = new CountDownLatch(1);
        mailbox.execute(() -> {
            throw new IllegalStateException("planted");
        });
        mailbox.execute(done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(fault.get()).hasMessage("planted");
    }
}
