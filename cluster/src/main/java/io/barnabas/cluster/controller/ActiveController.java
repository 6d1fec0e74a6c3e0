package io.barnabas.cluster.controller;

import io.barnabas.cluster.store.AnswerCode;
import io.barnabas.cluster.store.NodeKind;
import io.barnabas.cluster.znodes.FeatureZnode;
import io.barnabas.cluster.znodes.Znodes;
import io.barnabas.runtime.Stages;
import io.barnabas.runtime.Timers;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.AllocateProducerIdsRequest;
import io.barnabas.wire.message.AllocateProducerIdsResponse;
import io.barnabas.wire.message.AlterPartitionRequest;
import io.barnabas.wire.message.AlterPartitionResponse;
import io.barnabas.wire.message.ControlledShutdownRequest;
import io.barnabas.wire.message.ControlledShutdownResponse;
import io.barnabas.wire.message.LeaderAndIsrRequest;
import io.barnabas.wire.message.LeaderAndIsrResponse;
import io.barnabas.wire.message.LeaderAndIsrResponse.LeaderAndIsrPartitionError;
import io.barnabas.wire.message.LeaderAndIsrResponse.LeaderAndIsrTopicError;
import io.barnabas.wire.message.StopReplicaResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A reign at work: takes over the cluster as ZooKeeper describes it, in Kafka's order, and from then on meets what
 * happens, one event after the other. Confined to the mailbox, except for what is submitted.
 */
final class ActiveController implements RoleAnswers {
    private static final long FIRST_BALANCE_MS = 5_000;

    private final Reign reign;
    private final Roles roles;
    private final TopicDeletions deletions;
    private final TopicEvents topics;
    private final BrokerEvents brokers;
    private final Notifications notifications;
    private final PartitionAlterations alterations;
    private final ShutdownMoves shutdowns;
    private final ProducerIdBlocks producerIds;
    private Timers.Timer balance = () -> {};

    ActiveController(Reign reign) {
        this.reign = reign;
        this.roles = new Roles(reign);
        this.deletions = new TopicDeletions(reign, roles);
        this.topics = new TopicEvents(reign, roles);
        this.brokers = new BrokerEvents(reign, roles, deletions);
        this.notifications = new Notifications(reign, roles);
        this.alterations = new PartitionAlterations(reign);
        this.shutdowns = new ShutdownMoves(reign, roles);
        this.producerIds = new ProducerIdBlocks(reign);
        reign.answersGoTo(this);
    }

    /** Brokers must know each other before they learn of roles, and roles come before elections. */
    CompletionStage<Void> takeOver(Timers timers) {
        return reign.events.submit(
                "take over",
                () -> enableFeatures()
                        .thenCompose(done -> notifications.clearAndWatch())
                        .thenCompose(done -> brokers.loadAll())
                        .thenCompose(done -> topics.loadAll())
                        .thenCompose(done -> deletionWishes())
                        .thenCompose(wishes -> {
                            markDeleting(wishes);
                            introduceBrokers();
                            return assignRoles()
                                    .thenCompose(done -> deletions.enqueue(wishes))
                                    .thenCompose(done -> notifications.preferredElections());
                        })
                        .thenAccept(done -> beginBalancing(timers)));
    }

    void end() {
        balance.cancel();
        reign.events.end();
        reign.channels.closeAll();
    }

    int epoch() {
        return reign.epoch;
    }

    CompletionStage<AlterPartitionResponse> alterPartition(AlterPartitionRequest request) {
        return reign.events.submit("alter partition", () -> alterations.alter(request));
    }

    CompletionStage<AllocateProducerIdsResponse> allocateProducerIds(AllocateProducerIdsRequest request) {
        return reign.events.submit("allocate producer ids", () -> producerIds.allocate(request));
    }

    CompletionStage<ControlledShutdownResponse> controlledShutdown(ControlledShutdownRequest request) {
        return reign.events.submit("controlled shutdown", () -> shutdowns.prepare(request));
    }

    /** Unclean elections are allowed where they were not before. */
    CompletionStage<Void> uncleanElectionAllowed() {
        return reign.events.submit(
                "unclean election allowed", () -> roles.electWhereNeeded().thenApply(done -> null));
    }

