package io.barnabas.requests.txn;

import io.barnabas.requests.Authorizer;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.runtime.Stages;
import io.barnabas.txn.TransactionCoordinator;
import io.barnabas.txn.TransactionDescription;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.DescribeTransactionsRequest;
import io.barnabas.wire.message.DescribeTransactionsResponse;
import io.barnabas.wire.message.DescribeTransactionsResponse.TopicData;
import io.barnabas.wire.message.DescribeTransactionsResponse.TransactionState;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** DescribeTransactions, v0: transactional ids, and the partitions of their transactions that the caller may see. */
final class DescribeTransactionsHandler
        implements DeferredHandler<DescribeTransactionsRequest, DescribeTransactionsResponse> {
    private final TransactionCoordinator transactions;
    private final Authorizer authorizer;
    private final TransactionErrors errors;

    DescribeTransactionsHandler(TransactionCoordinator transactions, Authorizer authorizer, TransactionErrors errors) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.errors = errors;
    }

    @Override
    public CompletionStage<DescribeTransactionsResponse> handle(
            RequestContext context, DescribeTransactionsRequest request) {
        List<CompletionStage<TransactionState>> described = new ArrayList<>();
        for (String id : request.transactionalIds()) {
            described.add(describe(context, id));
        }
        return Stages.all(described)
                .thenApply(all -> new DescribeTransactionsResponse().transactionStates(new ArrayList<>(all)));
    }

    private CompletionStage<TransactionState> describe(RequestContext context, String id) {
        ErrorCode refusal = !authorizer.allows(context, Operation.DESCRIBE, ResourceType.TRANSACTIONAL_ID, id)
                ? ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED
                : id.isEmpty() ? ErrorCode.INVALID_REQUEST : ErrorCode.NONE;
        return refusal == ErrorCode.NONE
                ? transactions.describe(id).thenApply(found -> write(context, found))
                : CompletableFuture.completedStage(
                        new TransactionState().transactionalId(id).errorCode(errors.code(context, refusal)));
    }

    private TransactionState write(RequestContext context, TransactionDescription found) {
        SortedMap<String, List<Integer>> topics = new TreeMap<>();
        for (TopicPartition partition : found.partitions()) {
            if (authorizer.allows(context, Operation.DESCRIBE, ResourceType.TOPIC, partition.topic())) {
                topics.computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
                        .add(partition.partition());
            }
        }
        TransactionState answer = new TransactionState()
                .errorCode(errors.code(context, found.error()))
                .transactionalId(found.transactionalId())
                .transactionState(found.status())
                .transactionTimeoutMs(found.timeoutMs())
                .transactionStartTimeMs(found.startMs())
                .producerId(found.producerId())
                .producerEpoch(found.epoch());
        topics.forEach((topic, partitions) -> answer.topics()
                .add(new TopicData()
                        .topic(topic)
                        .partitions(
                                partitions.stream().mapToInt(Integer::intValue).toArray())));
        return answer;
    }
}
