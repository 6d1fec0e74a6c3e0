package io.barnabas.txn;

import io.barnabas.coordinator.FieldReader;
import io.barnabas.coordinator.FieldWriter;
import io.barnabas.coordinator.RecordCodec;
import io.barnabas.wire.TopicPartition;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntSupplier;

/**
 * Kafka's records of {@code __transaction_state}: key 0 with the transactional id; value 0, or value 1 in compact form
 * with what the second protocol of transactions needs as tagged fields. Value 1 is written from feature level 1 on; the
 * first brokers that know it read both.
 */
final class TransactionRecordCodec implements RecordCodec<TransactionRecord> {
    private static final short KEY = 0;
    private static final short PLAIN_VALUE = 0;
    private static final short COMPACT_VALUE = 1;
    private static final int PREVIOUS_PRODUCER_ID = 0;
    private static final int NEXT_PRODUCER_ID = 1;
    private static final int CLIENT_VERSION = 2;

    private final IntSupplier featureLevel;

    /** @param featureLevel of {@code transaction.version}, asked for each record */
    TransactionRecordCodec(IntSupplier featureLevel) {
        this.featureLevel = featureLevel;
    }

    @Override
    public byte[] key(TransactionRecord record) {
        return FieldWriter.plain().int16(KEY).string(record.transactionalId()).toBytes();
    }

    @Override
    public byte[] value(TransactionRecord record) {
        var writer = new ValueWriter();
        record.accept(writer);
        return writer.value;
    }

    private final class ValueWriter implements TransactionRecord.Visitor {
        private byte[] value;

        @Override
        public void stored(TransactionState state) {
            boolean compact = featureLevel.getAsInt() >= 1;
            FieldWriter fields = compact
                    ? FieldWriter.compact().int16(COMPACT_VALUE)
                    : FieldWriter.plain().int16(PLAIN_VALUE);
            fields.int64(state.producerId())
                    .int16(state.epoch())
                    .int32(state.timeoutMs())
                    .int8(state.status().id());
            writePartitions(state, fields);
            fields.int64(state.lastUpdateMs()).int64(state.startMs());
            value = (compact ? fields.tags(tags(state)) : fields).toBytes();
        }

        @Override
        public void removed(String transactionalId) {
            value = null;
        }
    }

    private static void writePartitions(TransactionState state, FieldWriter fields) {
        if (state.status() == TransactionStatus.EMPTY) {
            fields.nullArray();
            return;
        }
        SortedMap<String, SortedSet<Integer>> topics = new TreeMap<>();
        for (TopicPartition partition : state.partitions()) {
            topics.computeIfAbsent(partition.topic(), topic -> new TreeSet<>()).add(partition.partition());
        }
        fields.count(topics.size());
        topics.forEach((topic, partitions) -> {
            fields.string(topic).count(partitions.size());
            partitions.forEach(fields::int32);
            fields.noTags();
        });
    }

    private static SortedMap<Integer, byte[]> tags(TransactionState state) {
        SortedMap<Integer, byte[]> tags = new TreeMap<>();
        if (state.previousProducerId() != TransactionState.NO_ID) {
            tags.put(PREVIOUS_PRODUCER_ID, int64(state.previousProducerId()));
        }
        if (state.nextProducerId() != TransactionState.NO_ID) {
            tags.put(NEXT_PRODUCER_ID, int64(state.nextProducerId()));
        }
        if (state.clientVersion() != TransactionState.CLASSIC) {
            tags.put(
                    CLIENT_VERSION,
                    FieldWriter.plain().int16(state.clientVersion()).toBytes());
        }
        return tags;
    }

    private static byte[] int64(long value) {
        return FieldWriter.plain().int64(value).toBytes();
    }

    @Override
    public TransactionRecord decode(ByteBuffer key, ByteBuffer value) {
        try {
            FieldReader fields = new FieldReader(key, false);
            if (fields.int16() != KEY) {
                return null;
            }
            String transactionalId = fields.string();
            return value == null
                    ? new TransactionRecord.Removed(transactionalId)
                    : new TransactionRecord.Stored(read(transactionalId, value));
        } catch (BufferUnderflowException tooShort) {
            throw new IllegalArgumentException("a record of " + key.limit() + " key bytes ends too early", tooShort);
        }
    }

    private static TransactionState read(String transactionalId, ByteBuffer value) {
        short version = value.getShort();
        if (version < PLAIN_VALUE || version > COMPACT_VALUE) {
            throw new IllegalArgumentException("a transaction's value of version " + version);
        }
        FieldReader fields = new FieldReader(value, version == COMPACT_VALUE);
        long producerId = fields.int64();
        short epoch = fields.int16();
        int timeoutMs = fields.int32();
        TransactionStatus status = TransactionStatus.of(fields.int8());
        SortedSet<TopicPartition> partitions = readPartitions(fields);
        long lastUpdateMs = fields.int64();
        long startMs = fields.int64();
        Tags tags = new Tags();
        fields.tags(tags);
        return new TransactionState(
                transactionalId,
                producerId,
                tags.previousProducerId,
                tags.nextProducerId,
                epoch,
                TransactionState.NO_EPOCH,
                timeoutMs,
                status,
                partitions,
                lastUpdateMs,
                startMs,
                tags.clientVersion);
    }

    private static SortedSet<TopicPartition> readPartitions(FieldReader fields) {
        TreeSet<TopicPartition> partitions = new TreeSet<>();
        for (int topics = fields.nullableCount(); topics > 0; topics--) {
            String topic = fields.string();
            for (int ids = fields.count(); ids > 0; ids--) {
                partitions.add(new TopicPartition(topic, fields.int32()));
            }
            fields.skipTags();
        }
        return Collections.unmodifiableSortedSet(partitions);
    }

    private static final class Tags implements FieldReader.TagVisitor {
        private long previousProducerId = TransactionState.NO_ID;
        private long nextProducerId = TransactionState.NO_ID;
        private short clientVersion = TransactionState.CLASSIC;

        @Override
        public void tag(int tag, FieldReader field) {
            switch (tag) {
                case PREVIOUS_PRODUCER_ID -> previousProducerId = field.int64();
                case NEXT_PRODUCER_ID -> nextProducerId = field.int64();
                case CLIENT_VERSION -> clientVersion = field.int16();
                default -> {
                    // Of a later release.
                }
            }
        }
    }
}