    // --- taking over

    private CompletionStage<Void> enableFeatures() {
        return reign.session
                .get(Znodes.FEATURE)
                .thenCompose(read -> read.is(AnswerCode.NO_NODE)
                        ? reign.session
                                .create(Znodes.FEATURE, FeatureZnode.bytes(), NodeKind.PERSISTENT)
                                .thenApply(created -> null)
                        : Stages.done());
    }

    private CompletionStage<List<String>> deletionWishes() {
        return reign.session
                .children(Znodes.DELETE_TOPICS, event -> reign.events.submit("topic deletion", this::onDeletionWishes))
                .thenApply(children -> children.orThrow("children of " + Znodes.DELETE_TOPICS));
    }

    private CompletionStage<Void> onDeletionWishes() {
        return deletionWishes().thenCompose(deletions::enqueue);
    }

    private void markDeleting(List<String> wishes) {
        if (reign.settings.deletesTopics()) {
            wishes.stream().filter(reign.state.topics()::containsKey).forEach(reign.state.deleting()::add);
        }
    }

    private void introduceBrokers() {
        RoleRequests introduction = reign.newRound();
        introduction.announce(List.of());
        reign.send(introduction);
    }

    private CompletionStage<Void> assignRoles() {
        ClusterState state = reign.state;
        List<TopicPartition> kept = state.partitions().stream()
                .filter(partition -> !state.isDeleting(partition.topic()))
                .toList();
        Map<Boolean, List<Replica>> byHealth = new HashMap<>(Map.of(true, new ArrayList<>(), false, new ArrayList<>()));
        state.replicasOf(kept)
                .forEach(replica -> byHealth.get(state.isOnline(replica)).add(replica));
        roles.tell(byHealth.get(true));
        return roles.takeOffline(byHealth.get(false))
                .thenCompose(done -> roles.electWhereNeeded())
                .thenApply(done -> null);
    }

    // --- balancing

    private void beginBalancing(Timers timers) {
        if (reign.settings.balancesLeaders()) {
            balance = timers.repeat(
                    FIRST_BALANCE_MS,
                    reign.settings.balanceIntervalMs(),
                    () -> reign.events.submit("balance leaders", this::balanceLeaders));
        }
    }

    private CompletionStage<Void> balanceLeaders() {
        return roles.electPreferred(LeaderBalance.partitionsToMove(reign.state, reign.settings.tolerated()))
                .thenApply(done -> null);
    }

    // --- answers of brokers

    @Override
    public void leaderAndIsr(int brokerId, LeaderAndIsrRequest request, LeaderAndIsrResponse answer) {
        List<Replica> lost = new ArrayList<>();
        for (LeaderAndIsrPartitionError error : answer.partitionErrors()) {
            note(new Replica(new TopicPartition(error.topicName(), error.partitionIndex()), brokerId), error, lost);
        }
        for (LeaderAndIsrTopicError topic : answer.topics()) {
            ClusterState.Topic known = reign.state.topicById(topic.topicId());
            for (LeaderAndIsrPartitionError error : topic.partitionErrors()) {
                if (known != null) {
                    note(new Replica(new TopicPartition(known.name(), error.partitionIndex()), brokerId), error, lost);
                }
            }
        }
        if (!lost.isEmpty()) {
            reign.events.submit("log directory failed", () -> brokers.replicasLost(lost));
        }
    }

    private void note(Replica replica, LeaderAndIsrPartitionError error, List<Replica> lost) {
        if (error.errorCode() == ErrorCode.KAFKA_STORAGE_ERROR.code()) {
            if (reign.state.directoryFailed(replica)) {
                lost.add(replica);
            }
        } else if (error.errorCode() == ErrorCode.NONE.code()) {
            reign.state.directoryWorks(replica);
        }
    }

    @Override
    public void stopReplica(int brokerId, Set<TopicPartition> deleted, StopReplicaResponse answer) {
        if (!deleted.isEmpty()) {
            reign.events.submit("replicas deleted", () -> deletions.answered(brokerId, deleted, answer));
        }
    }
}
