package io.barnabas.cluster.controller;

import io.barnabas.cluster.znodes.PartitionStateZnode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Who leads a partition next, and who is in sync then. Pure: a state goes in, the state to be written comes out, or
 * nothing when nobody can lead. Every change has a leader epoch one higher.
 */
final class Elections {
    private Elections() {}

    /** The first state of a new partition: all live replicas are in sync, for there is nothing to copy. */
    static Optional<PartitionStateZnode> first(List<Integer> replicas, IntPredicate isLive, int controllerEpoch) {
        List<Integer> live = replicas.stream().filter(isLive::test).toList();
        return live.isEmpty()
                ? Optional.empty()
                : Optional.of(new PartitionStateZnode(live.get(0), 0, live, false, controllerEpoch));
    }

    /** The leader is gone: the first live replica that is in sync; an out-of-sync one only where that is allowed. */
    static Optional<PartitionStateZnode> afterLeaderLoss(
            List<Integer> replicas, PartitionStateZnode now, IntPredicate isLive, boolean uncleanAllowed) {
        Optional<Integer> clean =
                firstOf(replicas, id -> isLive.test(id) && now.isr().contains(id));
        if (clean.isPresent()) {
            List<Integer> isr = now.isr().stream().filter(isLive::test).toList();
            return Optional.of(next(now, clean.get(), isr, now.recovering()));
        }
        // Records may be lost here; the leader is marked so that it reports when it has recovered.
        return uncleanAllowed
                ? firstOf(replicas, isLive).map(id -> next(now, id, List.of(id), true))
                : Optional.empty();
    }

    /** The preferred replica takes over if it is live and in sync; nothing when it leads already. */
    static Optional<PartitionStateZnode> preferred(
            List<Integer> replicas, PartitionStateZnode now, IntPredicate isLive) {
        int preferred = replicas.get(0);
        return now.leader() != preferred && isLive.test(preferred) && now.isr().contains(preferred)
                ? Optional.of(next(now, preferred, now.isr(), now.recovering()))
                : Optional.empty();
    }

    /** Brokers are about to stop: somebody else who is in sync. {@code isLive} holds for those that are stopping, too. */
    static Optional<PartitionStateZnode> beforeShutdown(
            List<Integer> replicas, PartitionStateZnode now, IntPredicate isLive, Set<Integer> stopping) {
        List<Integer> isr =
                now.isr().stream().filter(id -> !stopping.contains(id)).toList();
        return firstOf(replicas, id -> isLive.test(id) && isr.contains(id))
                .map(id -> next(now, id, isr, now.recovering()));
    }

    /** A replica is no longer to be counted on. The last one in sync stays: it alone has all records. */
    static Optional<PartitionStateZnode> withoutReplica(PartitionStateZnode now, int replica) {
        if (!now.isr().contains(replica)) {
            return Optional.empty();
        }
        List<Integer> isr = now.isr().size() == 1
                ? now.isr()
                : now.isr().stream().filter(id -> id != replica).toList();
        int leader = now.leader() == replica ? PartitionStateZnode.NO_LEADER : now.leader();
        return Optional.of(next(now, leader, isr, now.recovering()));
    }

    private static PartitionStateZnode next(
            PartitionStateZnode now, int leader, List<Integer> isr, boolean recovering) {
        return new PartitionStateZnode(leader, now.leaderEpoch() + 1, isr, recovering, now.controllerEpoch());
    }

    private static Optional<Integer> firstOf(List<Integer> replicas, IntPredicate wanted) {
        return replicas.stream().filter(wanted::test).findFirst();
    }
}
