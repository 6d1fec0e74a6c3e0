package io.barnabas.simulation;

import io.barnabas.testkit.SimulatedTime;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.AddOffsetsToTxnResponse;
import io.barnabas.wire.message.AddPartitionsToTxnResponse;
import io.barnabas.wire.message.EndTxnResponse;
import io.barnabas.wire.message.InitProducerIdResponse;
import io.barnabas.wire.message.OffsetFetchResponse;
import io.barnabas.wire.message.ProduceResponse;
import io.barnabas.wire.message.TxnOffsetCommitResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * One incarnation of a transactional id: takes the numbers of an input from where its group got, writes each of them to
 * some output and commits records and offset together; now and then it aborts, hesitates, or is cut short. Behaves as
 * Kafka's producer does: tries again what may be tried again, aborts what it gave up on, ends when it is fenced.
 */
final class Producer {
    private static final Set<ErrorCode> PASSING = EnumSet.of(
            ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
            ErrorCode.COORDINATOR_NOT_AVAILABLE,
            ErrorCode.NOT_COORDINATOR,
            ErrorCode.CONCURRENT_TRANSACTIONS,
            ErrorCode.NOT_LEADER_OR_FOLLOWER,
            ErrorCode.NOT_ENOUGH_REPLICAS,
            ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
            ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
            ErrorCode.REQUEST_TIMED_OUT,
            ErrorCode.KAFKA_STORAGE_ERROR,
            ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
            ErrorCode.UNSTABLE_OFFSET_COMMIT);

    private static final Set<ErrorCode> FATAL = EnumSet.of(
            ErrorCode.PRODUCER_FENCED, ErrorCode.INVALID_PRODUCER_EPOCH, ErrorCode.INVALID_PRODUCER_ID_MAPPING);

    private static final int SOME_TRIES = 8;
    private static final int ANY_NUMBER = Integer.MAX_VALUE;
    private static final int MOST_NUMBERS = 4;
    private static final int PERCENT = 100;
    private static final int COMMITS_PERCENT = 85;
    private static final int HESITATES_PERCENT = 3;

    private final ProducerRequests requests;
    private final int input;
    private final int outputs;
    private final SimulatedTime time;
    private final RandomGenerator random;
    private final Connection connection;
    private final Ledger ledger;
    private final Runnable ended;

    private final int[] nextSequence;
    private long position;
    private Ledger.Attempt attempt;
    private boolean unresolved;
    private boolean stopped;

    /** @param ended called once it cannot go on */
    Producer(
            ProducerRequests requests,
            int input,
            int outputs,
            SimulatedTime time,
            RandomGenerator random,
            Connection connection,
            Ledger ledger,
            Runnable ended) {
        this.requests = requests;
        this.input = input;
        this.outputs = outputs;
        this.time = time;
        this.random = random;
        this.connection = connection;
        this.ledger = ledger;
        this.ended = ended;
        this.nextSequence = new int[outputs];
    }

    void start() {
        initialise(this::findPosition);
    }

    /** Its process is gone; what it sent may still arrive. */
    void stop() {
        stopped = true;
    }

    private void end() {
        stopped = true;
        ended.run();
    }

    private void initialise(Runnable then) {
        this.<InitProducerIdResponse>ask(
                requests.init(), ANY_NUMBER, response -> ErrorCode.of(response.errorCode()), (error, response) -> {
                    if (error == ErrorCode.NONE) {
                        goOnAs(response.producerId(), response.producerEpoch());
                        then.run();
                    } else {
                        end();
                    }
                });
    }

    private void goOnAs(long producerId, short epoch) {
        requests.producer(producerId, epoch);
        unresolved = false;
        Arrays.fill(nextSequence, 0);
    }

    private void findPosition() {
        long confirmed = ledger.confirmedEnd(input);
        this.<OffsetFetchResponse>ask(
                ProducerRequests.offset(input), ANY_NUMBER, Producer::errorOf, (error, response) -> {
                    if (error != ErrorCode.NONE) {
                        end();
                        return;
                    }
                    position = Math.max(0, committedOffset(response));
                    ledger.offsetTold(input, position, confirmed);
                    hesitate(this::begin);
                });
    }

    static long committedOffset(OffsetFetchResponse response) {
        return response.topics().get(0).partitions().get(0).committedOffset();
    }

    static ErrorCode errorOf(OffsetFetchResponse response) {
        return response.errorCode() != 0
                ? ErrorCode.of(response.errorCode())
                : ErrorCode.of(response.topics().get(0).partitions().get(0).errorCode());
    }

    private void begin() {
        attempt = ledger.begin(input, position, random.nextInt(1, MOST_NUMBERS + 1));
        Map<Integer, List<String>> values = new TreeMap<>();
        for (long number = attempt.first; number < attempt.end; number++) {
            values.computeIfAbsent(random.nextInt(outputs), unused -> new ArrayList<>())
                    .add(attempt.value(number));
        }
        if (requests.addsPartitions()) {
            addPartitions(values);
        } else {
            write(values);
        }
    }

    private void addPartitions(Map<Integer, List<String>> values) {
        this.<AddPartitionsToTxnResponse>ask(
                requests.addPartitions(values.keySet()),
                SOME_TRIES,
                response -> response.resultsByTopicV3AndBelow().get(0).resultsByPartition().stream()
                        .map(result -> ErrorCode.of(result.partitionErrorCode()))
                        .filter(error -> error != ErrorCode.NONE)
                        .findFirst()
                        .orElse(ErrorCode.NONE),
                (error, response) -> goOn(error, () -> hesitate(() -> write(values))));
    }

