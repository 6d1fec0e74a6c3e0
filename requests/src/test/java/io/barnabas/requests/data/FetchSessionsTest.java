package io.barnabas.requests.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Seeds;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.FetchRequest.FetchPartition;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FetchSessionsTest {
    private static final long NOW = 10_000_000;
    private static final boolean REPLICA = true;
    private static final boolean CONSUMER = false;

    private final FetchSessionShard shard = new FetchSessionShard(100, 50, 2, Seeds.random(3));

    @Test
    void aSessionThatNobodyUsesMakesRoom() {
        FetchSession idle = open(CONSUMER, 9, NOW);
        FetchSession used = open(CONSUMER, 1, NOW);
        shard.used(used, 1, NOW + FetchSessionShard.EVICTION_MS);
        assertThat(open(CONSUMER, 1, NOW + FetchSessionShard.EVICTION_MS)).isNull();
        FetchSessionShard.Opened opened =
                shard.open(CONSUMER, false, interest(1), NOW + FetchSessionShard.EVICTION_MS + 1);
        assertThat(opened.session()).isNotNull();
        assertThat(opened.evicted()).isSameAs(idle);
        assertThat(shard.find(idle.id())).isNull();
        assertThat(shard.find(used.id())).isSameAs(used);
    }

    @Test
    void aYoungSessionStaysWhateverComes() {
        open(CONSUMER, 1, NOW);
        open(CONSUMER, 1, NOW);
        assertThat(open(CONSUMER, 100, NOW + 1_000)).isNull();
    }

    @Test
    void anOldSessionMakesRoomForOneThatIsNotSmaller() {
        FetchSession small = open(CONSUMER, 5, NOW);
        FetchSession large = open(CONSUMER, 9, NOW);
        long later = NOW + FetchSessionShard.EVICTION_MS + 1;
        shard.used(small, 5, later);
        shard.used(large, 9, later);
        assertThat(open(CONSUMER, 4, later)).isNull();
        assertThat(open(CONSUMER, 5, later)).isNotNull();
        assertThat(shard.find(small.id())).isNull();
        assertThat(shard.size()).isEqualTo(2);
    }

    @Test
    void consumersMakeRoomForReplicasAndNotTheOtherWayRound() {
        FetchSession consumer = open(CONSUMER, 50, NOW);
        FetchSession replica = open(REPLICA, 1, NOW);
        assertThat(open(REPLICA, 1, NOW + 1)).isNotNull();
        assertThat(shard.find(consumer.id())).isNull();
        assertThat(shard.find(replica.id())).isSameAs(replica);
        assertThat(open(CONSUMER, 99, NOW + 2)).isNull();
    }

    @Test
    void idsAreNeverGivenTwiceAndNeverZero() {
        FetchSessions sessions = new FetchSessions(1_000, Seeds.random(4));
        Set<Integer> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            FetchSession session = sessions.open(CONSUMER, true, interest(1), NOW);
            assertThat(session.id()).isPositive();
            assertThat(ids.add(session.id())).isTrue();
            assertThat(sessions.find(session.id())).isSameAs(session);
        }
        assertThat(sessions.open(CONSUMER, true, interest(1), NOW)).isNull();
        ids.forEach(sessions::close);
        assertThat(sessions.size()).isZero();
    }

    @Test
    void withoutSlotsThereAreNoSessions() {
        FetchSessions none = new FetchSessions(0, Seeds.random(5));
        assertThat(none.open(REPLICA, true, interest(1), NOW)).isNull();
        assertThat(none.find(7)).isNull();
    }

    @Test
    void theEpochNeverBecomesOneOfTheSpecialOnes() {
        FetchSession session = new FetchSession(1, CONSUMER, false, interest(1), NOW, Integer.MAX_VALUE);
        session.advanceEpoch();
        assertThat(session.nextEpoch()).isEqualTo(1);
    }

    private FetchSession open(boolean privileged, int size, long nowMs) {
        return shard.open(privileged, false, interest(size), nowMs).session();
    }

    private static FetchInterest interest(int size) {
        FetchInterest interest = new FetchInterest(false);
        for (int i = 0; i < size; i++) {
            interest.want(new PartitionRef(Uuid.ZERO, "orders", i), new FetchPartition().partition(i));
        }
        return interest;
    }
}
