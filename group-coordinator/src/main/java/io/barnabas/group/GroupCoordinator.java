package io.barnabas.group;

import io.barnabas.coordinator.CoordinatorRuntime;
import io.barnabas.coordinator.PartitionWriter;
import io.barnabas.coordinator.RuntimeSettings;
import io.barnabas.coordinator.ShardEnvironment;
import io.barnabas.runtime.Clock;
import io.barnabas.runtime.FaultHandler;
import io.barnabas.runtime.Stages;
import io.barnabas.runtime.Timers;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The groups whose partition of {@code __consumer_offsets} this broker leads. Any thread may ask; answers come on the
 * threads of the mailboxes. A command that cannot be taken is answered with the code that makes clients of all ages
 * look for the coordinator again, or wait.
 */
public final class GroupCoordinator implements AutoCloseable {
    public static final String TOPIC = "__consumer_offsets";

    private final CoordinatorRuntime<GroupMachine, GroupRecord> runtime;
    private final IntSupplier partitions;

    /** What a group coordinator works with. */
    public record Environment(
            GroupSettings settings,
            RuntimeSettings runtime,
            PartitionWriter writer,
            Clock clock,
            Timers timers,
            Executor mailboxes,
            Executor loaders,
            FaultHandler faults) {}

    /**
     * @param partitions how many {@code __consumer_offsets} has, or will have when it is created
     * @param randoms a generator for each partition, for member ids
     */
    public GroupCoordinator(Environment environment, IntSupplier partitions, Supplier<RandomGenerator> randoms) {
        this(partitions, environment, () -> new GroupMachine(environment.settings(), randoms.get()));
    }

    GroupCoordinator(IntSupplier partitions, Environment environment, Supplier<GroupMachine> machines) {
        this.partitions = partitions;
        this.runtime = new CoordinatorRuntime<>(new ShardEnvironment<>(
                TOPIC,
                (partition, leaderEpoch) -> machines.get(),
                new GroupRecordCodec(),
                environment.writer(),
                environment.runtime(),
                environment.clock(),
                environment.timers(),
                environment.mailboxes(),
                environment.loaders(),
                environment.faults()));
    }

    /** The partition of {@link #TOPIC} that a group lives in. */
    public int partitionFor(String groupId) {
        return CoordinatorRuntime.partitionFor(groupId, partitions.getAsInt());
    }

    /** This broker leads the partition from that epoch on. */
    public void elected(int partition, int leaderEpoch) {
        runtime.elected(partition, leaderEpoch);
    }

    /** This broker does not lead the partition any more; no epoch: it was deleted. */
    public void resigned(int partition, OptionalInt leaderEpoch) {
        runtime.resigned(partition, leaderEpoch);
    }

    /** A transaction's marker was appended to the partition. */
    public void transactionEnded(int partition, long producerId, boolean committed, long endOffset) {
        runtime.transactionEnded(partition, producerId, committed, endOffset);
    }

    public CompletionStage<JoinAnswer> join(JoinRequest request) {
        if (!isGroupId(request.groupId())) {
            return answered(JoinAnswer.refused(request.memberId(), ErrorCode.INVALID_GROUP_ID));
        }
        if (!request.isStorable()) {
            return answered(JoinAnswer.refused(request.memberId(), ErrorCode.INVALID_REQUEST));
        }
        return runtime.submit(
                partitionFor(request.groupId()),
                error -> JoinAnswer.refused(request.memberId(), StoreErrors.ofGroup(error)),
                (machine, waiter, nowMs) -> machine.joins().join(request, waiter, nowMs));
    }

    public CompletionStage<SyncAnswer> sync(SyncRequest request) {
        if (!isGroupId(request.groupId())) {
            return answered(SyncAnswer.refused(ErrorCode.INVALID_GROUP_ID));
        }
        return runtime.submit(
                partitionFor(request.groupId()),
                error -> SyncAnswer.refused(
                        error == ErrorCode.COORDINATOR_LOAD_IN_PROGRESS
                                // Older clients do not expect 14 here; the member joins again and finds out then.
                                ? ErrorCode.REBALANCE_IN_PROGRESS
                                : StoreErrors.ofGroup(error)),
                (machine, waiter, nowMs) -> machine.syncs().sync(request, waiter, nowMs));
    }

    /** @param instanceId null for a dynamic member */
    public CompletionStage<ErrorCode> heartbeat(String groupId, String memberId, String instanceId, int generation) {
        if (!isGroupId(groupId)) {
            return answered(ErrorCode.INVALID_GROUP_ID);
        }
        return runtime.submit(
                partitionFor(groupId),
                // While the group is being loaded the member is as good as alive.
                error -> error == ErrorCode.COORDINATOR_LOAD_IN_PROGRESS ? ErrorCode.NONE : error,
                (machine, waiter, nowMs) ->
                        machine.heartbeats().heartbeat(groupId, memberId, instanceId, generation, waiter));
    }

