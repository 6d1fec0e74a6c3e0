package io.barnabas.compat.differential;

import static io.barnabas.compat.differential.DataRequests.fetch;
import static io.barnabas.compat.differential.DataRequests.from;
import static io.barnabas.compat.differential.DataRequests.produce;
import static io.barnabas.compat.differential.TransactionRequests.add;
import static io.barnabas.compat.differential.TransactionRequests.asked;
import static io.barnabas.compat.differential.TransactionRequests.commit;
import static io.barnabas.compat.differential.TransactionRequests.describe;
import static io.barnabas.compat.differential.TransactionRequests.end;
import static io.barnabas.compat.differential.TransactionRequests.init;
import static io.barnabas.compat.differential.TransactionRequests.partitions;
import static io.barnabas.wire.ErrorCode.CONCURRENT_TRANSACTIONS;
import static io.barnabas.wire.ErrorCode.INVALID_PRODUCER_EPOCH;
import static io.barnabas.wire.ErrorCode.INVALID_PRODUCER_ID_MAPPING;
import static io.barnabas.wire.ErrorCode.INVALID_REQUEST;
import static io.barnabas.wire.ErrorCode.INVALID_TRANSACTION_TIMEOUT;
import static io.barnabas.wire.ErrorCode.INVALID_TXN_STATE;
import static io.barnabas.wire.ErrorCode.NONE;
import static io.barnabas.wire.ErrorCode.PRODUCER_FENCED;
import static io.barnabas.wire.ErrorCode.TOPIC_AUTHORIZATION_FAILED;
import static io.barnabas.wire.ErrorCode.TRANSACTIONAL_ID_NOT_FOUND;
import static io.barnabas.wire.ErrorCode.TRANSACTION_ABORTABLE;
import static io.barnabas.wire.ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;

import io.barnabas.compat.differential.TransactionRequests.Producer;
import io.barnabas.testkit.Acceptance;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.InitProducerIdResponse;
import io.barnabas.wire.message.ProduceRequest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Transactions of both protocols, with what producers, brokers and administrators do wrong. */
@ExtendWith(BothBrokers.class)
class TransactionDifferenceTest {
    private static final int MOST_MS = 900_000;
    private static final int PRODUCE = 9;
    private static final int SECOND_PROTOCOL_PRODUCE = 12;
    private static final int END_WITH_EPOCH = 5;

    @Test
    @Acceptance(53)
    void producersAreInitialisedAlike(SideBySide brokers) {
        brokers.everyVersion("init producer", ApiKey.INIT_PRODUCER_ID, (play, version) -> {
            Transactions transactions = new Transactions(play).ready();
            play.topic("init-" + version, 1);
            ErrorCode fenced = version < 4 ? INVALID_PRODUCER_EPOCH : PRODUCER_FENCED;
            String id = "init-" + version;
            transactions.expect(INVALID_REQUEST, "no id", version, init(""));
            transactions.expect(INVALID_TRANSACTION_TIMEOUT, "no time", version, init(id).transactionTimeoutMs(0));
            transactions.expect(
                    INVALID_TRANSACTION_TIMEOUT, "negative time", version, init(id).transactionTimeoutMs(-1));
            transactions.expect(
                    INVALID_TRANSACTION_TIMEOUT, "too much time", version, init(id).transactionTimeoutMs(MOST_MS + 1));
            transactions.expect(NONE, "most time", version, init(id).transactionTimeoutMs(MOST_MS));
            transactions.expect(NONE, "again", version, init(id));
            transactions.expect(NONE, "odd id", version, init("*:/\\ \n\"ü\u0000" + version));
            Producer producer = transactions.init(id);
            if (version >= 3) {
                transactions.expect(INVALID_REQUEST, "an epoch and no id", version, init(id).producerEpoch((short) 1));
                transactions.expect(INVALID_REQUEST, "an id and no epoch", version, init(id).producerId(producer.id()));
                transactions.expect(fenced, "somebody else's id", version, init(producer.withId(987_654)));
                transactions.expect(fenced, "epoch of the past", version, init(producer.inEpoch(0)));
                transactions.expect(fenced, "epoch of the future", version, init(producer.inEpoch(77)));
                transactions.expect(NONE, "its own epoch", version, init(producer));
                transactions.expect(NONE, "its own epoch a second time", version, init(producer));
            }
            producer = transactions.init(id);
            transactions.add(producer, "init-" + version, 0);
            transactions.expect(CONCURRENT_TRANSACTIONS, "a transaction is open", version, init(id));
            InitProducerIdResponse next =
                    play.await("next", version, init(id), InitProducerIdResponse.class, one -> one.errorCode() == 0);
            transactions.expect(NONE, "described", 0, describe(id));
            transactions.expect(fenced(2), "a zombie adds", 3, add(producer, partitions("init-" + version, 0)));
            transactions.expect(fenced(2), "a zombie ends", 3, end(producer, true));
            transactions.expect(
                    NONE,
                    "the new one adds",
                    3,
                    add(new Producer(id, next.producerId(), next.producerEpoch()), partitions("init-" + version, 0)));
        });
    }

