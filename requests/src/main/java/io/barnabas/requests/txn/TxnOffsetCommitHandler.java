package io.barnabas.requests.txn;

import io.barnabas.group.CommitRequest;
import io.barnabas.group.CommittedOffset;
import io.barnabas.group.GroupCoordinator;
import io.barnabas.group.TransactionalCommit;
import io.barnabas.log.producer.Verification;
import io.barnabas.replication.Partition;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.requests.TransactionVerifier;
import io.barnabas.requests.TransactionVerifier.Question;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.TxnOffsetCommitRequest;
import io.barnabas.wire.message.TxnOffsetCommitRequest.TxnOffsetCommitRequestPartition;
import io.barnabas.wire.message.TxnOffsetCommitRequest.TxnOffsetCommitRequestTopic;
import io.barnabas.wire.message.TxnOffsetCommitResponse;
import io.barnabas.wire.message.TxnOffsetCommitResponse.TxnOffsetCommitResponsePartition;
import io.barnabas.wire.message.TxnOffsetCommitResponse.TxnOffsetCommitResponseTopic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * TxnOffsetCommit, v0-v6: how far a group has got, to count once the transaction is committed. v2 has leader epochs, v3
 * the member that the producer works for; v4 knows transactions that can only be aborted; v5 makes the group's partition
 * part of the transaction by itself; v6 names topics by id.
 */
final class TxnOffsetCommitHandler implements DeferredHandler<TxnOffsetCommitRequest, TxnOffsetCommitResponse> {
    private static final int KNOWS_ABORTABLE_FROM = 4;
    private static final int ADDS_FROM = 5;

    /** Kafka's coordinators mark each batch of offsets like this. */
    private static final int SEQUENCE = 0;

    private final TransactionPorts ports;
    private final TransactionErrors errors;

    TxnOffsetCommitHandler(TransactionPorts ports, TransactionErrors errors) {
        this.ports = ports;
        this.errors = errors;
    }