    /** Two batches for a partition are under way at the same time. */
    private void write(Map<Integer, List<String>> values) {
        Writes writes = new Writes();
        values.forEach((partition, all) -> {
            int cut = random.nextInt(all.size() + 1);
            writes.add(partition, all.subList(0, cut));
            writes.add(partition, all.subList(cut, all.size()));
        });
        writes.send();
    }

    private void addOffsets() {
        if (requests.addsPartitions()) {
            this.<AddOffsetsToTxnResponse>ask(
                    requests.addOffsets(),
                    SOME_TRIES,
                    response -> ErrorCode.of(response.errorCode()),
                    (error, response) -> goOn(error, this::commitOffset));
        } else {
            commitOffset();
        }
    }

    private void commitOffset() {
        this.<TxnOffsetCommitResponse>ask(
                requests.commitOffset(input, attempt.end),
                SOME_TRIES,
                response -> ErrorCode.of(
                        response.topics().get(0).partitions().get(0).errorCode()),
                (error, response) -> goOn(error, () -> hesitate(this::decide)));
    }

    private void decide() {
        if (random.nextInt(PERCENT) < COMMITS_PERCENT) {
            commit();
        } else {
            abort();
        }
    }

    private void commit() {
        attempt.requestCommit();
        this.<EndTxnResponse>ask(
                requests.end(true), ANY_NUMBER, response -> ErrorCode.of(response.errorCode()), (error, response) -> {
                    if (error == ErrorCode.NONE) {
                        attempt.confirmCommit();
                        position = attempt.end;
                        ended(response);
                        hesitate(this::begin);
                    } else {
                        end();
                    }
                });
    }

    private void abort() {
        this.<EndTxnResponse>ask(
                requests.end(false), ANY_NUMBER, response -> ErrorCode.of(response.errorCode()), (error, response) -> {
                    if (error == ErrorCode.NONE) {
                        ended(response);
                        afterAbort();
                    } else if (error == ErrorCode.INVALID_TXN_STATE && requests.addsPartitions()) {
                        // Nothing of it ever came to the coordinator.
                        afterAbort();
                    } else {
                        end();
                    }
                });
    }

    private void ended(EndTxnResponse response) {
        if (!requests.addsPartitions()) {
            goOnAs(response.producerId(), response.producerEpoch());
        }
    }

    /** Sequences that may or may not have been used up are left behind together with their epoch. */
    private void afterAbort() {
        if (unresolved) {
            initialise(() -> hesitate(this::begin));
        } else {
            hesitate(this::begin);
        }
    }

    private void goOn(ErrorCode error, Runnable next) {
        if (error == ErrorCode.NONE) {
            next.run();
        } else if (FATAL.contains(error)) {
            end();
        } else {
            abort();
        }
    }

    private void hesitate(Runnable next) {
        boolean tooLong = random.nextInt(PERCENT) < HESITATES_PERCENT;
        time.schedule(random.nextInt(tooLong ? 2 * ProducerRequests.TIMEOUT_MS : 30), () -> {
            if (!stopped) {
                next.run();
            }
        });
    }

    /** @param <R> the kind of answer */
    private interface Answered<R> {
        void answered(ErrorCode error, R response);
    }

    /** Asks until there is an answer that says something, at most so often; REQUEST_TIMED_OUT in the end. */
    private <R extends ApiMessage> void ask(
            ProducerRequests.Request request, int tries, Function<R, ErrorCode> errorOf, Answered<R> then) {
        connection.send(request.version(), request.message(), request.lateness(), message -> {
            if (stopped) {
                return;
            }
            @SuppressWarnings("unchecked")
            R response = (R) message;
            ErrorCode error = response == null ? ErrorCode.REQUEST_TIMED_OUT : errorOf.apply(response);
            if (!PASSING.contains(error)) {
                then.answered(error, response);
            } else if (tries == 1) {
                then.answered(ErrorCode.REQUEST_TIMED_OUT, response);
            } else {
                time.schedule(random.nextInt(10, 60), () -> {
                    if (!stopped) {
                        ask(request, tries - 1, errorOf, then);
                    }
                });
            }
        });
    }

    /** The batches of one transaction. */
    private final class Writes {
        private final List<ProducerRequests.Request> batches = new ArrayList<>();
        private ErrorCode worst = ErrorCode.NONE;
        private int left;

        private void add(int partition, List<String> values) {
            if (!values.isEmpty()) {
                batches.add(requests.produce(partition, nextSequence[partition], values, time.nowMs()));
                nextSequence[partition] += values.size();
            }
        }

        private void send() {
            left = batches.size();
            for (ProducerRequests.Request batch : batches) {
                Producer.this.<ProduceResponse>ask(
                        batch,
                        random.nextInt(1, SOME_TRIES + 1),
                        response -> ErrorCode.of(response.responses()
                                .get(0)
                                .partitionResponses()
                                .get(0)
                                .errorCode()),
                        (error, response) -> done(error));
            }
        }

        private void done(ErrorCode error) {
            left--;
            if (error != ErrorCode.NONE) {
                unresolved = true;
                worst = FATAL.contains(worst) ? worst : error;
            }
            if (left == 0) {
                goOn(worst, () -> hesitate(Producer.this::addOffsets));
            }
        }
    }
}
