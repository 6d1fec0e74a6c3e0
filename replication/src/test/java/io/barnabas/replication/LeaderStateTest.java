package io.barnabas.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Seeds;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeaderStateTest {
    private static final long LAG_MAX_MS = 30_000;
    private static final long NOW = 1_000_000;

    @Test
    void aloneItsOwnPositionIsCommitted() {
        LeaderState leader = leader(ids(1), ids(1));
        assertThat(committed(leader, 42, 1)).isEqualTo(42);
    }

    @Test
    void waitsForEveryMemberOfTheInSyncSet() {
        LeaderState leader = leader(ids(1, 2, 3), ids(1, 2, 3));
        leader.follower(2).fetched(42, 0, 42, NOW);
        assertThat(committed(leader, 42, 1)).isEqualTo(FollowerPosition.UNKNOWN);
        leader.follower(3).fetched(40, 0, 42, NOW);
        assertThat(committed(leader, 42, 1)).isEqualTo(40);
    }

    @Test
    void doesNotWaitForAReplicaThatFellOutLongAgo() {
        LeaderState leader = leader(ids(1, 2), ids(1));
        leader.follower(2).fetched(10, 0, 42, NOW);
        assertThat(committed(leader, 42, 1)).isEqualTo(42);
    }

    @Test
    void waitsForAReplicaThatIsAboutToJoin() {
        LeaderState leader = leader(ids(1, 2), ids(1));
        leader.follower(2).fetched(42, 0, 42, NOW);
        assertThat(committed(leader, 50, 1)).isEqualTo(42);
    }

    @Test
    void countsAFollowerAsCaughtUpThatReachedTheEndOfItsPreviousFetch() {
        FollowerPosition follower = leader(ids(1, 2), ids(1)).follower(2);
        follower.fetched(0, 0, 10, NOW);
        follower.fetched(10, 0, 20, NOW + 5);
        follower.fetched(20, 0, 30, NOW + 9);
        assertThat(follower.lastCaughtUpMs()).isEqualTo(NOW + 5);
    }

    @Test
    void aFollowerOfAQuietPartitionWasCaughtUpUntilTheNextAppend() {
        LeaderState leader = leader(ids(1, 2), ids(1, 2));
        FollowerPosition follower = leader.follower(2);
        follower.fetched(10, 0, 10, NOW);
        leader.appended(10, NOW + 3_600_000);
        assertThat(follower.isCaughtUp(11, NOW + 3_600_000 + LAG_MAX_MS, LAG_MAX_MS))
                .isTrue();
        leader.appended(11, NOW + 3_600_000 + LAG_MAX_MS);
        assertThat(follower.isCaughtUp(12, NOW + 3_600_000 + LAG_MAX_MS + 1, LAG_MAX_MS))
                .isFalse();
    }

    @Test
    void commitsNothingBelowTheMinimumButNeverAsksForMoreThanThereAre() {
        LeaderState two = leader(ids(1, 2), ids(1));
        assertThat(two.hasEnoughInSync(2)).isFalse();
        assertThat(committed(two, 42, 2)).isEqualTo(LeaderState.NOTHING_NEW);
        assertThat(leader(ids(1), ids(1)).hasEnoughInSync(2)).isTrue();
    }

    @Test
    void recordsAreGoneOnceEveryLiveReplicaHasLetGo() {
        LeaderState leader = leader(ids(1, 2, 3), ids(1, 2));
        assertThat(leader.lowestLogStartOffset(7, id -> id == 2)).isEqualTo(FollowerPosition.UNKNOWN);
        leader.follower(2).fetched(42, 5, 42, NOW);
        assertThat(leader.lowestLogStartOffset(7, id -> id == 2)).isEqualTo(5);
        assertThat(leader.lowestLogStartOffset(7, id -> false)).isEqualTo(7);
    }

    @Test
    void neverCommitsWhatAMemberLacks() {
        Seeds.forEach(200, random -> {
            int[] replicas = IntStream.rangeClosed(1, 1 + random.nextInt(5)).toArray();
            int[] inSync = Arrays.stream(replicas)
                    .filter(id -> id == 1 || random.nextBoolean())
                    .toArray();
            LeaderState leader = leader(replicas, inSync);
            Map<Integer, Long> ends = new TreeMap<>();
            long end = 0;
            for (int step = 0; step < 50; step++) {
                end += random.nextInt(4);
                int id = replicas[random.nextInt(replicas.length)];
                if (id != 1) {
                    long reached = Math.max(ends.getOrDefault(id, 0L), random.nextLong(end + 1));
                    ends.put(id, reached);
                    leader.follower(id).fetched(reached, 0, end, NOW + step);
                }
                long committed = leader.committedOffset(end, 1, NOW + step, LAG_MAX_MS);
                assertThat(committed).isLessThanOrEqualTo(end);
                for (int member : inSync) {
                    assertThat(committed).isLessThanOrEqualTo(member == 1 ? end : ends.getOrDefault(member, -1L));
                }
            }
        });
    }

    private static long committed(LeaderState leader, long position, int minInSync) {
        return leader.committedOffset(position, minInSync, NOW, LAG_MAX_MS);
    }

    private static LeaderState leader(int[] replicas, int[] inSync) {
        return new LeaderState(1, 5, 0, replicas, inSync, NOW);
    }

    private static int[] ids(int... ids) {
        return ids;
    }
}
