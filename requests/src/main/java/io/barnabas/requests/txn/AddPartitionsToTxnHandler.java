package io.barnabas.requests.txn;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.requests.metadata.InternalTopics;
import io.barnabas.runtime.Stages;
import io.barnabas.txn.AddRequest;
import io.barnabas.txn.TransactionCoordinator;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.AddPartitionsToTxnRequest;
import io.barnabas.wire.message.AddPartitionsToTxnRequest.AddPartitionsToTxnTopic;
import io.barnabas.wire.message.AddPartitionsToTxnRequest.AddPartitionsToTxnTransaction;
import io.barnabas.wire.message.AddPartitionsToTxnResponse;
import io.barnabas.wire.message.AddPartitionsToTxnResponse.AddPartitionsToTxnPartitionResult;
import io.barnabas.wire.message.AddPartitionsToTxnResponse.AddPartitionsToTxnResult;
import io.barnabas.wire.message.AddPartitionsToTxnResponse.AddPartitionsToTxnTopicResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * AddPartitionsToTxn, v0-v5: partitions become part of a transaction, all of them or none. v2 knows fenced producers.
 * From v4 on brokers ask, for several transactions at once; with {@code verifyOnly} nothing is added.
 */
final class AddPartitionsToTxnHandler
        implements DeferredHandler<AddPartitionsToTxnRequest, AddPartitionsToTxnResponse> {
    private static final int KNOWS_FENCED_FROM = 2;
    private static final int FROM_BROKERS_FROM = 4;
    private static final short CLASSIC = 0;
    private static final short SECOND_PROTOCOL = 2;

    private final TransactionCoordinator transactions;
    private final MetadataCache metadata;
    private final Authorizer authorizer;
    private final TransactionErrors errors;

    AddPartitionsToTxnHandler(
            TransactionCoordinator transactions,
            MetadataCache metadata,
            Authorizer authorizer,
            TransactionErrors errors) {
        this.transactions = transactions;
        this.metadata = metadata;
        this.authorizer = authorizer;
        this.errors = errors;
    }

    @Override
    public CompletionStage<AddPartitionsToTxnResponse> handle(
            RequestContext context, AddPartitionsToTxnRequest request) {
        if (context.apiVersion() >= FROM_BROKERS_FROM) {
            return fromBroker(context, request);
        }
        return add(
                        context,
                        new AddPartitionsToTxnTransaction()
                                .transactionalId(request.v3AndBelowTransactionalId())
                                .producerId(request.v3AndBelowProducerId())
                                .producerEpoch(request.v3AndBelowProducerEpoch())
                                .topics(request.v3AndBelowTopics()))
                .thenApply(
                        results -> new AddPartitionsToTxnResponse().resultsByTopicV3AndBelow(results.topicResults()));
    }

    private CompletionStage<AddPartitionsToTxnResponse> fromBroker(
            RequestContext context, AddPartitionsToTxnRequest request) {
        if (!authorizer.allowsOnCluster(context, Operation.CLUSTER_ACTION)) {
            throw errors.refused(context, ErrorCode.CLUSTER_AUTHORIZATION_FAILED);
        }
        List<CompletionStage<AddPartitionsToTxnResult>> results = new ArrayList<>();
        request.transactions().forEach(transaction -> results.add(add(context, transaction)));
        return Stages.all(results)
                .thenApply(all -> new AddPartitionsToTxnResponse().resultsByTransaction(new ArrayList<>(all)));
    }

    private CompletionStage<AddPartitionsToTxnResult> add(
            RequestContext context, AddPartitionsToTxnTransaction transaction) {
        return outcomes(context, transaction).thenApply(outcomes -> write(context, transaction, outcomes));
    }

    private CompletionStage<Map<TopicPartition, ErrorCode>> outcomes(
            RequestContext context, AddPartitionsToTxnTransaction transaction) {
        Set<TopicPartition> partitions = partitionsOf(transaction);
        String id = transaction.transactionalId();
        boolean fromBroker = context.apiVersion() >= FROM_BROKERS_FROM;
        if (!fromBroker && !authorizer.allows(context, Operation.WRITE, ResourceType.TRANSACTIONAL_ID, id)) {
            return answered(forAll(partitions, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED));
        }
        AddRequest request = new AddRequest(
                id,
                transaction.producerId(),
                transaction.producerEpoch(),
                partitions,
                fromBroker ? SECOND_PROTOCOL : CLASSIC);
        Map<TopicPartition, ErrorCode> refusals = refusals(context, partitions, fromBroker);
        if (!refusals.isEmpty()) {
            return answered(withOthersNotAttempted(partitions, refusals));
        }
        return transaction.verifyOnly()
                ? transactions.verify(request)
                : transactions.add(request).thenApply(error -> forAll(partitions, error));
    }

    private Map<TopicPartition, ErrorCode> refusals(
            RequestContext context, Set<TopicPartition> partitions, boolean fromBroker) {
        Map<TopicPartition, ErrorCode> refusals = new HashMap<>();
        for (TopicPartition partition : partitions) {
            if (!fromBroker && !mayWrite(context, partition.topic())) {
                refusals.put(partition, ErrorCode.TOPIC_AUTHORIZATION_FAILED);
            } else if (metadata.current().partition(partition) == null) {
                refusals.put(partition, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
            }
        }
        return refusals;
    }

    private boolean mayWrite(RequestContext context, String topic) {
        return !InternalTopics.isInternal(topic)
                && authorizer.allows(context, Operation.WRITE, ResourceType.TOPIC, topic);
    }

    private static Map<TopicPartition, ErrorCode> withOthersNotAttempted(
            Set<TopicPartition> partitions, Map<TopicPartition, ErrorCode> refusals) {
        Map<TopicPartition, ErrorCode> all = forAll(partitions, ErrorCode.OPERATION_NOT_ATTEMPTED);
        all.putAll(refusals);
        return all;
    }

    private static Set<TopicPartition> partitionsOf(AddPartitionsToTxnTransaction transaction) {
        Set<TopicPartition> partitions = new LinkedHashSet<>();
        for (AddPartitionsToTxnTopic topic : transaction.topics()) {
            for (int partition : topic.partitions()) {
                partitions.add(new TopicPartition(topic.name(), partition));
            }
        }
        return partitions;
    }

    private static Map<TopicPartition, ErrorCode> forAll(Set<TopicPartition> partitions, ErrorCode error) {
        Map<TopicPartition, ErrorCode> all = new HashMap<>();
        partitions.forEach(partition -> all.put(partition, error));
        return all;
    }

    private AddPartitionsToTxnResult write(
            RequestContext context,
            AddPartitionsToTxnTransaction transaction,
            Map<TopicPartition, ErrorCode> outcomes) {
        List<AddPartitionsToTxnTopicResult> topics = new ArrayList<>();
        for (AddPartitionsToTxnTopic topic : transaction.topics()) {
            List<AddPartitionsToTxnPartitionResult> results = new ArrayList<>();
            for (int partition : topic.partitions()) {
                ErrorCode outcome = outcomes.get(new TopicPartition(topic.name(), partition));
                results.add(new AddPartitionsToTxnPartitionResult()
                        .partitionIndex(partition)
                        .partitionErrorCode(errors.code(context, outcome, KNOWS_FENCED_FROM)));
            }
            topics.add(new AddPartitionsToTxnTopicResult().name(topic.name()).resultsByPartition(results));
        }
        return new AddPartitionsToTxnResult()
                .transactionalId(transaction.transactionalId())
                .topicResults(topics);
    }

    private static <T> CompletionStage<T> answered(T answer) {
        return CompletableFuture.completedStage(answer);
    }
}
