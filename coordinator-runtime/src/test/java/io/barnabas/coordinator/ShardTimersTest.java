package io.barnabas.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Seeds;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ShardTimersTest {

    @Test
    void firesEachTimerAtItsLastDeadlineWhateverWasSetBefore() {
        Seeds.forEach(300, random -> {
            ShardTimers<String> timers = new ShardTimers<>();
            Map<Integer, Long> model = new HashMap<>();
            TreeSet<Integer> fired = new TreeSet<>();
            long nowMs = 0;
            for (int i = 0; i < 400; i++) {
                int key = random.nextInt(12);
                switch (random.nextInt(4)) {
                    case 0 -> {
                        timers.cancel(key);
                        model.remove(key);
                    }
                    case 1 -> nowMs += random.nextInt(30);
                    default -> {
                        long deadlineMs = nowMs + random.nextInt(100);
                        timers.set(key, deadlineMs, at -> {
                            fired.add(key);
                            return Step.nothing();
                        });
                        model.put(key, deadlineMs);
                    }
                }
                fired.clear();
                for (TimedCommand<String> due = timers.pollDue(nowMs); due != null; due = timers.pollDue(nowMs)) {
                    due.timeUp(nowMs);
                }
                TreeSet<Integer> expected = new TreeSet<>();
                for (Map.Entry<Integer, Long> entry : model.entrySet()) {
                    if (entry.getValue() <= nowMs) {
                        expected.add(entry.getKey());
                    }
                }
                model.keySet().removeAll(expected);
                assertThat(fired).isEqualTo(expected);
                assertThat(timers.size()).isEqualTo(model.size());
                assertThat(timers.nextLookMs())
                        .isLessThanOrEqualTo(
                                model.values().stream().min(Long::compare).orElse(ShardTimers.NEVER));
            }
        });
    }

    @Test
    void movingATimerAwayAMillionTimesKeepsTheQueueSmall() {
        ShardTimers<String> timers = new ShardTimers<>();
        for (int i = 0; i < 1_000_000; i++) {
            timers.set("session", 1000 + i, at -> Step.nothing());
        }
        assertThat(timers.places()).isEqualTo(1);
    }

    @Test
    void settingAndCancellingManyTimersKeepsTheQueueSmall() {
        ShardTimers<String> timers = new ShardTimers<>();
        for (int i = 0; i < 10_000; i++) {
            timers.set(i, 1_000_000 - i, at -> Step.nothing());
            timers.cancel(i);
        }
        assertThat(timers.places()).isLessThan(200);
    }
}
