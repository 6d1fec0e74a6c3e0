package io.barnabas.replication;

import io.barnabas.log.AppendOrigin;
import io.barnabas.log.AppendOutcome;
import io.barnabas.log.FutureLogs;
import io.barnabas.log.PartitionLog;
import io.barnabas.log.producer.Verification;
import io.barnabas.replication.PendingAcks.Released;
import io.barnabas.runtime.Clock;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One partition as this broker's replica of it. Any thread may call. Role, in-sync set, high watermark and appends are
 * guarded by the one lock that the log shares; an append holds it once, for one write. Readers look at {@link #view}
 * and at the log's own published offsets and take no lock. Whoever waits (for a commit, for records) is told after the
 * lock is given back.
 */
public final class Partition {
    /** Acknowledge once all in-sync replicas have the records. */
    public static final short ACKS_ALL = -1;

    /** Append whichever leader epoch it is. */
    public static final int ANY_EPOCH = -1;

    private final TopicPartition name;
    /** Changes under the lock, which the next one shares, when the replica moves to another directory. */
    private volatile PartitionLog log;

    private final ReplicaSettings settings;
    private final Clock clock;
    private final ReentrantLock lock;
    private final PendingAcks pendingAcks;
    /** Those who wait for this replica only. */
    private final PendingAcks pendingFlushes;

    private final PendingAcks pendingDeletes;
    private final FetchWaiters listeners = new FetchWaiters();
    private volatile PartitionConfig config;
    private volatile PartitionView view = PartitionView.UNDECIDED;
    /** Guarded by the lock; null unless this broker leads. */
    private LeaderState leader;

    /** @param log null when its directory failed before it could be opened */
    Partition(TopicPartition name, PartitionLog log, PartitionConfig config, ReplicaSettings settings, Clock clock) {
        this.name = name;
        this.log = log;
        this.config = config;
        this.settings = settings;
        this.clock = clock;
        this.lock = log == null ? new ReentrantLock() : log.lock();
        this.pendingAcks = new PendingAcks(lock);
        this.pendingFlushes = new PendingAcks(lock);
        this.pendingDeletes = new PendingAcks(lock);
        if (log == null) {
            view = PartitionView.without(Role.OFFLINE);
        } else {
            log.onFlushed(this::ownPositionMoved);
        }
    }

    public TopicPartition name() {
        return name;
    }

    public Uuid topicId() {
        return log == null ? Uuid.ZERO : log.topicId();
    }

    /** Not for use while the role is {@link Role#OFFLINE}. */
    public PartitionLog log() {
        return log;
    }

    public PartitionView view() {
        return view;
    }

    public PartitionConfig config() {
        return config;
    }

    void config(PartitionConfig changed) {
        config = changed;
        if (log != null) {
            log.updateConfig(changed.log());
            ownPositionMoved();
            flushIfDurable();
        }
    }

    /** Tells the listener of news until it is taken out again. */
    public void subscribe(PartitionListener listener) {
        listeners.add(listener);
    }

    public void unsubscribe(PartitionListener listener) {
        listeners.remove(listener);
    }

    /**
     * Appends one validated batch and stamps it in place; the caller keeps the buffer.
     *
     * @param requiredAcks with {@link #ACKS_ALL} the append is refused while too few replicas are in sync
     * @param leaderEpoch refused when this broker leads in another epoch; {@link #ANY_EPOCH} for no such check
     */
    public AppendOutcome appendAsLeader(ByteBuf batch, AppendOrigin origin, short requiredAcks, int leaderEpoch) {
        return appendAsLeader(batch, origin, null, requiredAcks, leaderEpoch);
    }

    /**
     * As above, for a batch that may be the first one of a transaction here.
     *
     * @param verification what {@link #beginVerification} gave before the coordinator confirmed the transaction, or null
     */
    public AppendOutcome appendAsLeader(
            ByteBuf batch, AppendOrigin origin, Verification verification, short requiredAcks, int leaderEpoch) {
        Appending one =
                (toLog, epoch, nowMs) -> List.of(toLog.appendAsLeader(batch, epoch, origin, verification, nowMs));
        return append(one, 1, batch.readableBytes(), requiredAcks, leaderEpoch).get(0);
    }

    /**
     * Appends validated batches of clients in order, whichever leader epoch it is, and stamps them in place; the caller
     * keeps the buffers. None may begin a transaction. Answers what became of each.
     */
    public List<AppendOutcome> appendAllAsLeader(List<ByteBuf> batches, short requiredAcks) {
        int bytes = 0;
        for (int i = 0; i < batches.size(); i++) {
            bytes += batches.get(i).readableBytes();
        }
        Appending all = (toLog, epoch, nowMs) -> toLog.appendAllAsLeader(batches, epoch, nowMs);
        return append(all, batches.size(), bytes, requiredAcks, ANY_EPOCH);
    }

    /** What is done to the log under its lock. */
    @FunctionalInterface
    private interface Appending {
        List<AppendOutcome> to(PartitionLog log, int leaderEpoch, long nowMs);
    }

    private List<AppendOutcome> append(Appending appending, int count, int bytes, short requiredAcks, int leaderEpoch) {
        List<AppendOutcome> outcomes;
        boolean appended;
        boolean committed = false;
        Released released = Released.NOBODY;
        lock.lock();
        try {
            if (leader == null || leaderEpoch != ANY_EPOCH && leaderEpoch != leader.leaderEpoch()) {
                return Collections.nCopies(count, notLeading());
            }
            if (requiredAcks == ACKS_ALL && !leader.hasEnoughInSync(config.minInSyncReplicas())) {
                return Collections.nCopies(count, tooFewInSync());
            }
            long nowMs = clock.nowMs();
            outcomes = appending.to(log, leader.leaderEpoch(), nowMs);
            appended = noteAppended(outcomes, nowMs);
            if (appended) {
                committed = raiseHighWatermark(nowMs);
                released = committed ? releaseCommitted() : released;
            }
        } finally {
            lock.unlock();
        }
        if (appended) {
            flushIfDurable();
            tell(bytes, committed);
            released.tell();
        }
        return outcomes;
    }

    /** Lock held. True when any of the batches is in the log. */
    private boolean noteAppended(List<AppendOutcome> outcomes, long nowMs) {
        boolean any = false;
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof AppendOutcome.Appended appended) {
                any = true;
                if (!appended.duplicate()) {
                    leader.appended(appended.baseOffset(), nowMs);
                }
            }
        }
        return any;
    }

    private AppendOutcome tooFewInSync() {
        return new AppendOutcome.Rejected(
                ErrorCode.NOT_ENOUGH_REPLICAS,
                leader.inSync().length + " in-sync replicas of at least " + config.minInSyncReplicas());
    }

    /** Why an append would be refused at this moment whatever it brings; it asks again for itself, under the lock. */
    public ErrorCode appendRefusal(short requiredAcks) {
        return view.appendRefusal(requiredAcks == ACKS_ALL ? config.minInSyncReplicas() : 0);
    }

    /** Null when the coordinator need not be asked: the transaction has begun here, or nothing will be appended here. */
    public Verification beginVerification(long producerId, short producerEpoch, int sequence) {
        lock.lock();
        try {
            return leader == null ? null : log.beginVerification(producerId, producerEpoch, sequence, clock.nowMs());
        } finally {
            lock.unlock();
        }
    }

    /** What this partition knows of producers; empty where it is not led. */
    public List<ProducerOverview> producers() {
        lock.lock();
        try {
            return leader == null
                    ? List.of()
                    : log.producers().stream().map(ProducerOverview::of).toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether a producer has all that it wants to be sure of for what lies before {@code endOffset}: with {@link #ACKS_ALL}
     * that all in-sync replicas have it, else that this one has.
     */
    public boolean isAcknowledged(long endOffset, short acks) {
        return acks == 0 || (acks == ACKS_ALL ? log.highWatermark() : ownPosition()) >= endOffset;
    }

    /** Calls the waiter once {@link #isAcknowledged} is true; else as {@link #awaitCommitted}. */
    public Runnable awaitAcknowledged(long endOffset, short acks, CommitWaiter waiter) {
        return acks == ACKS_ALL ? awaitCommitted(endOffset, waiter) : awaitOwnPosition(endOffset, waiter);
    }

    private Runnable awaitOwnPosition(long endOffset, CommitWaiter waiter) {
        ErrorCode outcome;
        lock.lock();
        try {
            if (leader != null && ownPosition() < endOffset) {
                return pendingFlushes.add(endOffset, waiter);
            }
            outcome = leader == null ? lostLeadership() : ErrorCode.NONE;
        } finally {
            lock.unlock();
        }
        waiter.committed(outcome);
        return () -> {};
    }

    /**
     * Calls the waiter once the high watermark has reached {@code endOffset}; at once, on the caller's stack, when it
     * has already or when this broker does not lead. The returned action ends the wait; it may come too late.
     */
    public Runnable awaitCommitted(long endOffset, CommitWaiter waiter) {
        ErrorCode outcome;
        lock.lock();
        try {
            if (leader != null && log.highWatermark() < endOffset) {
                return pendingAcks.add(endOffset, waiter);
            }
            outcome = leader == null ? lostLeadership() : commitOutcome();
        } finally {
            lock.unlock();
        }
        waiter.committed(outcome);
        return () -> {};
    }

    /**
     * A follower has everything below {@code fetchOffset}: notes it, and raises the high watermark when that was what
     * it waited for.
     *
     * @param leaderEndOffset the log end when the follower's fetch was read
     * @return {@code NONE}, or why this follower is not one
     */
    public ErrorCode followerFetched(
            int replicaId, long fetchOffset, long followerLogStartOffset, long leaderEndOffset) {
        boolean committed;
        Released acknowledged;
        Released deleted;
        lock.lock();
        try {
            FollowerPosition follower = leader == null ? null : leader.follower(replicaId);
            if (follower == null) {
                return ErrorCode.NOT_LEADER_OR_FOLLOWER;
            }
            long nowMs = clock.nowMs();
            follower.fetched(fetchOffset, followerLogStartOffset, leaderEndOffset, nowMs);
            committed = raiseHighWatermark(nowMs);
            acknowledged = committed ? releaseCommitted() : Released.NOBODY;
            deleted = pendingDeletes.isEmpty() ? Released.NOBODY : releaseDeleted();
        } finally {
            lock.unlock();
        }
        if (committed) {
            listeners.committed(PartitionListener.UNKNOWN_BYTES);
        }
        acknowledged.tell();
        deleted.tell();
        return ErrorCode.NONE;
    }

    /** Whether the leader knows this broker as one of the partition's replicas. */
    public boolean isFollower(int replicaId) {
        return replicaId != settings.localId() && view.hasReplica(replicaId);
    }

    /** Lets go of all records below {@code offset}. {@code NONE}, or why not. */
    public ErrorCode deleteRecordsBefore(long offset) {
        Released done;
        lock.lock();
        try {
            if (leader == null) {
                return lostLeadership();
            }
            if (offset < 0 || offset > log.highWatermark()) {
                return ErrorCode.OFFSET_OUT_OF_RANGE;
            }
            log.deleteRecordsBefore(offset);
            done = releaseDeleted();
        } finally {
            lock.unlock();
        }
        listeners.changed();
        done.tell();
        return ErrorCode.NONE;
    }

    /** Calls the waiter once all live replicas have let go of what lies below {@code offset}; else as {@link #awaitCommitted}. */
    public Runnable awaitDeleted(long offset, CommitWaiter waiter) {
        ErrorCode outcome;
        lock.lock();
        try {
            if (leader != null && lowWatermark() < offset) {
                return pendingDeletes.add(offset, waiter);
            }
            outcome = leader == null ? lostLeadership() : ErrorCode.NONE;
        } finally {
            lock.unlock();
        }
        waiter.committed(outcome);
        return () -> {};
    }

    /** The lowest log start of this and all live replicas. */
    public long lowWatermark() {
        lock.lock();
        try {
            return leader == null ? -1 : leader.lowestLogStartOffset(log.logStartOffset(), settings.isLive());
        } finally {
            lock.unlock();
        }
    }

    /** More of the log is durable, or it need not be any longer. */
    private void ownPositionMoved() {
        boolean committed;
        Released flushed;
        Released acknowledged;
        lock.lock();
        try {
            if (leader == null) {
                return;
            }
            flushed = pendingFlushes.releaseUpTo(ownPosition(), ErrorCode.NONE);
            committed = raiseHighWatermark(clock.nowMs());
            acknowledged = committed ? releaseCommitted() : Released.NOBODY;
        } finally {
            lock.unlock();
        }
        if (committed) {
            listeners.committed(PartitionListener.UNKNOWN_BYTES);
        }
        flushed.tell();
        acknowledged.tell();
    }

    /** Under no lock. What was appended meanwhile by others is made durable with it. */
    private void flushIfDurable() {
        if (config.durableAcks() && log.flushedOffset() < log.logEndOffset()) {
            log.flushSoon();
        }
    }

    /**
     * Goes on with the log that has grown in another directory, if that has next to everything by now; null if not.
     * Called on the role mailbox.
     */
    PartitionLog moveTo(FutureLogs futures) throws IOException {
        PartitionLog next;
        lock.lock();
        try {
            next = futures.replace(name);
            if (next == null) {
                return null;
            }
            next.onFlushed(this::ownPositionMoved);
            log = next;
        } finally {
            lock.unlock();
        }
        listeners.changed();
        return next;
    }

    /** Waits for the disk where the log is a new one. */
    void becomeLeader(RoleChange change) throws IOException {
        Released released;
        lock.lock();
        try {
            long nowMs = clock.nowMs();
            long epochStartOffset = log.logEndOffset();
            log.beginLeaderEpoch(change.leaderEpoch());
            leader = new LeaderState(
                    settings.localId(),
                    change.leaderEpoch(),
                    epochStartOffset,
                    change.replicas(),
                    change.inSync(),
                    nowMs);
            view = PartitionView.of(Role.LEADER, change, epochStartOffset, leader.inSync());
            raiseHighWatermark(nowMs);
            released = releaseCommitted();
        } finally {
            lock.unlock();
        }
        listeners.changed();
        released.tell();
        flushIfDurable();
        log.showLeaderEpoch();
    }

    void becomeFollower(RoleChange change) {
        leave(PartitionView.of(Role.FOLLOWER, change, -1, new int[0]), ErrorCode.NOT_LEADER_OR_FOLLOWER);
    }

    /** The log directory has failed. */
    void goOffline() {
        leave(view.as(Role.OFFLINE), ErrorCode.KAFKA_STORAGE_ERROR);
    }

    /** The replica is about to be deleted. */
    void retire() {
        leave(view.as(Role.GONE), ErrorCode.NOT_LEADER_OR_FOLLOWER);
    }

    private void leave(PartitionView next, ErrorCode toThoseWhoWait) {
        Released acknowledgements;
        Released flushes;
        Released deletes;
        lock.lock();
        try {
            leader = null;
            view = next;
            acknowledgements = pendingAcks.releaseAll(toThoseWhoWait);
            flushes = pendingFlushes.releaseAll(toThoseWhoWait);
            deletes = pendingDeletes.releaseAll(toThoseWhoWait);
        } finally {
            lock.unlock();
        }
        listeners.changed();
        acknowledgements.tell();
        flushes.tell();
        deletes.tell();
    }

    /** Lock held. True when it has moved. */
    private boolean raiseHighWatermark(long nowMs) {
        long committed = leader.committedOffset(ownPosition(), config.minInSyncReplicas(), nowMs, settings.lagMaxMs());
        if (committed <= log.highWatermark()) {
            return false;
        }
        log.updateHighWatermark(committed);
        return true;
    }

    /** How far this replica counts as having the records: once they are in the file, or once that is durable. */
    private long ownPosition() {
        return config.durableAcks() ? log.flushedOffset() : log.logEndOffset();
    }

    /** Lock held. */
    private Released releaseCommitted() {
        return pendingAcks.releaseUpTo(log.highWatermark(), commitOutcome());
    }

    /** Lock held. */
    private Released releaseDeleted() {
        return pendingDeletes.releaseUpTo(lowWatermark(), ErrorCode.NONE);
    }

    /** Lock held. What to tell those whose records are committed now. */
    private ErrorCode commitOutcome() {
        return leader.hasEnoughInSync(config.minInSyncReplicas())
                ? ErrorCode.NONE
                : ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND;
    }

    private AppendOutcome notLeading() {
        return new AppendOutcome.Rejected(lostLeadership(), "");
    }

    private ErrorCode lostLeadership() {
        return view.role() == Role.OFFLINE ? ErrorCode.KAFKA_STORAGE_ERROR : ErrorCode.NOT_LEADER_OR_FOLLOWER;
    }

    private void tell(int bytes, boolean committed) {
        if (listeners.isEmpty()) {
            return;
        }
        listeners.appended(bytes);
        if (committed) {
            listeners.committed(bytes);
        }
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
