package io.barnabas.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FetchWaitersTest {
    private final FetchWaiters waiters = new FetchWaiters();
    private final List<String> heard = new ArrayList<>();

    @Test
    void tellsEveryoneWhoIsSubscribed() {
        PartitionListener first = new Recorder("first");
        PartitionListener second = new Recorder("second");
        waiters.add(first);
        waiters.add(second);
        waiters.committed(10);
        waiters.remove(first);
        waiters.appended(20);
        waiters.remove(second);
        waiters.changed();
        assertThat(heard).containsExactly("first committed 10", "second committed 10", "second appended 20");
        assertThat(waiters.isEmpty()).isTrue();
    }

    @Test
    void removingAStrangerDoesNothing() {
        waiters.add(new Recorder("present"));
        waiters.remove(new Recorder("stranger"));
        waiters.changed();
        assertThat(heard).containsExactly("present changed");
    }

    @Test
    void aListenerMayLeaveWhileItIsTold() {
        PartitionListener[] leaver = new PartitionListener[1];
        leaver[0] = new Recorder("leaver") {
            @Override
            public void committed(int bytes) {
                super.committed(bytes);
                waiters.remove(leaver[0]);
            }
        };
        waiters.add(leaver[0]);
        waiters.add(new Recorder("other"));
        waiters.committed(1);
        waiters.committed(2);
        assertThat(heard).containsExactly("leaver committed 1", "other committed 1", "other committed 2");
    }

    private class Recorder implements PartitionListener {
        private final String name;

        Recorder(String name) {
            this.name = name;
        }

        @Override
        public void appended(int bytes) {
            heard.add(name + " appended " + bytes);
        }

        @Override
        public void committed(int bytes) {
            heard.add(name + " committed " + bytes);
        }

        @Override
        public void changed() {
            heard.add(name + " changed");
        }
    }
}
