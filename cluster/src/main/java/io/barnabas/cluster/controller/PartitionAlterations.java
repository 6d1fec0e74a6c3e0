package io.barnabas.cluster.controller;

import io.barnabas.cluster.LiveBroker;
import io.barnabas.cluster.store.StoreException;
import io.barnabas.cluster.znodes.PartitionStateZnode;
import io.barnabas.cluster.znodes.Znodes;
import io.barnabas.runtime.Stages;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.AlterPartitionRequest;
import io.barnabas.wire.message.AlterPartitionRequest.BrokerState;
import io.barnabas.wire.message.AlterPartitionResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** AlterPartition: a leader asks for another in-sync set, or reports that it has recovered. */
final class PartitionAlterations {
    private static final byte RECOVERED = 0;
    private static final byte RECOVERING = 1;

    private final Reign reign;
    private final ClusterState state;

    PartitionAlterations(Reign reign) {
        this.reign = reign;
        this.state = reign.state;
    }

    CompletionStage<AlterPartitionResponse> alter(AlterPartitionRequest request) {
        LiveBroker broker = state.brokers().get(request.brokerId());
        if (broker == null || broker.epoch() != request.brokerEpoch()) {
            return CompletableFuture.completedFuture(
                    new AlterPartitionResponse().errorCode(ErrorCode.STALE_BROKER_EPOCH.code()));
        }
        List<TopicPartition> altered = new ArrayList<>();
        return Stages.all(request.topics(), topic -> alterTopic(topic, altered)).thenApply(topics -> {
            RoleRequests round = reign.newRound();
            if (!altered.isEmpty()) {
                round.announce(altered);
            }
            reign.send(round);
            return new AlterPartitionResponse().topics(topics);
        });
    }

    private CompletionStage<AlterPartitionResponse.TopicData> alterTopic(
            AlterPartitionRequest.TopicData asked, List<TopicPartition> altered) {
        boolean byId = !asked.topicId().isZero();
        ClusterState.Topic topic =
                byId ? state.topicById(asked.topicId()) : state.topics().get(asked.topicName());
        return Stages.all(
                        asked.partitions(),
                        partition -> topic == null
                                ? refused(
                                        partition.partitionIndex(),
                                        byId ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
                                : alterPartition(
                                        new TopicPartition(topic.name(), partition.partitionIndex()),
                                        partition,
                                        byId,
                                        altered))
                .thenApply(partitions -> new AlterPartitionResponse.TopicData()
                        .topicName(asked.topicName())
                        .topicId(asked.topicId())
                        .partitions(partitions));
    }

    private CompletionStage<AlterPartitionResponse.PartitionData> alterPartition(
            TopicPartition partition,
            AlterPartitionRequest.PartitionData asked,
            boolean byId,
            List<TopicPartition> altered) {
        Leadership now = state.leadership(partition);
        if (now == null) {
            return refused(asked.partitionIndex(), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        }
        List<Integer> isr = isr(asked);
        PartitionStateZnode wanted = new PartitionStateZnode(
                now.leader(), now.leaderEpoch(), isr, asked.leaderRecoveryState() == RECOVERING, reign.epoch);
        ErrorCode refusal = refusal(partition, asked, now, wanted, byId);
        if (refusal != ErrorCode.NONE) {
            return refused(asked.partitionIndex(), refusal);
        } else if (saysTheSame(now, asked, wanted)) {
            return CompletableFuture.completedFuture(granted(asked.partitionIndex(), now));
        } else if (asked.partitionEpoch() < now.partitionEpoch()) {
            return refused(asked.partitionIndex(), ErrorCode.INVALID_UPDATE_VERSION);
        }
        return write(partition, asked, now, wanted, altered);
    }

    private ErrorCode refusal(
            TopicPartition partition,
            AlterPartitionRequest.PartitionData asked,
            Leadership now,
            PartitionStateZnode wanted,
            boolean byId) {
        if (asked.partitionEpoch() > now.partitionEpoch() || asked.leaderEpoch() > now.leaderEpoch()) {
            // It knows more than this controller does, so there is a newer one.
            return ErrorCode.NOT_CONTROLLER;
        } else if (asked.leaderEpoch() < now.leaderEpoch()) {
            return ErrorCode.FENCED_LEADER_EPOCH;
        } else if (saysTheSame(now, asked, wanted) || asked.partitionEpoch() < now.partitionEpoch()) {
            return ErrorCode.NONE;
        } else if (wanted.recovering()
                && (wanted.isr().size() > 1 || !now.state().recovering())) {
            return ErrorCode.INVALID_REQUEST;
        } else if (!wanted.isr().stream().allMatch(state::isLive)) {
            return byId ? ErrorCode.INELIGIBLE_REPLICA : ErrorCode.OPERATION_NOT_ATTEMPTED;
        }
        return ErrorCode.NONE;
    }

    /** A repeated request finds its wish fulfilled. */
    private static boolean saysTheSame(
            Leadership now, AlterPartitionRequest.PartitionData asked, PartitionStateZnode wanted) {
        return asked.leaderEpoch() == now.leaderEpoch()
                && now.isr().equals(wanted.isr())
                && now.state().recovering() == wanted.recovering();
    }

    private CompletionStage<AlterPartitionResponse.PartitionData> write(
            TopicPartition partition,
            AlterPartitionRequest.PartitionData asked,
            Leadership now,
            PartitionStateZnode wanted,
            List<TopicPartition> altered) {
        String path = Znodes.partitionState(partition.topic(), partition.partition());
        return reign.writes
                .setData(path, wanted.bytes(), asked.partitionEpoch())
                .thenCompose(answer -> switch (answer.code()) {
                    case OK -> {
                        Leadership written =
                                new Leadership(wanted, answer.value().version());
                        state.putLeadership(partition, written);
                        altered.add(partition);
                        yield CompletableFuture.completedFuture(granted(asked.partitionIndex(), written));
                    }
                    case BAD_VERSION, UNKNOWN ->
                        reign.leaderships.reread(partition).thenApply(found -> {
                            altered.add(partition);
                            return found != null && found.state().equals(wanted)
                                    ? granted(asked.partitionIndex(), found)
                                    : refusal(asked.partitionIndex(), ErrorCode.INVALID_UPDATE_VERSION);
                        });
                    case NO_NODE -> refused(asked.partitionIndex(), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
                    default -> throw new StoreException("write " + path, answer.code());
                });
    }

    private static List<Integer> isr(AlterPartitionRequest.PartitionData asked) {
        // Version 3 names the members with their epochs, versions before it by id alone.
        return asked.newIsrWithEpochs().isEmpty()
                ? Arrays.stream(asked.newIsr()).boxed().toList()
                : asked.newIsrWithEpochs().stream().map(BrokerState::brokerId).toList();
    }

    private static AlterPartitionResponse.PartitionData granted(int partition, Leadership now) {
        return new AlterPartitionResponse.PartitionData()
                .partitionIndex(partition)
                .leaderId(now.leader())
                .leaderEpoch(now.leaderEpoch())
                .isr(now.isr().stream().mapToInt(Integer::intValue).toArray())
                .leaderRecoveryState(now.state().recovering() ? RECOVERING : RECOVERED)
                .partitionEpoch(now.partitionEpoch());
    }

    private static CompletionStage<AlterPartitionResponse.PartitionData> refused(int partition, ErrorCode error) {
        return CompletableFuture.completedFuture(refusal(partition, error));
    }

    private static AlterPartitionResponse.PartitionData refusal(int partition, ErrorCode error) {
        return new AlterPartitionResponse.PartitionData()
                .partitionIndex(partition)
                .errorCode(error.code());
    }
}
