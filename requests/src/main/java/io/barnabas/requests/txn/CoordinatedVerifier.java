package io.barnabas.requests.txn;

import io.barnabas.requests.TransactionVerifier;
import io.barnabas.runtime.Timers;
import io.barnabas.txn.AddRequest;
import io.barnabas.txn.TransactionCoordinator;
import io.barnabas.wire.ErrorCode;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * Asks the transaction coordinator of this broker; a transaction that is coordinated elsewhere is answered with
 * NOT_COORDINATOR. Any thread.
 */
public final class CoordinatedVerifier implements TransactionVerifier {
    private static final short CLASSIC = 0;
    private static final short SECOND_PROTOCOL = 2;

    /** The markers of the transaction before are under way; a producer would only come again. */
    private static final long RETRY_MS = 20;

    private static final int MOST_RETRIES = 5;

    private final TransactionCoordinator transactions;
    private final BooleanSupplier on;
    private final Timers timers;

    public CoordinatedVerifier(TransactionCoordinator transactions, BooleanSupplier on, Timers timers) {
        this.transactions = transactions;
        this.on = on;
        this.timers = timers;
    }

    @Override
    public boolean isOn() {
        return on.getAsBoolean();
    }

    @Override
    public CompletionStage<ErrorCode> verify(Question question) {
        return transactions
                .verify(request(question, CLASSIC))
                .thenApply(errors -> errors.getOrDefault(question.partition(), ErrorCode.UNKNOWN_SERVER_ERROR));
    }

    @Override
    public CompletionStage<ErrorCode> add(Question question) {
        CompletableFuture<ErrorCode> answer = new CompletableFuture<>();
        add(request(question, SECOND_PROTOCOL), MOST_RETRIES, answer);
        return answer;
    }

    private void add(AddRequest request, int retries, CompletableFuture<ErrorCode> answer) {
        transactions.add(request).whenComplete((error, fault) -> {
            if (fault != null) {
                answer.completeExceptionally(fault);
            } else if (error == ErrorCode.CONCURRENT_TRANSACTIONS && retries > 0) {
                timers.schedule(RETRY_MS, () -> add(request, retries - 1, answer));
            } else {
                answer.complete(error);
            }
        });
    }

    private static AddRequest request(Question question, short clientVersion) {
        return new AddRequest(
                question.transactionalId(),
                question.producerId(),
                question.producerEpoch(),
                Set.of(question.partition()),
                clientVersion);
    }
}
