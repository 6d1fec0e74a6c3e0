package io.barnabas.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Seeds;
import io.barnabas.testkit.SimulatedTime;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.AllocateProducerIdsResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ProducerIdsTest {
    private static final int BLOCK = 1000;

    private final SimulatedTime time = new SimulatedTime();
    private final ArrayDeque<CompletableFuture<AllocateProducerIdsResponse>> asked = new ArrayDeque<>();
    private int requests;
    private final ProducerIds ids = new ProducerIds(this::allocate, time, time);

    @Test
    void waitsForTheFirstBlock() {
        CompletableFuture<ProducerIdAnswer> first = next();
        CompletableFuture<ProducerIdAnswer> second = next();
        assertThat(first).isNotDone();
        assertThat(requests).isEqualTo(1);
        grant(5000, BLOCK);
        assertThat(first.join()).isEqualTo(new ProducerIdAnswer(ErrorCode.NONE, 5000));
        assertThat(second.join().producerId()).isEqualTo(5001);
    }

    @Test
    void asksForTheNextBlockWhenATenthIsLeft() {
        take(1, 0);
        assertThat(requests).isEqualTo(1);
        for (int i = 1; i < 899; i++) {
            assertThat(next().join().producerId()).isEqualTo(i);
        }
        assertThat(requests).isEqualTo(1);
        next();
        assertThat(requests).isEqualTo(2);
        for (int i = 900; i < BLOCK; i++) {
            assertThat(next().join().producerId()).isEqualTo(i);
        }
        CompletableFuture<ProducerIdAnswer> waits = next();
        assertThat(waits).isNotDone();
        grant(7000, BLOCK);
        assertThat(waits.join().producerId()).isEqualTo(7000);
        assertThat(requests).isEqualTo(2);
    }

    @Test
    void goesOnWithoutAPauseWhenTheNextBlockIsThere() {
        take(900, 0);
        grant(9000, BLOCK);
        for (int i = 900; i < BLOCK; i++) {
            assertThat(next().join().producerId()).isEqualTo(i);
        }
        assertThat(next().join().producerId()).isEqualTo(9000);
    }

    @Test
    void asksClientsToComeAgainWhenThereIsNoBlockToBeHad() {
        CompletableFuture<ProducerIdAnswer> first = next();
        asked.poll().complete(new AllocateProducerIdsResponse().errorCode(ErrorCode.NOT_CONTROLLER.code()));
        assertThat(first.join().error()).isEqualTo(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
        assertThat(next().join().error()).as("still backing off").isEqualTo(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
        assertThat(requests).isEqualTo(1);
        time.advanceMs(50);
        CompletableFuture<ProducerIdAnswer> again = next();
        assertThat(requests).isEqualTo(2);
        grant(0, BLOCK);
        assertThat(again.join().producerId()).isZero();
    }

    @Test
    void keepsNobodyWaitingForever() {
        CompletableFuture<ProducerIdAnswer> first = next();
        time.advanceMs(5000);
        assertThat(first.join().error()).isEqualTo(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
        grant(0, BLOCK);
        assertThat(next().join().producerId()).as("the late block is used").isZero();
        assertThat(time.waitingTasks()).isZero();
    }

    @Test
    void refusesBlocksThatCannotBe() {
        take(1, 5000);
        for (int i = 1; i < 900; i++) {
            next();
        }
        for (long[] wrong : new long[][] {{5500, BLOCK}, {0, BLOCK}, {-5, BLOCK}, {9000, 0}, {Long.MAX_VALUE, BLOCK}}) {
            grant(wrong[0], (int) wrong[1]);
            time.advanceMs(50);
            assertThat(next().join().error()).isEqualTo(ErrorCode.NONE);
        }
        grant(6000, BLOCK);
        for (int i = 905; i < BLOCK; i++) {
            assertThat(next().join().producerId()).isEqualTo(5000 + i);
        }
        assertThat(next().join().producerId()).isEqualTo(6000);
    }

    @Test
    void treatsAFailingLinkAsAFailedRequest() {
        ProducerIds unlucky = new ProducerIds(
                () -> {
                    throw new IllegalStateException("no controller");
                },
                time,
                time);
        assertThat(unlucky.next().toCompletableFuture().join().error())
                .isEqualTo(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
    }

    @Test
    void neverHandsOutAnIdTwice() {
        Seeds.forEach(100, random -> {
            ArrayDeque<CompletableFuture<AllocateProducerIdsResponse>> open = new ArrayDeque<>();
            SimulatedTime clock = new SimulatedTime();
            ProducerIds source = new ProducerIds(
                    () -> {
                        CompletableFuture<AllocateProducerIdsResponse> answer = new CompletableFuture<>();
                        open.add(answer);
                        return answer;
                    },
                    clock,
                    clock);
            List<CompletableFuture<ProducerIdAnswer>> answers = new ArrayList<>();
            long nextBlock = 0;
            for (int i = 0; i < 500; i++) {
                answers.add(source.next().toCompletableFuture());
                if (!open.isEmpty() && random.nextInt(4) == 0) {
                    AllocateProducerIdsResponse response = new AllocateProducerIdsResponse();
                    if (random.nextInt(3) == 0) {
                        open.poll().complete(response.errorCode(ErrorCode.NOT_CONTROLLER.code()));
                    } else {
                        int size = 1 + random.nextInt(30);
                        open.poll().complete(response.producerIdStart(nextBlock).producerIdLen(size));
                        nextBlock += size + random.nextInt(3) * 10L;
                    }
                }
                clock.advanceMs(random.nextInt(40));
            }
            Set<Long> seen = new HashSet<>();
            for (CompletableFuture<ProducerIdAnswer> answer : answers) {
                ProducerIdAnswer given = answer.getNow(ProducerIdAnswer.later());
                assertThat(given.producerId() == -1 || seen.add(given.producerId()))
                        .isTrue();
            }
            assertThat(seen).isNotEmpty();
        });
    }

    private CompletableFuture<AllocateProducerIdsResponse> allocate() {
        requests++;
        CompletableFuture<AllocateProducerIdsResponse> answer = new CompletableFuture<>();
        asked.add(answer);
        return answer;
    }

    private void grant(long first, int size) {
        asked.poll()
                .complete(
                        new AllocateProducerIdsResponse().producerIdStart(first).producerIdLen(size));
    }

    private void take(int count, long firstId) {
        CompletableFuture<ProducerIdAnswer> first = next();
        grant(firstId, BLOCK);
        assertThat(first.join().producerId()).isEqualTo(firstId);
        for (int i = 1; i < count; i++) {
            next();
        }
    }

    private CompletableFuture<ProducerIdAnswer> next() {
        return ids.next().toCompletableFuture();
    }
}
