package io.barnabas.txn;

import static io.barnabas.txn.TestBed.partition;
import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Seeds;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Producers of both protocols, zombies among them, do all they can think of, in any order. */
class RandomTransactionsTest {
    private static final List<String> IDS = List.of("x", "y", "z");

    @Test
    void replayEqualsLive() {
        Seeds.forEach(150, random -> {
            Crowd crowd = new Crowd(random);
            for (int i = 0; i < 120; i++) {
                crowd.act();
                assertThat(crowd.bed.replayed()).isEqualTo(crowd.bed.live());
            }
            assertThat(crowd.bed.faults.faults()).isEmpty();
        });
    }

    @Test
    void noTransactionStaysOpenForEver() {
        Seeds.forEach(150, random -> {
            Crowd crowd = new Crowd(random);
            for (int i = 0; i < 100; i++) {
                crowd.disturb();
                crowd.act();
            }
            crowd.calmDown();
            crowd.bed
                    .live()
                    .values()
                    .forEach(state -> assertThat(state.status().isAtRest())
                            .as("%s", state)
                            .isTrue());
            assertThat(crowd.bed.faults.faults()).isEmpty();
        });
    }

    @Test
    void epochsNeverFall() {
        Seeds.forEach(150, random -> {
            Crowd crowd = new Crowd(random);
            Map<Long, Short> highest = new HashMap<>();
            for (int i = 0; i < 120; i++) {
                crowd.act();
                crowd.bed.live().values().forEach(state -> {
                    short before = highest.getOrDefault(state.producerId(), (short) 0);
                    assertThat(state.epoch()).isGreaterThanOrEqualTo(before);
                    highest.put(state.producerId(), state.epoch());
                });
            }
        });
    }

    @Test
    void aTransactionIsCommittedOnlyIfItsProducerAskedForIt() {
        Seeds.forEach(150, random -> {
            Crowd crowd = new Crowd(random);
            for (int i = 0; i < 120; i++) {
                crowd.act();
                crowd.bed.told.forEach(told -> {
                    if (told.markers().committed()) {
                        assertThat(crowd.askedToCommit).contains(told.markers().producerId());
                    }
                });
            }
        });
    }

    private static final class Crowd {
        private final RandomGenerator random;
        private final TestBed bed = new TestBed();
        private final Map<String, ProducerAnswer> producers = new HashMap<>();
        private final Map<String, ProducerAnswer> zombies = new HashMap<>();
        private final Set<Long> askedToCommit = new java.util.HashSet<>();

        private Crowd(RandomGenerator random) {
            this.random = random;
        }

        private void act() {
            String id = IDS.get(random.nextInt(IDS.size()));
            ProducerAnswer producer = random.nextInt(8) == 0 ? zombies.get(id) : producers.get(id);
            int version = id.equals("x") ? 0 : 2;
            switch (random.nextInt(10)) {
                case 0, 1 -> init(id, random.nextBoolean() ? producer : null);
                case 2, 3, 4 -> add(id, producer, version);
                case 5, 6 -> end(id, producer, version);
                case 7 -> bed.arrive();
                case 8 -> bed.time.advanceMs(random.nextInt(40_000));
                default -> {
                    if (random.nextInt(4) == 0) {
                        bed.restart();
                    }
                }
            }
        }

        private void init(String id, ProducerAnswer named) {
            ProducerAnswer answer = named == null ? bed.init(id) : bed.init(id, named.producerId(), named.epoch());
            if (answer.error() == ErrorCode.NONE) {
                zombies.put(id, producers.getOrDefault(id, answer));
                producers.put(id, answer);
            }
        }

        private void add(String id, ProducerAnswer producer, int version) {
            if (producer != null) {
                TopicPartition partition = partition("t" + random.nextInt(3), random.nextInt(3));
                if (bed.add(id, producer, version, partition) == ErrorCode.NONE) {
                    assertThat(bed.verify(id, producer, partition)).isEqualTo(ErrorCode.NONE);
                }
            }
        }

        private void end(String id, ProducerAnswer producer, int version) {
            if (producer == null) {
                return;
            }
            boolean committed = random.nextBoolean();
            if (committed) {
                askedToCommit.add(producer.producerId());
            }
            ProducerAnswer answer = bed.end(id, producer, committed, version);
            if (answer.error() == ErrorCode.NONE && random.nextInt(5) > 0) {
                producers.put(id, answer);
            }
        }

        private void disturb() {
            bed.partitions.refuseAppends(random.nextInt(4) == 0 ? ErrorCode.NOT_ENOUGH_REPLICAS : ErrorCode.NONE);
        }

        private void calmDown() {
            bed.partitions.refuseAppends(ErrorCode.NONE);
            for (int i = 0; i < 40; i++) {
                bed.time.advanceMs(TestBed.TIMEOUT_CHECK_MS);
                bed.arrive();
            }
        }
    }
}