    public CompletionStage<LeaveAnswer> leave(LeaveRequest request) {
        if (!isGroupId(request.groupId())) {
            return answered(LeaveAnswer.refused(ErrorCode.INVALID_GROUP_ID));
        }
        return runtime.submit(
                partitionFor(request.groupId()),
                LeaveAnswer::refused,
                (machine, waiter, nowMs) -> machine.leaves().leave(request, waiter, nowMs));
    }

    /** An error for each partition. */
    public CompletionStage<Map<TopicPartition, ErrorCode>> commit(CommitRequest request) {
        if (!Texts.isStorable(request.groupId())) {
            return answered(OffsetCommits.forAll(request, ErrorCode.INVALID_GROUP_ID));
        }
        return runtime.submit(
                partitionFor(request.groupId()),
                error -> OffsetCommits.forAll(request, StoreErrors.ofOffsets(error)),
                (machine, waiter, nowMs) -> machine.commits().commit(request, waiter));
    }

    /** As {@link #commit}; the offsets are not told before the transaction ends. */
    public CompletionStage<Map<TopicPartition, ErrorCode>> commitInTransaction(TransactionalCommit request) {
        CommitRequest commit = request.commit();
        if (!isGroupId(commit.groupId())) {
            return answered(OffsetCommits.forAll(commit, ErrorCode.INVALID_GROUP_ID));
        }
        return runtime.submit(
                partitionFor(commit.groupId()),
                error -> OffsetCommits.forAll(commit, StoreErrors.ofOffsets(error)),
                (machine, waiter, nowMs) -> machine.commits().commitInTransaction(request, waiter));
    }

    /**
     * @param asked null for all partitions that have an offset
     * @param requireStable do not tell what an open transaction is about to change
     */
    public CompletionStage<FetchAnswer> fetch(String groupId, List<TopicPartition> asked, boolean requireStable) {
        return runtime.submit(
                partitionFor(groupId),
                error -> FetchAnswer.refused(
                        // What is read is not replicated yet: to be asked again, which old clients do for 14 only.
                        error == ErrorCode.REQUEST_TIMED_OUT ? ErrorCode.COORDINATOR_LOAD_IN_PROGRESS : error),
                (machine, waiter, nowMs) -> machine.fetches().fetch(groupId, asked, requireStable, waiter));
    }

    public CompletionStage<ErrorCode> deleteGroup(String groupId) {
        return runtime.submit(
                partitionFor(groupId),
                error -> error,
                (machine, waiter, nowMs) -> machine.removals().deleteGroup(groupId, waiter));
    }

    public CompletionStage<DeleteOffsetsAnswer> deleteOffsets(String groupId, List<TopicPartition> asked) {
        if (!isGroupId(groupId)) {
            return answered(DeleteOffsetsAnswer.refused(ErrorCode.INVALID_GROUP_ID));
        }
        return runtime.submit(
                partitionFor(groupId),
                DeleteOffsetsAnswer::refused,
                (machine, waiter, nowMs) -> machine.removals().deleteOffsets(groupId, asked, waiter));
    }

    public CompletionStage<GroupDescription> describe(String groupId) {
        return runtime.submit(
                partitionFor(groupId),
                GroupDescription::refused,
                (machine, waiter, nowMs) -> machine.views().describe(groupId, waiter));
    }

    /** The groups that this broker coordinates; filters ignore case, and empty ones let everything pass. */
    public CompletionStage<ListAnswer> list(Set<String> states, Set<String> types) {
        Set<String> lowerCaseStates = lowerCase(states);
        boolean typeFits = types.isEmpty() || lowerCase(types).contains(GroupOverview.TYPE);
        List<CompletionStage<ListAnswer>> answers = runtime.submitToAll(
                ListAnswer::refused, (machine, waiter, nowMs) -> machine.views().list(lowerCaseStates, waiter));
        return Stages.all(answers).thenApply(parts -> merge(parts, typeFits));
    }

    /** Offsets of topics that are gone are forgotten, in all groups that live here. */
    public void topicsDeleted(Set<String> topics) {
        List<CompletionStage<Boolean>> more = runtime.submitToAll(
                error -> false, (machine, waiter, nowMs) -> machine.removals().topicsDeleted(topics, waiter));
        Stages.all(more).thenAccept(parts -> {
            if (parts.contains(true)) {
                topicsDeleted(topics);
            }
        });
    }

    @Override
    public void close() {
        runtime.close();
    }

    private static ListAnswer merge(List<ListAnswer> parts, boolean typeFits) {
        ErrorCode error = ErrorCode.NONE;
        List<GroupOverview> groups = new ArrayList<>();
        for (ListAnswer part : parts) {
            if (typeFits) {
                groups.addAll(part.groups());
            }
            if (part.error() != ErrorCode.NONE && part.error() != ErrorCode.NOT_COORDINATOR) {
                error = part.error();
            }
        }
        return new ListAnswer(error, groups);
    }

    private static Set<String> lowerCase(Set<String> texts) {
        return texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    private static boolean isGroupId(String groupId) {
        return !groupId.isEmpty() && Texts.isStorable(groupId);
    }

    private static <T> CompletionStage<T> answered(T answer) {
        return CompletableFuture.completedStage(answer);
    }
}
