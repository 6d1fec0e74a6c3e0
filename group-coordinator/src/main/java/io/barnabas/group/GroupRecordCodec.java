package io.barnabas.group;

import io.barnabas.coordinator.FieldReader;
import io.barnabas.coordinator.FieldWriter;
import io.barnabas.coordinator.RecordCodec;
import io.barnabas.wire.TopicPartition;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Kafka's records of {@code __consumer_offsets}. Key and value begin with a version; that of the key is the kind: 0
 * and 1 offsets, 2 groups, others belong to group protocols that are not served. Written as Kafka 3.9 does: keys 1 and
 * 2, values 3, but value 1 for offsets with an expiry of their own. Read: values 0 to 4; 4 has the fields of 3 in
 * compact form.
 */
final class GroupRecordCodec implements RecordCodec<GroupRecord> {
    private static final short OFFSET_KEY = 1;
    private static final short GROUP_KEY = 2;
    private static final short VALUE_WITH_EXPIRY = 1;
    private static final short VALUE = 3;
    private static final short COMPACT_VALUE = 4;

    @Override
    public byte[] key(GroupRecord record) {
        var writer = new KeyWriter();
        record.accept(writer);
        return writer.fields.toBytes();
    }

    @Override
    public byte[] value(GroupRecord record) {
        var writer = new ValueWriter();
        record.accept(writer);
        return writer.value;
    }

    @Override
    public GroupRecord decode(ByteBuffer key, ByteBuffer value) {
        try {
            FieldReader fields = new FieldReader(key, false);
            short kind = fields.int16();
            if (kind == 0 || kind == OFFSET_KEY) {
                return readOffset(fields, value);
            }
            return kind == GROUP_KEY ? readGroup(fields.string(), value) : null;
        } catch (BufferUnderflowException tooShort) {
            throw new IllegalArgumentException("a record of " + key.limit() + " key bytes ends too early", tooShort);
        }
    }

    private static GroupRecord readOffset(FieldReader key, ByteBuffer value) {
        String groupId = key.string();
        TopicPartition partition = new TopicPartition(key.string(), key.int32());
        if (value == null) {
            return new GroupRecord.OffsetRemoved(groupId, partition);
        }
        short version = checkedVersion(value);
        FieldReader fields = new FieldReader(value, version == COMPACT_VALUE);
        long offset = fields.int64();
        int leaderEpoch = version >= 3 ? fields.int32() : CommittedOffset.NO_EPOCH;
        String metadata = fields.string();
        long commitTimestampMs = fields.int64();
        long expireTimestampMs = version == 1 ? fields.int64() : CommittedOffset.NO_TIMESTAMP;
        return new GroupRecord.OffsetCommitted(
                groupId,
                partition,
                new CommittedOffset(offset, leaderEpoch, metadata, commitTimestampMs, expireTimestampMs));
    }

    private static GroupRecord readGroup(String groupId, ByteBuffer value) {
        if (value == null) {
            return new GroupRecord.GroupRemoved(groupId);
        }
        short version = checkedVersion(value);
        FieldReader fields = new FieldReader(value, version == COMPACT_VALUE);
        String protocolType = fields.string();
        int generation = fields.int32();
        String protocolName = fields.nullableString();
        String leaderId = fields.nullableString();
        long stateSinceMs = version >= 2 ? fields.int64() : CommittedOffset.NO_TIMESTAMP;
        List<StoredMember> members = new ArrayList<>();
        for (int left = fields.count(); left > 0; left--) {
            members.add(readMember(fields, version));
        }
        return new GroupRecord.GroupStored(
                groupId,
                protocolType.isEmpty() ? null : protocolType,
                generation,
                protocolName == null && !members.isEmpty() ? "" : protocolName,
                leaderId,
                stateSinceMs,
                members);
    }

    private static StoredMember readMember(FieldReader fields, short version) {
        String memberId = fields.string();
        String instanceId = version >= 3 ? fields.nullableString() : null;
        String clientId = fields.string();
        String clientHost = fields.string();
        int rebalanceTimeoutMs = version >= 1 ? fields.int32() : -1;
        int sessionTimeoutMs = fields.int32();
        byte[] subscription = fields.bytes();
        byte[] assignment = fields.bytes();
        fields.skipTags();
        return new StoredMember(
                memberId,
                instanceId,
                clientId,
                clientHost,
                version >= 1 ? rebalanceTimeoutMs : sessionTimeoutMs,
                sessionTimeoutMs,
                subscription,
                assignment);
    }

    private static short checkedVersion(ByteBuffer value) {
        short version = value.getShort();
        if (version < 0 || version > COMPACT_VALUE) {
            throw new IllegalArgumentException("a value of version " + version + ", known are 0 to " + COMPACT_VALUE);
        }
        return version;
    }

    private static final class KeyWriter implements GroupRecord.Visitor {
        private final FieldWriter fields = FieldWriter.plain();

        @Override
        public void offsetCommitted(GroupRecord.OffsetCommitted record) {
            offset(record.groupId(), record.partition());
        }

        @Override
        public void offsetRemoved(GroupRecord.OffsetRemoved record) {
            offset(record.groupId(), record.partition());
        }

        @Override
        public void groupStored(GroupRecord.GroupStored record) {
            fields.int16(GROUP_KEY).string(record.groupId());
        }

        @Override
        public void groupRemoved(GroupRecord.GroupRemoved record) {
            fields.int16(GROUP_KEY).string(record.groupId());
        }

        private void offset(String groupId, TopicPartition partition) {
            fields.int16(OFFSET_KEY).string(groupId).string(partition.topic()).int32(partition.partition());
        }
    }

    private static final class ValueWriter implements GroupRecord.Visitor {
        private byte[] value;

        @Override
        public void offsetCommitted(GroupRecord.OffsetCommitted record) {
            CommittedOffset offset = record.offset();
            FieldWriter fields = FieldWriter.plain();
            if (offset.hasOwnExpiry()) {
                fields.int16(VALUE_WITH_EXPIRY)
                        .int64(offset.offset())
                        .string(offset.metadata())
                        .int64(offset.commitTimestampMs())
                        .int64(offset.expireTimestampMs());
            } else {
                fields.int16(VALUE)
                        .int64(offset.offset())
                        .int32(offset.leaderEpoch())
                        .string(offset.metadata())
                        .int64(offset.commitTimestampMs());
            }
            value = fields.toBytes();
        }

        @Override
        public void groupStored(GroupRecord.GroupStored record) {
            FieldWriter fields = FieldWriter.plain()
                    .int16(VALUE)
                    .string(record.protocolType() == null ? "" : record.protocolType())
                    .int32(record.generation())
                    .nullableString(record.protocolName())
                    .nullableString(record.leaderId())
                    .int64(record.stateSinceMs())
                    .int32(record.members().size());
            record.members()
                    .forEach(member -> fields.string(member.memberId())
                            .nullableString(member.instanceId())
                            .string(member.clientId())
                            .string(member.clientHost())
                            .int32(member.rebalanceTimeoutMs())
                            .int32(member.sessionTimeoutMs())
                            .bytes(member.subscription())
                            .bytes(member.assignment()));
            value = fields.toBytes();
        }

        @Override
        public void offsetRemoved(GroupRecord.OffsetRemoved record) {}

        @Override
        public void groupRemoved(GroupRecord.GroupRemoved record) {}
    }
}
