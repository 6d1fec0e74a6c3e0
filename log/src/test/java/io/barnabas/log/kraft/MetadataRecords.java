package io.barnabas.log.kraft;

import io.barnabas.wire.Uuid;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Records of a metadata log, encoded by hand after Kafka's schemas. */
final class MetadataRecords {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private MetadataRecords(int kind, int version) {
        varint(1).varint(kind).varint(version);
    }

    static byte[] topic(String name, Uuid id) {
        return new MetadataRecords(2, 0).text(name).uuid(id).varint(0).done();
    }

    static byte[] partition(Uuid topic, int index, List<Integer> replicas, List<Integer> isr, int leader, int epoch) {
        return new MetadataRecords(3, 1)
                .int32(index)
                .uuid(topic)
                .ints(replicas)
                .ints(isr)
                .ints(List.of())
                .ints(List.of())
                .int32(leader)
                .int32(epoch)
                .int32(0)
                .varint(1)
                .varint(0)
                .done();
    }

    /** The in-sync replicas and the leader, either one null when it has not changed. */
    static byte[] change(Uuid topic, int index, List<Integer> isr, Integer leader) {
        MetadataRecords record = new MetadataRecords(5, 0).int32(index).uuid(topic);
        record.varint((isr == null ? 0 : 1) + (leader == null ? 0 : 1) + 1);
        if (isr != null) {
            record.varint(0).varint(1 + 4 * isr.size()).ints(isr);
        }
        if (leader != null) {
            record.varint(1).varint(4).int32(leader);
        }
        return record.varint(5).varint(1).int8(1).done();
    }

    /** Nobody is in sync, nobody leads; these would do. */
    static byte[] lastOneLeft(Uuid topic, int index, List<Integer> eligible) {
        return new MetadataRecords(5, 2)
                .int32(index)
                .uuid(topic)
                .varint(3)
                .varint(0)
                .varint(1)
                .ints(List.of())
                .varint(1)
                .varint(4)
                .int32(-1)
                .varint(6)
                .varint(1 + 4 * eligible.size())
                .ints(eligible)
                .done();
    }

    /** @param type 2 for a topic, 4 for a broker */
    static byte[] config(int type, String entity, String name, String value) {
        MetadataRecords record =
                new MetadataRecords(4, 0).int8(type).text(entity).text(name);
        return (value == null ? record.varint(0) : record.text(value)).varint(0).done();
    }

    static byte[] removal(Uuid topic) {
        return new MetadataRecords(9, 0).uuid(topic).varint(0).done();
    }

    static byte[] producerIds(long next) {
        return new MetadataRecords(15, 0)
                .int32(1)
                .int64(7)
                .int64(next)
                .varint(0)
                .done();
    }

    static byte[] plain(int kind) {
        return new MetadataRecords(kind, 0).varint(0).done();
    }

    private MetadataRecords varint(int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            bytes.write(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes.write(rest);
        return this;
    }

    private MetadataRecords text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        varint(utf8.length + 1);
        bytes.writeBytes(utf8);
        return this;
    }

    private MetadataRecords ints(List<Integer> values) {
        varint(values.size() + 1);
        values.forEach(this::int32);
        return this;
    }

    private MetadataRecords uuid(Uuid id) {
        return int64(id.mostSignificantBits()).int64(id.leastSignificantBits());
    }

    private MetadataRecords int8(int value) {
        bytes.write(value);
        return this;
    }

    private MetadataRecords int32(int value) {
        try {
            out.writeInt(value);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return this;
    }

    private MetadataRecords int64(long value) {
        return int32((int) (value >>> 32)).int32((int) value);
    }

    private byte[] done() {
        return bytes.toByteArray();
    }
}
