package io.barnabas.coordinator;

import io.barnabas.runtime.Timers;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A loaded state machine and everything that waits for it: one term of leadership. Confined to the shard's mailbox.
 * Records are applied as soon as the local log has them; answers that depend on them wait until they are committed.
 */
final class ActiveShard<S extends StateMachine<R>, R> implements Effect.Effects<R> {
    private final ShardEnvironment<S, R> environment;
    private final TopicPartition partition;
    private final int leaderEpoch;
    private final S machine;
    private final Consumer<Runnable> post;
    private final Consumer<ErrorCode> lost;
    private final ShardTimers<R> timers = new ShardTimers<>();
    private final CommitQueue replies = new CommitQueue();
    private final CommitQueue actions = new CommitQueue();
    private final Set<Waiter<?>> outstanding = new LinkedHashSet<>();
    private final AtomicBoolean commitNoticed = new AtomicBoolean();
    private PartitionWriter.Subscription subscription = () -> {};
    private Timers.Timer alarm = () -> {};
    private long alarmMs = ShardTimers.NEVER;
    private final long loadedEndOffset;
    private long endOffset;
    private boolean closed;

    /**
     * @param endOffset of the log as it was read
     * @param post puts a task into the mailbox
     * @param lost hears that the log does not take this leader's records any more
     */
    ActiveShard(
            ShardEnvironment<S, R> environment,
            TopicPartition partition,
            int leaderEpoch,
            S machine,
            long endOffset,
            Consumer<Runnable> post,
            Consumer<ErrorCode> lost) {
        this.environment = environment;
        this.partition = partition;
        this.leaderEpoch = leaderEpoch;
        this.machine = machine;
        this.loadedEndOffset = endOffset;
        this.endOffset = endOffset;
        this.post = post;
        this.lost = lost;
    }

    void start() {
        subscription = environment.writer().onCommitted(partition, this::commitMoved);
        take(machine.loaded(environment.clock().nowMs()));
        arm();
    }

    <A> void run(Command<S, R, A> command, Waiter<A> waiter) {
        outstanding.add(waiter);
        take(command.run(machine, waiter, environment.clock().nowMs()));
        arm();
    }

    /** Does nothing when the marker was there already while the log was read. */
    void applyMarker(long producerId, boolean committed, long markerEndOffset) {
        if (markerEndOffset <= loadedEndOffset) {
            return;
        }
        endOffset = Math.max(endOffset, markerEndOffset);
        machine.applyMarker(producerId, committed);
    }

    /** Ends the term: whoever still waits is told {@code error}. */
    void close(ErrorCode error) {
        if (closed) {
            return;
        }
        closed = true;
        subscription.cancel();
        alarm.cancel();
        List<Waiter<?>> waiters = List.copyOf(outstanding);
        outstanding.clear();
        waiters.forEach(waiter -> waiter.refuse(error));
    }

    @Override
    public <A> void reply(Effect.Reply<R, A> reply) {
        if (!reply.whenCommitted() || endOffset <= environment.writer().committedOffset(partition)) {
            answer(reply.waiter(), reply.answer());
            return;
        }
        long deadlineMs = environment.monotonicMs() + environment.settings().commitTimeoutMs();
        replies.add(endOffset, deadlineMs, new WaitingReply<>(reply.waiter(), reply.answer()));
    }

    @Override
    public void setTimer(Effect.SetTimer<R> timer) {
        timers.set(timer.key(), environment.monotonicMs() + timer.delayMs(), timer.command());
    }

    @Override
    public void cancelTimer(Object key) {
        timers.cancel(key);
    }

    @Override
    public void afterCommit(Runnable action) {
        if (endOffset <= environment.writer().committedOffset(partition)) {
            action.run();
            return;
        }
        actions.add(endOffset, CommitQueue.NEVER, new WaitingAction(action));
    }

    private <A> void answer(Waiter<A> waiter, A answer) {
        outstanding.remove(waiter);
        waiter.complete(answer);
    }

    private void take(Step<R> step) {
        if (step.records().isEmpty()) {
            carryOut(step.effects().get());
            return;
        }
        append(step)
                .fold(
                        appended -> {
                            apply(step, appended);
                            return null;
                        },
                        refused -> {
                            refuse(step, refused.error());
                            return null;
                        });
    }

    private PartitionWriter.AppendResult append(Step<R> step) {
        ByteBuf batch = StepEncoder.encode(
                step,
                environment.codec(),
                environment.settings().compression(),
                environment.clock().nowMs());
        try {
            return environment
                    .writer()
                    .append(partition, leaderEpoch, batch, step.kind().proof());
        } finally {
            batch.release();
        }
    }

    private void apply(Step<R> step, PartitionWriter.Appended appended) {
        endOffset = appended.endOffset();
        AppliedBatch batch = new AppliedBatch(
                appended.baseOffset(), step.kind().producerId(), step.kind().transactional());
        step.records().forEach(record -> machine.apply(record, batch));
        carryOut(step.effects().get());
    }

    private void refuse(Step<R> step, ErrorCode error) {
        switch (error) {
            case NOT_LEADER_OR_FOLLOWER, FENCED_LEADER_EPOCH, UNKNOWN_LEADER_EPOCH -> lost.accept(error);
            default -> carryOut(step.ifRefused().apply(error));
        }
    }

    private void carryOut(List<Effect<R>> effects) {
        effects.forEach(effect -> effect.carryOut(this));
    }

    /** Any thread; many moves become one task. */
    private void commitMoved() {
        if (commitNoticed.compareAndSet(false, true)) {
            post.accept(() -> {
                commitNoticed.set(false);
                releaseCommitted();
            });
        }
    }

    private void releaseCommitted() {
        if (closed) {
            return;
        }
        long committed = environment.writer().committedOffset(partition);
        actions.releaseUpTo(committed);
        replies.releaseUpTo(committed);
        arm();
    }

    private void timeUp() {
        if (closed) {
            return;
        }
        alarmMs = ShardTimers.NEVER;
        long nowMs = environment.monotonicMs();
        replies.giveUpUntil(nowMs);
        for (TimedCommand<R> due = timers.pollDue(nowMs); due != null && !closed; due = timers.pollDue(nowMs)) {
            take(due.timeUp(environment.clock().nowMs()));
        }
        arm();
    }

    /** Keeps one wake-up scheduled: none for an idle shard, one for a thousand groups. */
    private void arm() {
        long nextMs = Math.min(timers.nextLookMs(), replies.nextDeadlineMs());
        if (closed || nextMs == alarmMs) {
            return;
        }
        alarm.cancel();
        alarmMs = nextMs;
        alarm = nextMs == ShardTimers.NEVER
                ? () -> {}
                : environment
                        .timers()
                        .schedule(Math.max(0, nextMs - environment.monotonicMs()), () -> post.accept(this::timeUp));
    }

    private final class WaitingReply<A> implements CommitQueue.Waiting {
        private final Waiter<A> waiter;
        private final A answer;

        private WaitingReply(Waiter<A> waiter, A answer) {
            this.waiter = waiter;
            this.answer = answer;
        }

        @Override
        public void committed() {
            answer(waiter, answer);
        }

        @Override
        public void timedOut() {
            outstanding.remove(waiter);
            waiter.refuse(ErrorCode.REQUEST_TIMED_OUT);
        }
    }

    private record WaitingAction(Runnable action) implements CommitQueue.Waiting {
        @Override
        public void committed() {
            action.run();
        }

        @Override
        public void timedOut() {
            throw new IllegalStateException("an action after a commit waits without end");
        }
    }
}
