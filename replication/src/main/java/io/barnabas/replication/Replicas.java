package io.barnabas.replication;

import io.barnabas.log.LogManager;
import io.barnabas.log.PartitionLog;
import io.barnabas.runtime.Clock;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.LeaderAndIsrRequest;
import io.barnabas.wire.message.LeaderAndIsrResponse;
import io.barnabas.wire.message.StopReplicaRequest;
import io.barnabas.wire.message.StopReplicaResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All partitions of which this broker holds a replica. Roles change only here, and only because a controller said so;
 * changes run one after the other on the role mailbox. Any thread may look a partition up.
 */
public final class Replicas {
    private static final Logger LOG = LoggerFactory.getLogger(Replicas.class);
    private static final int NO_BROKER_EPOCH = -1;

    private final LogManager logs;
    private final PartitionConfigs configs;
    private final ReplicaSettings settings;
    private final ControllerEpochs controllerEpochs;
    private final LongSupplier brokerEpoch;
    private final LeadershipListener leadership;
    private final Clock clock;
    private final Executor mailbox;
    private final ReplicaTable table = new ReplicaTable();
    private final ReplicaMoves moves;

    /**
     * @param brokerEpoch of this broker's present registration; a request for an earlier one is refused
     * @param mailbox runs tasks one after the other, never on the caller's stack
     */
    public Replicas(
            LogManager logs,
            PartitionConfigs configs,
            ReplicaSettings settings,
            ControllerEpochs controllerEpochs,
            LongSupplier brokerEpoch,
            LeadershipListener leadership,
            Clock clock,
            Executor mailbox) {
        this.logs = logs;
        this.configs = configs;
        this.settings = settings;
        this.controllerEpochs = controllerEpochs;
        this.brokerEpoch = brokerEpoch;
        this.leadership = leadership;
        this.clock = clock;
        this.mailbox = mailbox;
        this.moves = new ReplicaMoves(logs, table, mailbox);
    }

    /** Null when this broker has no replica of the topic. */
    public TopicReplicas topic(String name) {
        return table.topic(name);
    }

    /** Null when this broker has no replica of the topic. */
    public TopicReplicas topic(Uuid id) {
        return table.topic(id);
    }

    /** Null when this broker has no replica of it. */
    public Partition partition(TopicPartition name) {
        return table.find(name);
    }

    /** Every partition at this moment. */
    public List<Partition> all() {
        return table.all();
    }

    /** Makes this broker leader or follower of partitions; the answer has one outcome for each. */
    public CompletionStage<LeaderAndIsrResponse> leaderAndIsr(LeaderAndIsrRequest request) {
        return onMailbox(() -> {
            ErrorCode refusal = refusal(request.controllerEpoch(), request.brokerEpoch());
            if (refusal != ErrorCode.NONE) {
                return new LeaderAndIsrResponse().errorCode(refusal.code());
            }
            return applyRoles(RoleRequests.assigned(request));
        });
    }

    /** Makes this broker stop copying partitions, and delete those that say so. */
    public CompletionStage<StopReplicaResponse> stopReplica(StopReplicaRequest request) {
        return onMailbox(() -> {
            ErrorCode refusal = refusal(request.controllerEpoch(), request.brokerEpoch());
            if (refusal != ErrorCode.NONE) {
                return new StopReplicaResponse().errorCode(refusal.code());
            }
            RoleAnswers answers = new RoleAnswers();
            for (RoleRequests.Stopped stopped : RoleRequests.stopped(request)) {
                answers.add(stopped.name(), Uuid.ZERO, stop(stopped));
            }
            return answers.stopReplica();
        });
    }

    /** The topic's configuration has changed: its partitions here take the new one. */
    public CompletionStage<Void> configChanged(String topic) {
        return onMailbox(() -> {
            TopicReplicas replicas = table.topic(topic);
            if (replicas != null) {
                PartitionConfig config = configs.of(topic);
                for (Partition partition : replicas.present()) {
                    partition.config(config);
                }
            }
            return null;
        });
    }

    /** The logs of these partitions are lost: their directory has failed. */
    public CompletionStage<Void> logsFailed(List<TopicPartition> names) {
        return onMailbox(() -> {
            for (TopicPartition name : names) {
                Partition partition = table.find(name);
                if (partition != null) {
                    PartitionView before = partition.view();
                    partition.goOffline();
                    moves.stop(name);
                    tellResigned(name, before, before.leaderEpoch());
                }
            }
            return null;
        });
    }

    /** Moves partitions to other log directories of this broker, named by absolute paths; one outcome for each. */
    public CompletionStage<Map<TopicPartition, ErrorCode>> alterLogDirectories(Map<TopicPartition, String> wanted) {
        return onMailbox(() -> {
            Map<TopicPartition, ErrorCode> outcomes = new LinkedHashMap<>();
            wanted.forEach((name, directory) -> outcomes.put(name, moves.move(name, directory)));
            return outcomes;
        });
    }

    private ErrorCode refusal(int controllerEpoch, long epochOfBroker) {
        if (epochOfBroker != NO_BROKER_EPOCH && epochOfBroker < brokerEpoch.getAsLong()) {
            return ErrorCode.STALE_BROKER_EPOCH;
        }
        return controllerEpochs.accept(controllerEpoch) ? ErrorCode.NONE : ErrorCode.STALE_CONTROLLER_EPOCH;
    }

    private LeaderAndIsrResponse applyRoles(List<RoleRequests.Assigned> all) {
        RoleAnswers answers = new RoleAnswers();
        List<Runnable> news = new ArrayList<>();
        for (RoleRequests.Assigned assigned : all) {
            answers.add(assigned.name(), assigned.topicId(), apply(assigned, news));
        }
        // Coordinators begin to load once all partitions of the request have their roles.
        news.forEach(Runnable::run);
        return answers.leaderAndIsr();
    }

