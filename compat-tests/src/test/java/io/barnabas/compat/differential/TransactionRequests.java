package io.barnabas.compat.differential;

import static io.barnabas.compat.differential.DataRequests.list;

import io.barnabas.wire.message.AddOffsetsToTxnRequest;
import io.barnabas.wire.message.AddPartitionsToTxnRequest;
import io.barnabas.wire.message.AddPartitionsToTxnRequest.AddPartitionsToTxnTopic;
import io.barnabas.wire.message.AddPartitionsToTxnRequest.AddPartitionsToTxnTransaction;
import io.barnabas.wire.message.DescribeProducersRequest;
import io.barnabas.wire.message.DescribeProducersRequest.TopicRequest;
import io.barnabas.wire.message.DescribeTransactionsRequest;
import io.barnabas.wire.message.EndTxnRequest;
import io.barnabas.wire.message.InitProducerIdRequest;
import io.barnabas.wire.message.TxnOffsetCommitRequest;
import io.barnabas.wire.message.TxnOffsetCommitRequest.TxnOffsetCommitRequestPartition;
import io.barnabas.wire.message.TxnOffsetCommitRequest.TxnOffsetCommitRequestTopic;
import io.barnabas.wire.message.WriteTxnMarkersRequest;
import io.barnabas.wire.message.WriteTxnMarkersRequest.WritableTxnMarker;
import io.barnabas.wire.message.WriteTxnMarkersRequest.WritableTxnMarkerTopic;

/** Requests about transactions as scenarios need them. */
final class TransactionRequests {
    static final int TIMEOUT_MS = 600_000;

    private TransactionRequests() {}

    /** Who writes, as a broker has named it. */
    record Producer(String transactionalId, long id, short epoch) {
        Producer inEpoch(int other) {
            return new Producer(transactionalId, id, (short) other);
        }

        Producer withId(long other) {
            return new Producer(transactionalId, other, epoch);
        }

        Producer named(String other) {
            return new Producer(other, id, epoch);
        }
    }

    static InitProducerIdRequest init(String transactionalId) {
        return new InitProducerIdRequest().transactionalId(transactionalId).transactionTimeoutMs(TIMEOUT_MS);
    }

    static InitProducerIdRequest init(Producer producer) {
        return init(producer.transactionalId).producerId(producer.id).producerEpoch(producer.epoch);
    }

    static AddPartitionsToTxnTopic partitions(String topic, int... partitions) {
        return new AddPartitionsToTxnTopic().name(topic).partitions(partitions);
    }

    /** As producers ask, in versions up to 3. */
    static AddPartitionsToTxnRequest add(Producer producer, AddPartitionsToTxnTopic... topics) {
        return new AddPartitionsToTxnRequest()
                .v3AndBelowTransactionalId(producer.transactionalId)
                .v3AndBelowProducerId(producer.id)
                .v3AndBelowProducerEpoch(producer.epoch)
                .v3AndBelowTopics(list(topics));
    }

    /** As brokers ask, in versions from 4. */
    static AddPartitionsToTxnTransaction asked(
            boolean verifyOnly, Producer producer, AddPartitionsToTxnTopic... topics) {
        return new AddPartitionsToTxnTransaction()
                .transactionalId(producer.transactionalId)
                .producerId(producer.id)
                .producerEpoch(producer.epoch)
                .verifyOnly(verifyOnly)
                .topics(list(topics));
    }

    static AddPartitionsToTxnRequest add(AddPartitionsToTxnTransaction... transactions) {
        return new AddPartitionsToTxnRequest().transactions(list(transactions));
    }

    static AddOffsetsToTxnRequest addOffsets(Producer producer, String group) {
        return new AddOffsetsToTxnRequest()
                .transactionalId(producer.transactionalId)
                .producerId(producer.id)
                .producerEpoch(producer.epoch)
                .groupId(group);
    }

    static EndTxnRequest end(Producer producer, boolean committed) {
        return new EndTxnRequest()
                .transactionalId(producer.transactionalId)
                .producerId(producer.id)
                .producerEpoch(producer.epoch)
                .committed(committed);
    }

    /** One offset of a group, without a member. */
    static TxnOffsetCommitRequest commit(Producer producer, String group, String topic, int partition, long offset) {
        return new TxnOffsetCommitRequest()
                .transactionalId(producer.transactionalId)
                .producerId(producer.id)
                .producerEpoch(producer.epoch)
                .groupId(group)
                .topics(list(new TxnOffsetCommitRequestTopic()
                        .name(topic)
                        .partitions(list(new TxnOffsetCommitRequestPartition()
                                .partitionIndex(partition)
                                .committedOffset(offset)
                                .committedMetadata("m")))));
    }

    static WritableTxnMarker marker(
            Producer producer, boolean committed, int coordinatorEpoch, String topic, int... partitions) {
        return new WritableTxnMarker()
                .producerId(producer.id)
                .producerEpoch(producer.epoch)
                .transactionResult(committed)
                .coordinatorEpoch(coordinatorEpoch)
                .topics(list(new WritableTxnMarkerTopic().name(topic).partitionIndexes(partitions)));
    }

    static WriteTxnMarkersRequest write(WritableTxnMarker... markers) {
        return new WriteTxnMarkersRequest().markers(list(markers));
    }

    static DescribeTransactionsRequest describe(String... transactionalIds) {
        return new DescribeTransactionsRequest().transactionalIds(list(transactionalIds));
    }

    static DescribeProducersRequest producersOf(String topic, int... partitions) {
        return new DescribeProducersRequest()
                .topics(list(new TopicRequest().name(topic).partitionIndexes(partitions)));
    }
}
