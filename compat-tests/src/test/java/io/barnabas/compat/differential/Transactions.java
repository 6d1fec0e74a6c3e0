package io.barnabas.compat.differential;

import static io.barnabas.compat.differential.TransactionRequests.describe;

import io.barnabas.compat.differential.TransactionRequests.Producer;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.Message;
import io.barnabas.wire.message.DescribeTransactionsResponse;
import io.barnabas.wire.message.EndTxnResponse;
import io.barnabas.wire.message.FindCoordinatorRequest;
import io.barnabas.wire.message.FindCoordinatorResponse;
import io.barnabas.wire.message.InitProducerIdResponse;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;

/** Brings transactions to a state of their life, and knows the code that each request is to be answered with. */
final class Transactions {
    static final int PARTITIONS = 5;

    private static final int INIT = 4;
    private static final int ADD = 3;
    private static final int ADD_OFFSETS = 3;
    private static final int END = 3;
    private static final int END_WITH_EPOCH = 5;

    private final Play play;

    Transactions(Play play) {
        this.play = play;
    }

    /** Makes the topic of transactions, and waits until its coordinators work. */
    Transactions ready() {
        FindCoordinatorRequest find = new FindCoordinatorRequest().key("any").keyType((byte) 1);
        play.await("coordinator", 3, find, FindCoordinatorResponse.class, answer -> answer.errorCode() == 0);
        play.awaitLeaders("__transaction_state", PARTITIONS);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            awaitState(String.valueOf((char) ('a' + partition)), "");
        }
        // Apache has producer ids a little later than it has coordinators.
        play.await(
                "producer ids",
                INIT,
                TransactionRequests.init((String) null),
                InitProducerIdResponse.class,
                answer -> answer.errorCode() == 0);
        return this;
    }

    /** Fails when either broker answers with another code than this; the first one that is none counts. */
    Answer expect(ErrorCode expected, String what, int version, ApiMessage request) {
        Answer answer = play.ask(what, version, request);
        short code = answer instanceof Answer.Decoded decoded ? firstError(decoded.message()) : -1;
        if (code != expected.code()) {
            throw new IllegalStateException(request.apiKey() + " v" + version + ", " + what + ": " + ErrorCode.of(code)
                    + " and not " + expected + "\n" + answer);
        }
        return answer;
    }

    Producer init(String transactionalId) {
        InitProducerIdResponse given = expect(
                        ErrorCode.NONE, "init " + transactionalId, INIT, TransactionRequests.init(transactionalId))
                .as(InitProducerIdResponse.class);
        return new Producer(transactionalId, given.producerId(), given.producerEpoch());
    }

    void add(Producer producer, String topic, int... partitions) {
        expect(
                ErrorCode.NONE,
                "add to " + producer.transactionalId(),
                ADD,
                TransactionRequests.add(producer, TransactionRequests.partitions(topic, partitions)));
    }

    void addOffsets(Producer producer, String group) {
        expect(
                ErrorCode.NONE,
                "add offsets to " + producer.transactionalId(),
                ADD_OFFSETS,
                TransactionRequests.addOffsets(producer, group));
    }

    /** Ends it and waits until its markers are written. */
    void end(Producer producer, boolean committed) {
        expect(ErrorCode.NONE, "end " + producer.transactionalId(), END, TransactionRequests.end(producer, committed));
        awaitState(producer.transactionalId(), committed ? "CompleteCommit" : "CompleteAbort");
    }

    /** As {@link #end}, in the second protocol: who goes on in the next epoch. */
    Producer endWithEpoch(Producer producer, boolean committed) {
        EndTxnResponse answer = expect(
                        ErrorCode.NONE,
                        "end epoch " + producer.epoch() + " of " + producer.transactionalId(),
                        END_WITH_EPOCH,
                        TransactionRequests.end(producer, committed))
                .as(EndTxnResponse.class);
        awaitState(producer.transactionalId(), committed ? "CompleteCommit" : "CompleteAbort");
        return new Producer(producer.transactionalId(), answer.producerId(), answer.producerEpoch());
    }

    /** @param state as it is described; nothing for an id that is not known */
    void awaitState(String transactionalId, String state) {
        play.await(
                transactionalId + " to be " + state,
                0,
                describe(transactionalId),
                DescribeTransactionsResponse.class,
                answer -> answer.transactionStates().get(0).transactionState().equals(state)
                        && (!state.isEmpty()
                                || answer.transactionStates().get(0).errorCode()
                                        == ErrorCode.TRANSACTIONAL_ID_NOT_FOUND.code()));
    }

    private static short firstError(Object value) {
        if (value instanceof List<?> list) {
            for (Object one : list) {
                short error = firstError(one);
                if (error != 0) {
                    return error;
                }
            }
        } else if (value instanceof Message message) {
            return firstErrorOf(message);
        }
        return 0;
    }

    private static short firstErrorOf(Message message) {
        for (Field field : message.getClass().getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            Object value = read(message, field.getName());
            boolean isError =
                    field.getName().equals("errorCode") || field.getName().equals("partitionErrorCode");
            short error = isError ? (short) value : firstError(value);
            if (error != 0) {
                return error;
            }
        }
        return 0;
    }

    private static Object read(Message message, String field) {
        try {
            return message.getClass().getMethod(field).invoke(message);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