    @Override
    public CompletionStage<TxnOffsetCommitResponse> handle(RequestContext context, TxnOffsetCommitRequest request) {
        String id = request.transactionalId();
        if (!ports.authorizer().allows(context, Operation.WRITE, ResourceType.TRANSACTIONAL_ID, id)) {
            throw errors.refused(context, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
        }
        if (!ports.authorizer().allows(context, Operation.READ, ResourceType.GROUP, request.groupId())) {
            throw errors.refused(context, ErrorCode.GROUP_AUTHORIZATION_FAILED);
        }
        Commit commit = new Commit(context, request);
        request.topics().forEach(commit::add);
        return commit.offsets.isEmpty()
                ? CompletableFuture.completedStage(commit.answer)
                : commit.run().thenApply(commit::complete);
    }

    /** One request on its way: what is asked of the group, and the answer as it grows. */
    private final class Commit {
        private final RequestContext context;
        private final TxnOffsetCommitRequest request;
        private final Map<TopicPartition, CommittedOffset> offsets = new LinkedHashMap<>();
        private final List<Asked> asked = new ArrayList<>();
        private final TxnOffsetCommitResponse answer = new TxnOffsetCommitResponse();

        private Commit(RequestContext context, TxnOffsetCommitRequest request) {
            this.context = context;
            this.request = request;
        }

        private void add(TxnOffsetCommitRequestTopic topic) {
            String name = topic.topicId().isZero() ? topic.name() : nameOf(topic);
            TxnOffsetCommitResponseTopic answers =
                    new TxnOffsetCommitResponseTopic().name(topic.name()).topicId(topic.topicId());
            answer.topics().add(answers);
            for (TxnOffsetCommitRequestPartition partition : topic.partitions()) {
                TopicPartition named = new TopicPartition(name, partition.partitionIndex());
                ErrorCode error = check(named);
                TxnOffsetCommitResponsePartition entry = new TxnOffsetCommitResponsePartition()
                        .partitionIndex(partition.partitionIndex())
                        .errorCode(errors.code(context, error));
                answers.partitions().add(entry);
                if (error == ErrorCode.NONE) {
                    offsets.put(named, offset(partition));
                    asked.add(new Asked(named, entry));
                }
            }
        }

        /** Null when no topic has that id. */
        private String nameOf(TxnOffsetCommitRequestTopic topic) {
            var image = ports.metadata().current().topic(topic.topicId());
            return image == null ? null : image.name();
        }

        private ErrorCode check(TopicPartition partition) {
            if (partition.topic() == null) {
                return ErrorCode.UNKNOWN_TOPIC_ID;
            }
            if (!ports.authorizer().allows(context, Operation.READ, ResourceType.TOPIC, partition.topic())) {
                return ErrorCode.TOPIC_AUTHORIZATION_FAILED;
            }
            return ports.metadata().current().partition(partition) == null
                    ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                    : ErrorCode.NONE;
        }

        private CommittedOffset offset(TxnOffsetCommitRequestPartition partition) {
            return new CommittedOffset(
                    partition.committedOffset(),
                    partition.committedLeaderEpoch(),
                    partition.committedMetadata() == null ? "" : partition.committedMetadata(),
                    ports.clock().nowMs(),
                    CommittedOffset.NO_TIMESTAMP);
        }

        private CompletionStage<Map<TopicPartition, ErrorCode>> run() {
            if (request.groupId().isEmpty()) {
                return CompletableFuture.completedStage(forAll(ErrorCode.INVALID_GROUP_ID));
            }
            TopicPartition state =
                    new TopicPartition(GroupCoordinator.TOPIC, ports.groups().partitionFor(request.groupId()));
            Verification verification = beginVerification(state);
            if (verification == null || verification == Verification.NOT_NEEDED) {
                return commit(verification);
            }
            return ask(state)
                    .thenCompose(error -> error == ErrorCode.NONE
                            ? commit(verification)
                            : CompletableFuture.completedStage(forAll(toProducer(error))));
        }

        /** Null when the transaction has begun there, or when the group is not coordinated here, which comes out later. */
        private Verification beginVerification(TopicPartition state) {
            if (!ports.verifier().isOn() && context.apiVersion() < ADDS_FROM) {
                return Verification.NOT_NEEDED;
            }
            Partition partition = ports.replicas().partition(state);
            return partition == null
                    ? null
                    : partition.beginVerification(request.producerId(), request.producerEpoch(), SEQUENCE);
        }

        private CompletionStage<ErrorCode> ask(TopicPartition state) {
            TransactionVerifier verifier = ports.verifier();
            Question question =
                    new Question(request.transactionalId(), request.producerId(), request.producerEpoch(), state);
            return context.apiVersion() >= ADDS_FROM ? verifier.add(question) : verifier.verify(question);
        }

        private CompletionStage<Map<TopicPartition, ErrorCode>> commit(Verification verification) {
            return ports.groups()
                    .commitInTransaction(new TransactionalCommit(
                            new CommitRequest(
                                    request.groupId(),
                                    request.memberId(),
                                    request.groupInstanceId(),
                                    request.generationIdOrMemberEpoch(),
                                    offsets),
                            request.producerId(),
                            request.producerEpoch(),
                            new PartitionProof(verification)));
        }

        private ErrorCode toProducer(ErrorCode error) {
            return switch (error) {
                case PRODUCER_FENCED -> ErrorCode.INVALID_PRODUCER_EPOCH;
                case TRANSACTION_ABORTABLE ->
                    context.apiVersion() >= KNOWS_ABORTABLE_FROM
                            ? ErrorCode.TRANSACTION_ABORTABLE
                            : ErrorCode.INVALID_TXN_STATE;
                // To be tried again; it is the transaction's coordinator that is meant, not the group's.
                case CONCURRENT_TRANSACTIONS, COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR, NETWORK_EXCEPTION ->
                    ErrorCode.COORDINATOR_LOAD_IN_PROGRESS;
                default -> error;
            };
        }

        private Map<TopicPartition, ErrorCode> forAll(ErrorCode error) {
            Map<TopicPartition, ErrorCode> all = new LinkedHashMap<>();
            offsets.keySet().forEach(partition -> all.put(partition, error));
            return all;
        }

        private TxnOffsetCommitResponse complete(Map<TopicPartition, ErrorCode> results) {
            for (Asked one : asked) {
                one.entry.errorCode(errors.code(context, results.get(one.partition)));
            }
            return answer;
        }
    }

    private record Asked(TopicPartition partition, TxnOffsetCommitResponsePartition entry) {}
}
