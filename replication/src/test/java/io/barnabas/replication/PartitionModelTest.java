package io.barnabas.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.AppendOrigin;
import io.barnabas.log.AppendOutcome;
import io.barnabas.testkit.Seeds;
import io.barnabas.wire.ErrorCode;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A partition through appends, fetches of its followers and changes of its role, in any order: its high watermark never
 * falls while it leads and never passes an in-sync replica; who waits is called once, and hears of success only when all
 * in-sync replicas have the record.
 */
class PartitionModelTest {
    private static final int[] REPLICAS = {1, 2, 3};

    @TempDir
    Path directory;

    @Test
    void keepsItsPromisesInAnyOrderOfEvents() throws IOException {
        try (ReplicaFixture broker = new ReplicaFixture(directory)) {
            int[] run = {0};
            Seeds.forEach(15, random -> new Run(broker, "orders-" + run[0]++, random).play());
            assertThat(broker.faults.faults()).isEmpty();
        }
    }

    /** Somebody who waits for the commit of what lies below an offset. */
    private static final class Waiter {
        private final long endOffset;
        private final List<ErrorCode> calls = new ArrayList<>();
        private Runnable giveUp;
        private boolean gaveUp;

        Waiter(long endOffset) {
            this.endOffset = endOffset;
        }
    }

    private static final class Run {
        private final ReplicaFixture broker;
        private final String topic;
        private final RandomGenerator random;
        private final List<Waiter> waiters = new ArrayList<>();
        private final long[] followerEnds = new long[4];
        private final Partition partition;
        private int[] inSync = REPLICAS;
        private int epoch;
        private boolean leads = true;
        private long highWatermark;

        Run(ReplicaFixture broker, String topic, RandomGenerator random) {
            this.broker = broker;
            this.topic = topic;
            this.random = random;
            this.partition = broker.lead(topic, 0, REPLICAS, inSync);
        }

        void play() {
            for (int step = 0; step < 150; step++) {
                int choice = random.nextInt(20);
                if (choice < 8) {
                    append();
                } else if (choice < 16) {
                    followerFetches(2 + random.nextInt(2));
                } else if (choice < 17) {
                    giveUp();
                } else if (choice < 18) {
                    broker.time.advanceMs(random.nextInt(40_000));
                } else {
                    changeRole();
                }
                check();
            }
            resign();
            check();
        }

        private void append() {
            ByteBuf batch = broker.batch(1 + random.nextInt(3));
            AppendOutcome outcome =
                    partition.appendAsLeader(batch, AppendOrigin.CLIENT, Partition.ACKS_ALL, Partition.ANY_EPOCH);
            batch.release();
            assertThat(outcome instanceof AppendOutcome.Appended).isEqualTo(leads);
            if (outcome instanceof AppendOutcome.Appended appended) {
                Waiter waiter = new Waiter(appended.lastOffset() + 1);
                waiters.add(waiter);
                waiter.giveUp = partition.awaitCommitted(waiter.endOffset, called -> {
                    waiter.calls.add(called);
                    assertThat(called != ErrorCode.NONE || everyMemberHas(waiter.endOffset))
                            .as("%s is with all in-sync replicas", waiter.endOffset)
                            .isTrue();
                });
            }
        }

        private void followerFetches(int id) {
            long end = partition.log().logEndOffset();
            long reached = Math.min(end, followerEnds[id] + random.nextInt(4));
            if (leads) {
                followerEnds[id] = reached;
                assertThat(partition.followerFetched(id, reached, 0, end)).isEqualTo(ErrorCode.NONE);
            } else {
                assertThat(partition.followerFetched(id, reached, 0, end)).isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
            }
        }

        private void giveUp() {
            waiters.stream()
                    .filter(waiter -> waiter.calls.isEmpty() && !waiter.gaveUp)
                    .findFirst()
                    .ifPresent(waiter -> {
                        waiter.gaveUp = true;
                        waiter.giveUp.run();
                    });
        }

        /** A leader may lead on with other replicas in sync, or follow for a while. */
        private void changeRole() {
            if (leads && random.nextBoolean()) {
                resign();
                return;
            }
            inSync = IntStream.of(REPLICAS)
                    .filter(id -> id == 1 || random.nextBoolean() && (!leads || followerEnds[id] >= highWatermark))
                    .toArray();
            if (!leads) {
                Arrays.fill(followerEnds, 0);
            }
            leads = true;
            assign(1);
        }

        private void resign() {
            leads = false;
            assign(2);
        }

        private void assign(int leader) {
            epoch++;
            broker.apply(ReplicaFixture.request(
                    topic, ReplicaFixture.topicId(topic), ReplicaFixture.state(0, leader, epoch, REPLICAS, inSync)));
        }

        private boolean everyMemberHas(long endOffset) {
            return IntStream.of(inSync).filter(id -> id != 1).allMatch(id -> followerEnds[id] >= endOffset);
        }

        private void check() {
            long now = partition.log().highWatermark();
            assertThat(now).isGreaterThanOrEqualTo(highWatermark);
            assertThat(now).isLessThanOrEqualTo(partition.log().logEndOffset());
            if (leads && now > highWatermark) {
                assertThat(everyMemberHas(now))
                        .as("all in-sync replicas have %s", now)
                        .isTrue();
            }
            highWatermark = now;
            for (Waiter waiter : waiters) {
                assertThat(waiter.calls).hasSizeLessThanOrEqualTo(1);
                if (waiter.gaveUp) {
                    assertThat(waiter.calls).isEmpty();
                } else if (leads && now >= waiter.endOffset || !leads) {
                    assertThat(waiter.calls)
                            .as("%s is decided", waiter.endOffset)
                            .hasSize(1);
                }
            }
        }
    }
}
