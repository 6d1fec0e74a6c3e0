package io.barnabas.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private final Queue<Runnable> queue = new ArrayDeque<>();
    private int rounds;
    private Runnable meanwhile = () -> {};
    private final GroupCommit commits = new GroupCommit(queue::add, () -> {
        rounds++;
        meanwhile.run();
    });

    @Test
    void oneRoundServesAllWhoAskedBeforeItBegan() {
        commits.request();
        commits.request();
        commits.request();
        assertThat(queue).hasSize(1);
        queue.remove().run();
        assertThat(rounds).isEqualTo(1);
        assertThat(queue).isEmpty();
    }

    @Test
    void whoeverAsksWhileOneIsUnderWayGetsTheNext() {
        meanwhile = () -> {
            commits.request();
            commits.request();
        };
        commits.request();
        queue.remove().run();
        meanwhile = () -> {};
        assertThat(queue).hasSize(1);
        queue.remove().run();
        assertThat(rounds).isEqualTo(2);
        assertThat(queue).isEmpty();
    }

    @Test
    void goesOnAfterARoundThatFailed() {
        meanwhile = () -> {
            throw new IllegalStateException("planted");
        };
        commits.request();
        assertThatThrownBy(() -> queue.remove().run()).hasMessage("planted");
        meanwhile = () -> {};
        commits.request();
        queue.remove().run();
        assertThat(rounds).isEqualTo(2);
    }
}
