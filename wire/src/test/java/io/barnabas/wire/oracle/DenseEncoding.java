package io.barnabas.wire.oracle;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * Well-formed messages meant to cost the reader as much memory as their bytes can: arrays of many least elements, shortest
 * strings, floods of tagged fields.
 */
public final class DenseEncoding {
    /** Elements of arrays by depth. */
    private static final int[][] COUNTS = {
        {1500, 1, 1, 1, 1},
        {1, 1500, 1, 1, 1},
        {1, 1, 1500, 1, 1},
        {40, 40, 1, 1, 1},
        {1, 40, 40, 1, 1},
        {12, 12, 12, 1, 1},
        {1500, 0, 0, 0, 0},
        {1, 1500, 0, 0, 0},
        {40, 40, 0, 0, 0},
        {17, 17, 5, 0, 0},
        {65, 65, 0, 0, 0}
    };

    private static final byte[][] STRINGS = {
        {},
        utf8("a"),
        utf8("ab"),
        utf8("é"),
        utf8("Ж"),
        utf8("語"),
        utf8("\uD83D\uDE00"),
        {-1},
        {-1, -1},
        utf8("aé"),
        {-1, -1, -1}
    };

    private final RandomGenerator random;
    private final int[] counts;
    private final byte[] text;
    private final int payload;
    private final int tags;
    private final boolean isNull;

    public DenseEncoding(RandomGenerator random) {
        this.random = random;
        this.counts = COUNTS[random.nextInt(COUNTS.length)];
        this.text = STRINGS[random.nextInt(STRINGS.length)];
        this.payload = random.nextInt(3);
        this.tags = random.nextInt(3) == 0 ? random.nextInt(1, 4) : 0;
        this.isNull = random.nextBoolean();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public byte[] of(KafkaType schema) {
        ByteBuf out = Unpooled.buffer();
        schema.members().forEach(member -> value(member.type(), out, 0));
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    private void value(KafkaType type, ByteBuf out, int depth) {
        switch (type.kind()) {
            case "BOOLEAN", "INT8" -> out.writeByte(1);
            case "INT16", "UINT16" -> out.writeShort(1);
            case "INT32", "UINT32" -> out.writeInt(1);
            case "INT64", "FLOAT64" -> out.writeLong(1);
            case "UUID" -> out.writeLong(1).writeLong(1);
            case "STRING" -> bytes(type, text, 2, out);
            case "BYTES", "RECORDS" -> bytes(type, new byte[payload], 4, out);
            case "ARRAY" -> array(type, out, depth);
            case "TAGS" -> tags(type, out, depth);
            case "STRUCT" -> {
                boolean absent = type.isNullable() && isNull;
                if (type.isNullable()) {
                    out.writeByte(absent ? -1 : 1);
                }
                if (!absent) {
                    type.members().forEach(member -> value(member.type(), out, depth));
                }
            }
            default -> throw new IllegalStateException(type.kind());
        }
    }

    private void length(int length, boolean compact, int plainBytes, ByteBuf out) {
        if (compact) {
            RandomEncoding.varint(length + 1, out);
        } else if (plainBytes == 2) {
            out.writeShort(length);
        } else {
            out.writeInt(length);
        }
    }

    private void bytes(KafkaType type, byte[] content, int plainBytes, ByteBuf out) {
        if (type.isNullable() && isNull) {
            length(-1, type.isCompact(), plainBytes, out);
        } else {
            length(content.length, type.isCompact(), plainBytes, out);
            out.writeBytes(content);
        }
    }

    private void array(KafkaType type, ByteBuf out, int depth) {
        int count = counts[Math.min(depth, counts.length - 1)];
        length(count, type.isCompact(), 4, out);
        for (int i = 0; i < count; i++) {
            value(type.element().orElseThrow(), out, depth + 1);
        }
    }

    /** None; all that are known; unknown ones with nothing or next to nothing in them. */
    private void tags(KafkaType type, ByteBuf out, int depth) {
        if (tags == 0) {
            out.writeByte(0);
        } else if (tags == 1) {
            RandomEncoding.varint(type.tags().size(), out);
            type.tags().forEach((tag, member) -> {
                ByteBuf content = Unpooled.buffer();
                value(member.type(), content, depth + 1);
                RandomEncoding.varint(tag, out);
                RandomEncoding.varint(content.readableBytes(), out);
                out.writeBytes(content);
            });
        } else {
            int number = depth == 0 && random.nextBoolean() ? 1000 : depth;
            RandomEncoding.varint(number, out);
            for (int i = 0; i < number; i++) {
                out.writeByte(20 + i % 100);
                out.writeByte(tags - 2);
                out.writeZero(tags - 2);
            }
        }
    }
}