    @Test
    void partitionsAreAddedAlike(SideBySide brokers) {
        brokers.everyVersion("add partitions", ApiKey.ADD_PARTITIONS_TO_TXN, (play, version) -> {
            if (version > 3) {
                return;
            }
            Transactions transactions = new Transactions(play).ready();
            String topic = "add-" + version;
            play.topic(topic, 2);
            Producer producer = transactions.init(topic);
            transactions.expect(INVALID_REQUEST, "no id", version, add(producer.named(""), partitions(topic, 0)));
            transactions.expect(
                    INVALID_PRODUCER_ID_MAPPING,
                    "unknown id",
                    version,
                    add(producer.named("who"), partitions(topic, 0)));
            transactions.expect(
                    INVALID_PRODUCER_ID_MAPPING,
                    "other producer",
                    version,
                    add(producer.withId(3), partitions(topic, 0)));
            transactions.expect(
                    fenced(version), "epoch of the future", version, add(producer.inEpoch(1), partitions(topic, 0)));
            transactions.expect(
                    UNKNOWN_TOPIC_OR_PARTITION, "missing topic", version, add(producer, partitions("missing", 0)));
            transactions.expect(
                    UNKNOWN_TOPIC_OR_PARTITION, "missing partition", version, add(producer, partitions(topic, 2)));
            play.ask(
                    "one missing, others not attempted",
                    version,
                    add(producer, partitions("missing", 0), partitions(topic, 0, 1)));
            transactions.expect(
                    UNKNOWN_TOPIC_OR_PARTITION,
                    "ten thousand partitions",
                    version,
                    add(
                            producer,
                            partitions("missing", IntStream.range(0, 10_000).toArray())));
            transactions.expect(
                    TOPIC_AUTHORIZATION_FAILED,
                    "internal topic",
                    version,
                    add(producer, partitions("__consumer_offsets", 0)));
            transactions.expect(NONE, "described, still empty", 0, describe(topic));
            transactions.expect(NONE, "one", version, add(producer, partitions(topic, 0)));
            transactions.expect(NONE, "the same", version, add(producer, partitions(topic, 0)));
            transactions.expect(NONE, "both, one twice", version, add(producer, partitions(topic, 0, 1, 0)));
            transactions.expect(NONE, "described", 0, describe(topic));
            transactions.end(producer, true);
            transactions.expect(NONE, "next transaction", version, add(producer, partitions(topic, 1)));
            transactions.end(producer, false);
            producer = transactions.init(topic);
            transactions.expect(
                    fenced(version), "epoch of the past", version, add(producer.inEpoch(0), partitions(topic, 0)));
        });
    }

    @Test
    void brokersVerifyAlike(SideBySide brokers) {
        brokers.everyVersion("verify", ApiKey.ADD_PARTITIONS_TO_TXN, (play, version) -> {
            if (version < 4) {
                return;
            }
            Transactions transactions = new Transactions(play).ready();
            String topic = "verify-" + version;
            play.topic(topic, 2);
            Producer producer = transactions.init(topic);
            transactions.expect(
                    TRANSACTION_ABORTABLE, "nothing open", version, add(asked(true, producer, partitions(topic, 0))));
            transactions.add(producer, topic, 0);
            transactions.expect(NONE, "part of it", version, add(asked(true, producer, partitions(topic, 0))));
            transactions.expect(
                    TRANSACTION_ABORTABLE, "not part of it", version, add(asked(true, producer, partitions(topic, 1))));
            transactions.expect(
                    UNKNOWN_TOPIC_OR_PARTITION,
                    "missing topic",
                    version,
                    add(asked(true, producer, partitions("missing", 1))));
            transactions.expect(
                    INVALID_REQUEST, "no id", version, add(asked(true, producer.named(""), partitions(topic, 0))));
            transactions.expect(
                    INVALID_PRODUCER_ID_MAPPING,
                    "other producer",
                    version,
                    add(asked(true, producer.withId(3), partitions(topic, 0))));
            transactions.expect(
                    PRODUCER_FENCED,
                    "other epoch",
                    version,
                    add(asked(true, producer.inEpoch(7), partitions(topic, 0))));
            transactions.expect(
                    INVALID_PRODUCER_ID_MAPPING,
                    "several transactions",
                    version,
                    add(
                            asked(true, producer, partitions(topic, 0)),
                            asked(true, producer.named("who"), partitions(topic, 0))));
            transactions.end(producer, true);
            transactions.expect(
                    TRANSACTION_ABORTABLE, "ended", version, add(asked(true, producer, partitions(topic, 0))));
        });
    }

