package io.barnabas.group;

import io.barnabas.coordinator.AppliedBatch;
import io.barnabas.coordinator.StateMachine;
import io.barnabas.coordinator.Step;
import java.util.random.RandomGenerator;

/**
 * The groups of one partition of {@code __consumer_offsets}: state, and the commands that may be given. Confined to
 * its shard.
 */
final class GroupMachine implements StateMachine<GroupRecord>, GroupRecord.Visitor {
    private final Groups groups = new Groups();
    private final GroupSettings settings;
    private final Rebalances rebalances;
    private final Joins joins;
    private final Syncs syncs;
    private final Heartbeats heartbeats;
    private final Leaves leaves;
    private final OffsetCommits commits;
    private final OffsetFetches fetches;
    private final Removals removals;
    private final GroupViews views;
    private final Expiry expiry;
    private AppliedBatch batch;

    GroupMachine(GroupSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.rebalances = new Rebalances(groups, settings);
        this.joins = new Joins(groups, settings, rebalances, new MemberIds(random));
        this.syncs = new Syncs(groups, rebalances);
        this.heartbeats = new Heartbeats(groups, rebalances.sessions());
        this.leaves = new Leaves(groups, rebalances);
        this.commits = new OffsetCommits(groups, settings, rebalances.sessions());
        this.fetches = new OffsetFetches(groups);
        this.removals = new Removals(groups);
        this.views = new GroupViews(groups);
        this.expiry = new Expiry(groups, settings);
    }

    Groups groups() {
        return groups;
    }

    Joins joins() {
        return joins;
    }

    Syncs syncs() {
        return syncs;
    }

    Heartbeats heartbeats() {
        return heartbeats;
    }

    Leaves leaves() {
        return leaves;
    }

    OffsetCommits commits() {
        return commits;
    }

    OffsetFetches fetches() {
        return fetches;
    }

    Removals removals() {
        return removals;
    }

    GroupViews views() {
        return views;
    }

    /** Members found in the log have their session to come back. */
    @Override
    public Step<GroupRecord> loaded(long nowMs) {
        Outcome outcome = new Outcome();
        for (Group group : groups.all()) {
            if (group.size() > settings.maxSize()) {
                rebalances.prepare(group, "more members than group.max.size allows", outcome, nowMs);
            }
            group.members().forEach(member -> rebalances.sessions().renew(group, member, outcome));
        }
        expiry.schedule(outcome, settings.retentionCheckMs());
        return outcome.toStep();
    }

    @Override
    public void apply(GroupRecord record, AppliedBatch of) {
        batch = of;
        record.accept(this);
    }

    @Override
    public void applyMarker(long producerId, boolean committed) {
        for (Group group : groups.all()) {
            group.offsets.decide(producerId, committed);
            groups.forgetIfVanished(group);
        }
    }

    @Override
    public void offsetCommitted(GroupRecord.OffsetCommitted record) {
        Group group = groups.findOrNew(record.groupId(), record.offset().commitTimestampMs());
        groups.keep(group);
        group.offsets.put(record.partition(), record.offset(), batch);
    }

    @Override
    public void offsetRemoved(GroupRecord.OffsetRemoved record) {
        Group group = groups.find(record.groupId());
        if (group != null) {
            group.offsets.remove(record.partition(), batch);
            groups.forgetIfVanished(group);
        }
    }

    @Override
    public void groupStored(GroupRecord.GroupStored record) {
        Group group = groups.findOrNew(record.groupId(), record.stateSinceMs());
        groups.keep(group);
        group.take(record);
    }

    @Override
    public void groupRemoved(GroupRecord.GroupRemoved record) {
        Group group = groups.find(record.groupId());
        if (group != null) {
            group.forgetMembership(group.stateSinceMs());
            groups.forgetIfVanished(group);
        }
    }
}