    private ErrorCode apply(RoleRequests.Assigned assigned, List<Runnable> news) {
        TopicPartition name = assigned.name();
        RoleChange change = assigned.change();
        Partition known = table.find(name);
        PartitionView before = known == null ? PartitionView.UNDECIDED : known.view();
        ErrorCode refusal = refusal(assigned, known, before);
        if (refusal != ErrorCode.NONE) {
            return refusal;
        }
        if (change.partitionEpoch() < before.partitionEpoch()) {
            return ErrorCode.NONE;
        }
        try {
            Partition partition = known == null ? open(assigned) : known;
            if (!consistent(assigned.topicId(), partition.topicId())) {
                return ErrorCode.INCONSISTENT_TOPIC_ID;
            }
            nameTopic(partition, assigned.topicId());
            table.put(partition);
            change(partition, change, before, news);
            moves.resume(partition);
            return ErrorCode.NONE;
        } catch (IOException failure) {
            LOG.error("Partition {} gets no role: {}", name, failure.toString());
            markOffline(name);
            return ErrorCode.KAFKA_STORAGE_ERROR;
        }
    }

    private void change(Partition partition, RoleChange change, PartitionView before, List<Runnable> news)
            throws IOException {
        TopicPartition name = partition.name();
        if (change.leader() == settings.localId()) {
            partition.becomeLeader(change);
            news.add(() -> leadership.elected(name, change.leaderEpoch()));
        } else {
            partition.becomeFollower(change);
            news.add(() -> tellResigned(name, before, change.leaderEpoch()));
        }
    }

    private ErrorCode refusal(RoleRequests.Assigned assigned, Partition partition, PartitionView before) {
        if (before.role() == Role.OFFLINE) {
            return ErrorCode.KAFKA_STORAGE_ERROR;
        }
        if (partition != null && !consistent(assigned.topicId(), partition.topicId())) {
            return ErrorCode.INCONSISTENT_TOPIC_ID;
        }
        // An unchanged epoch is refused too: after a directory failure the controller sends everything again and
        // takes this very answer as a sign of life.
        if (assigned.change().leaderEpoch() <= before.leaderEpoch()) {
            return ErrorCode.STALE_CONTROLLER_EPOCH;
        }
        return assigned.change().involves(settings.localId()) ? ErrorCode.NONE : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    }

    /** An id that one side lacks contradicts nothing. */
    private static boolean consistent(Uuid requested, Uuid known) {
        return requested.isZero() || known.isZero() || requested.equals(known);
    }

    /** A directory from before topic ids, or one that the controller names only now. */
    private static void nameTopic(Partition partition, Uuid topicId) throws IOException {
        if (partition.topicId().isZero() && !topicId.isZero()) {
            partition.log().assignTopicId(topicId);
        }
    }

    private Partition open(RoleRequests.Assigned assigned) throws IOException {
        TopicPartition name = assigned.name();
        PartitionConfig config = configs.of(name.topic());
        PartitionLog log = logs.logFor(name);
        if (log == null) {
            log = create(assigned, config);
        }
        if (log.directory().isOffline()) {
            throw new IOException("its log directory is offline");
        }
        log.updateConfig(config.log());
        return new Partition(name, log, config, settings, clock);
    }

    /** While a directory is lost, a missing log may be in it; only one that never was may be made elsewhere. */
    private PartitionLog create(RoleRequests.Assigned assigned, PartitionConfig config) throws IOException {
        boolean allLive = logs.liveDirectories().size() == logs.directories().size();
        if (!allLive && !assigned.change().isNew()) {
            throw new IOException("it has no log here, and a log directory is offline");
        }
        return logs.create(assigned.name(), assigned.topicId(), config.log());
    }

    private void markOffline(TopicPartition name) {
        Partition known = table.find(name);
        if (known != null) {
            known.goOffline();
        } else {
            table.put(new Partition(name, null, configs.of(name.topic()), settings, clock));
        }
    }

    private ErrorCode stop(RoleRequests.Stopped stopped) {
        TopicPartition name = stopped.name();
        Partition partition = table.find(name);
        PartitionView before = partition == null ? PartitionView.UNDECIDED : partition.view();
        if (before.role() == Role.OFFLINE) {
            return ErrorCode.KAFKA_STORAGE_ERROR;
        }
        if (stopped.isOutdatedBy(before.leaderEpoch())) {
            return ErrorCode.FENCED_LEADER_EPOCH;
        }
        return stopped.delete() ? delete(name, partition, before) : ErrorCode.NONE;
    }

    /** Deletes files too that no partition stands for: the topic went while this broker was down. */
    private ErrorCode delete(TopicPartition name, Partition partition, PartitionView before) {
        if (partition != null) {
            table.remove(partition);
            partition.retire();
            tellResigned(name, before, before.leaderEpoch());
        }
        try {
            logs.delete(name);
            return ErrorCode.NONE;
        } catch (IOException failure) {
            LOG.error("Partition {} is not deleted: {}", name, failure.toString());
            return ErrorCode.KAFKA_STORAGE_ERROR;
        }
    }

    private void tellResigned(TopicPartition name, PartitionView before, int leaderEpoch) {
        if (before.isLeader()) {
            leadership.resigned(name, leaderEpoch);
        }
    }

    private <T> CompletionStage<T> onMailbox(Supplier<T> change) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        mailbox.execute(() -> {
            try {
                answer.complete(change.get());
            } catch (RuntimeException | Error fault) {
                answer.completeExceptionally(fault);
                throw fault;
            }
        });
        return answer;
    }
}
