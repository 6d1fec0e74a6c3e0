package io.barnabas.requests.txn;

import io.barnabas.requests.Authorizer;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.txn.TransactionCoordinator;
import io.barnabas.txn.TransactionFilter;
import io.barnabas.txn.TransactionListing;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.ListTransactionsRequest;
import io.barnabas.wire.message.ListTransactionsResponse;
import io.barnabas.wire.message.ListTransactionsResponse.TransactionState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * ListTransactions, v0-v2: the transactional ids that this broker coordinates. v1 filters by duration, v2 by a pattern
 * that the whole id has to match.
 */
final class ListTransactionsHandler implements DeferredHandler<ListTransactionsRequest, ListTransactionsResponse> {
    private final TransactionCoordinator transactions;
    private final Authorizer authorizer;
    private final TransactionErrors errors;

    ListTransactionsHandler(TransactionCoordinator transactions, Authorizer authorizer, TransactionErrors errors) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.errors = errors;
    }

    @Override
    public CompletionStage<ListTransactionsResponse> handle(RequestContext context, ListTransactionsRequest request) {
        TransactionFilter filter = new TransactionFilter(
                Set.copyOf(request.stateFilters()),
                Arrays.stream(request.producerIdFilters()).boxed().collect(Collectors.toSet()),
                request.durationFilter(),
                ids(context, request.transactionalIdPattern()));
        return transactions.list(filter).thenApply(listing -> write(context, filter, listing));
    }

    private Predicate<String> ids(RequestContext context, String pattern) {
        if (pattern == null || pattern.isEmpty()) {
            return id -> true;
        }
        try {
            return Pattern.compile(pattern).asMatchPredicate();
        } catch (PatternSyntaxException notOne) {
            throw errors.refused(context, ErrorCode.INVALID_REGULAR_EXPRESSION);
        }
    }

    private ListTransactionsResponse write(
            RequestContext context, TransactionFilter filter, TransactionListing listing) {
        ListTransactionsResponse answer = new ListTransactionsResponse()
                .errorCode(errors.code(context, listing.error()))
                .unknownStateFilters(new ArrayList<>(filter.unknownStatuses()));
        for (TransactionListing.Entry one : listing.transactions()) {
            if (authorizer.allows(context, Operation.DESCRIBE, ResourceType.TRANSACTIONAL_ID, one.transactionalId())) {
                answer.transactionStates()
                        .add(new TransactionState()
                                .transactionalId(one.transactionalId())
                                .producerId(one.producerId())
                                .transactionState(one.status()));
            }
        }
        return answer;
    }
}
