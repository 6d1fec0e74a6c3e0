package io.barnabas.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceiveHabitsTest {
    private final ReceiveHabits habits = new ReceiveHabits();

    @Test
    void offersTwiceTheRoomAfterEachReadThatFilledItUpToABound() {
        for (int room = ReceiveHabits.FIRST; room < ReceiveHabits.LARGEST; room *= 2) {
            assertThat(habits.room()).isEqualTo(room);
            habits.read(room, room);
        }
        habits.read(ReceiveHabits.LARGEST, ReceiveHabits.LARGEST);
        assertThat(habits.room()).isEqualTo(ReceiveHabits.LARGEST);
    }

    @Test
    void offersLessAgainAfterManyReadsForWhichHalfWouldHaveDone() {
        habits.read(100_000, 100_000);
        int large = habits.room();
        for (int i = 0; i < 31; i++) {
            habits.read(1_000, large);
        }
        assertThat(habits.room()).isEqualTo(large);
        habits.read(1_000, large);
        assertThat(habits.room()).isEqualTo(large / 2);
    }
}