    @Test
    void transactionsEndAlike(SideBySide brokers) {
        brokers.everyVersion("end", ApiKey.END_TXN, (play, version) -> {
            Transactions transactions = new Transactions(play).ready();
            String id = "end-" + version;
            play.topic(id, 1);
            Producer producer = transactions.init(id);
            transactions.expect(INVALID_REQUEST, "no id", version, end(producer.named(""), true));
            transactions.expect(INVALID_PRODUCER_ID_MAPPING, "unknown id", version, end(producer.named("who"), true));
            transactions.expect(INVALID_PRODUCER_ID_MAPPING, "other producer", version, end(producer.withId(3), true));
            transactions.expect(fenced(version), "other epoch", version, end(producer.inEpoch(1), true));
            transactions.expect(INVALID_TXN_STATE, "nothing to commit", version, end(producer, true));
            transactions.expect(INVALID_TXN_STATE, "nothing to abort", version, end(producer, false));
            for (boolean committed : new boolean[] {true, false}) {
                transactions.add(producer, id, 0);
                transactions.expect(NONE, "ended " + committed, version, end(producer, committed));
                transactions.awaitState(id, committed ? "CompleteCommit" : "CompleteAbort");
                transactions.expect(NONE, "once more", version, end(producer, committed));
                transactions.expect(INVALID_TXN_STATE, "the other way", version, end(producer, !committed));
                transactions.expect(NONE, "described", 0, describe(id));
            }
        });
    }

    @Test
    void transactionsAreDescribedAlike(SideBySide brokers) {
        brokers.everyVersion("describe transactions", ApiKey.DESCRIBE_TRANSACTIONS, (play, version) -> {
            Transactions transactions = new Transactions(play).ready();
            play.topic("described", 3);
            transactions.expect(NONE, "none", version, describe());
            transactions.expect(TRANSACTIONAL_ID_NOT_FOUND, "unknown", version, describe("described", "described"));
            transactions.expect(INVALID_REQUEST, "no id", version, describe(""));
            Producer producer = transactions.init("described");
            transactions.expect(NONE, "empty", version, describe("described"));
            transactions.add(producer, "described", 2, 0);
            transactions.expect(NONE, "ongoing", version, describe("described"));
            transactions.end(producer, true);
            transactions.expect(NONE, "committed", version, describe("described"));
        });
    }

    @Test
    void theSecondProtocolIsSpokenAlike(SideBySide brokers) {
        brokers.everyVersion("second protocol", ApiKey.PRODUCE, (play, version) -> {
            if (version < SECOND_PROTOCOL_PRODUCE) {
                return;
            }
            Transactions transactions = new Transactions(play).ready();
            play.coordinator();
            String topic = "second-" + version;
            Uuid id = play.topic(topic, 2);
            Producer zombie = transactions.init(topic);
            Producer first = transactions.init(topic);
            transactions.expect(INVALID_PRODUCER_EPOCH, "a zombie", version, records(zombie, topic, 0, 0));
            transactions.expect(
                    INVALID_PRODUCER_ID_MAPPING, "other id", version, records(first.named("who"), topic, 0, 0));
            transactions.expect(NONE, "adds its partition", version, records(first, topic, 0, 0));
            transactions.expect(NONE, "repeated", version, records(first, topic, 0, 0));
            transactions.expect(NONE, "next", version, records(first, topic, 0, 2));
            transactions.expect(NONE, "adds its offsets", 5, commit(first, topic, topic, 0, 7));
            transactions.expect(INVALID_PRODUCER_EPOCH, "other epoch", 5, commit(first.inEpoch(7), topic, topic, 0, 7));
            transactions.expect(PRODUCER_FENCED, "ended by a zombie", END_WITH_EPOCH, end(zombie, true));

            Producer second = transactions.endWithEpoch(first, true);
            transactions.expect(NONE, "its end repeated", END_WITH_EPOCH, end(first, true));
            transactions.expect(INVALID_TXN_STATE, "its end the other way", END_WITH_EPOCH, end(first, false));
            transactions.expect(INVALID_PRODUCER_EPOCH, "late", version, records(first, topic, 0, 4));
            transactions.expect(INVALID_PRODUCER_EPOCH, "late elsewhere", version, records(first, topic, 1, 0));
            transactions.expect(INVALID_TXN_STATE, "nothing to commit", END_WITH_EPOCH, end(second, true));
            transactions.expect(NONE, "begins with zero again", version, records(second, topic, 0, 0));
            transactions.expect(PRODUCER_FENCED, "an old end in a new one", END_WITH_EPOCH, end(first, true));

            Producer third = transactions.endWithEpoch(second, false);
            Producer fourth = transactions.endWithEpoch(third, false);
            transactions.expect(NONE, "after an empty one", version, records(fourth, topic, 1, 0));
            transactions.endWithEpoch(fourth, true);
            transactions.expect(
                    NONE, "read", 11, fetch(topic, id, from(0, 0), from(1, 0)).isolationLevel((byte) 1));
        });
    }

    private static ErrorCode fenced(int version) {
        return version < 2 ? INVALID_PRODUCER_EPOCH : PRODUCER_FENCED;
    }

    private static ProduceRequest records(Producer producer, String topic, int partition, int sequence) {
        return produce(topic, partition, RecordSets.transactional(producer.id(), producer.epoch(), sequence, "a", "b"))
                .transactionalId(producer.transactionalId());
    }
}
