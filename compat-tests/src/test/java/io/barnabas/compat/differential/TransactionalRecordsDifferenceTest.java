package io.barnabas.compat.differential;

import static io.barnabas.compat.differential.DataRequests.fetch;
import static io.barnabas.compat.differential.DataRequests.from;
import static io.barnabas.compat.differential.DataRequests.listOffsets;
import static io.barnabas.compat.differential.DataRequests.produce;
import static io.barnabas.compat.differential.TransactionRequests.marker;
import static io.barnabas.compat.differential.TransactionRequests.producersOf;
import static io.barnabas.compat.differential.TransactionRequests.write;
import static io.barnabas.wire.ErrorCode.INVALID_PRODUCER_EPOCH;
import static io.barnabas.wire.ErrorCode.INVALID_PRODUCER_ID_MAPPING;
import static io.barnabas.wire.ErrorCode.INVALID_TXN_STATE;
import static io.barnabas.wire.ErrorCode.NONE;
import static io.barnabas.wire.ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER;
import static io.barnabas.wire.ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED;
import static io.barnabas.wire.ErrorCode.TRANSACTION_ABORTABLE;
import static io.barnabas.wire.ErrorCode.TRANSACTION_COORDINATOR_FENCED;
import static io.barnabas.wire.ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;

import io.barnabas.compat.differential.TransactionRequests.Producer;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.ProduceRequest;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Records of transactions and the markers that end them, and what partitions tell of their producers. */
@ExtendWith(BothBrokers.class)
class TransactionalRecordsDifferenceTest {
    private static final int PRODUCE = 9;
    private static final int SECOND_PROTOCOL_PRODUCE = 12;

    @Test
    void markersAreWrittenAlike(SideBySide brokers) {
        brokers.everyVersion("markers", ApiKey.WRITE_TXN_MARKERS, (play, version) -> {
            Transactions transactions = new Transactions(play).ready();
            String topic = "markers-" + version;
            Uuid id = play.topic(topic, 2);
            Producer producer = transactions.init(topic);
            Producer next = transactions.init(topic);
            transactions.add(next, topic, 0);
            transactions.expect(NONE, "records", PRODUCE, records(next, topic, 0, 0));
            transactions.expect(
                    UNKNOWN_TOPIC_OR_PARTITION, "missing topic", version, write(marker(next, true, 0, "missing", 0)));
            transactions.expect(
                    UNKNOWN_TOPIC_OR_PARTITION, "missing partition", version, write(marker(next, true, 0, topic, 2)));
            transactions.expect(
                    INVALID_PRODUCER_EPOCH, "epoch of the past", version, write(marker(producer, true, 5, topic, 0)));
            transactions.expect(NONE, "good", version, write(marker(next, true, 5, topic, 0)));
            transactions.expect(
                    TRANSACTION_COORDINATOR_FENCED,
                    "a coordinator of the past",
                    version,
                    write(marker(next, true, 4, topic, 0)));
            transactions.expect(NONE, "unknown producer", version, write(marker(next.withId(77), false, 5, topic, 1)));
            transactions.expect(NONE, "no markers", version, write());
            transactions.expect(NONE, "producers", 0, producersOf(topic, 0, 1));
            transactions.expect(
                    NONE, "records and marker", 11, fetch(topic, id, from(0, 0)).isolationLevel((byte) 1));
        });
    }

    @Test
    void producersAreDescribedAlike(SideBySide brokers) {
        brokers.everyVersion("describe producers", ApiKey.DESCRIBE_PRODUCERS, (play, version) -> {
            Transactions transactions = new Transactions(play).ready();
            play.topic("producers", 2);
            transactions.expect(UNKNOWN_TOPIC_OR_PARTITION, "missing topic", version, producersOf("missing", 0));
            transactions.expect(UNKNOWN_TOPIC_OR_PARTITION, "missing partition", version, producersOf("producers", 2));
            transactions.expect(NONE, "nobody", version, producersOf("producers", 0, 1));
            Producer producer = transactions.init("producers");
            transactions.add(producer, "producers", 0);
            transactions.expect(NONE, "records", PRODUCE, records(producer, "producers", 0, 0));
            transactions.expect(NONE, "open", version, producersOf("producers", 0));
            transactions.end(producer, true);
            transactions.expect(NONE, "committed", version, producersOf("producers", 0));
        });
    }

    @Test
    void transactionalRecordsAreTakenAlike(SideBySide brokers) {
        brokers.everyVersion("transactional produce", ApiKey.PRODUCE, (play, version) -> {
            if (version < 3 || version >= SECOND_PROTOCOL_PRODUCE) {
                return;
            }
            Transactions transactions = new Transactions(play).ready();
            String topic = "txn-produce-" + version;
            Uuid id = play.topic(topic, 2);
            ErrorCode notPart = version < 11 ? INVALID_TXN_STATE : TRANSACTION_ABORTABLE;
            Producer zombie = transactions.init(topic);
            Producer producer = transactions.init(topic);
            transactions.expect(
                    TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
                    "no id",
                    version,
                    records(producer, topic, 0, 0).transactionalId(null));
            transactions.expect(notPart, "not added", version, records(producer, topic, 0, 0));
            transactions.add(producer, topic, 0);
            transactions.expect(notPart, "another partition", version, records(producer, topic, 1, 0));
            transactions.expect(
                    INVALID_PRODUCER_ID_MAPPING, "other id", version, records(producer.named("who"), topic, 0, 0));
            transactions.expect(INVALID_PRODUCER_EPOCH, "a zombie", version, records(zombie, topic, 0, 0));
            transactions.expect(NONE, "first", version, records(producer, topic, 0, 0));
            transactions.expect(NONE, "repeated", version, records(producer, topic, 0, 0));
            transactions.expect(NONE, "next", version, records(producer, topic, 0, 2));
            transactions.expect(OUT_OF_ORDER_SEQUENCE_NUMBER, "gap", version, records(producer, topic, 0, 7));
            transactions.expect(INVALID_PRODUCER_EPOCH, "zombie amid", version, records(zombie, topic, 0, 4));
            transactions.expect(INVALID_TXN_STATE, "not transactional", version, produce(topic, 0, plain(producer, 4)));
            transactions.expect(NONE, "plain", version, produce(topic, 0, RecordSets.batch("plain")));
            transactions.expect(NONE, "unread", 11, fetch(topic, id, from(0, 0)).isolationLevel((byte) 1));
            transactions.expect(NONE, "end", 5, listOffsets(topic, 0, -1).isolationLevel((byte) 1));
            transactions.end(producer, false);
            transactions.expect(notPart, "late", version, records(producer, topic, 0, 4));
            transactions.expect(
                    NONE, "aborted", 11, fetch(topic, id, from(0, 0)).isolationLevel((byte) 1));
            transactions.expect(
                    NONE, "the end of it", 5, listOffsets(topic, 0, -1).isolationLevel((byte) 1));
            transactions.add(producer, topic, 0);
            transactions.expect(NONE, "once more", version, records(producer, topic, 0, 4));
            transactions.end(producer, true);
            transactions.expect(
                    NONE, "committed", 11, fetch(topic, id, from(0, 0)).isolationLevel((byte) 1));
        });
    }

    private static ProduceRequest records(Producer producer, String topic, int partition, int sequence) {
        return produce(topic, partition, RecordSets.transactional(producer.id(), producer.epoch(), sequence, "a", "b"))
                .transactionalId(producer.transactionalId());
    }

    private static ByteBuf plain(Producer producer, int sequence) {
        return RecordSets.batch(producer.id(), producer.epoch(), sequence, "plain");
    }
}
