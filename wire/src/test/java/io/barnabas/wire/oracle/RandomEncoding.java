package io.barnabas.wire.oracle;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Random bytes that are a message by Kafka's own description of it; knows nothing of our generator. */
public final class RandomEncoding {
    private final RandomGenerator random;

    public RandomEncoding(RandomGenerator random) {
        this.random = random;
    }

    public byte[] of(KafkaType schema) {
        ByteBuf out = Unpooled.buffer();
        struct(schema, out, 0);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    private void struct(KafkaType type, ByteBuf out, int depth) {
        for (KafkaType.Member member : type.members()) {
            value(member.type(), out, depth);
        }
    }

    private void value(KafkaType type, ByteBuf out, int depth) {
        boolean isNull = type.isNullable() && random.nextInt(5) == 0;
        switch (type.kind()) {
            case "BOOLEAN" -> out.writeByte(random.nextInt(2));
            case "INT8" -> out.writeByte(random.nextInt());
            case "INT16", "UINT16" -> out.writeShort(random.nextInt());
            case "INT32", "UINT32" -> out.writeInt(random.nextInt());
            case "INT64" -> out.writeLong(random.nextLong());
            case "FLOAT64" -> out.writeDouble(random.nextDouble());
            case "UUID" -> uuid(out);
            case "STRING" -> string(type, out, isNull);
            case "BYTES", "RECORDS" -> bytes(type, out, isNull);
            case "ARRAY" -> array(type, out, isNull, depth);
            case "TAGS" -> tags(type.tags(), out, depth);
            case "STRUCT" -> {
                if (type.isNullable()) {
                    out.writeByte(isNull ? -1 : 1);
                }
                if (!isNull) {
                    struct(type, out, depth);
                }
            }
            default -> throw new IllegalStateException(type.kind());
        }
    }

    private void uuid(ByteBuf out) {
        boolean isZero = random.nextInt(4) == 0;
        out.writeLong(isZero ? 0 : random.nextLong());
        out.writeLong(isZero ? 0 : random.nextLong());
    }

    private void length(int length, boolean compact, int plainBytes, ByteBuf out) {
        if (compact) {
            varint(length + 1, out);
        } else if (plainBytes == 2) {
            out.writeShort(length);
        } else {
            out.writeInt(length);
        }
    }

    static void varint(int value, ByteBuf out) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            out.writeByte(rest | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    private void string(KafkaType type, ByteBuf out, boolean isNull) {
        byte[] text = RandomValues.string(random).getBytes(StandardCharsets.UTF_8);
        length(isNull ? -1 : text.length, type.isCompact(), 2, out);
        if (!isNull) {
            out.writeBytes(text);
        }
    }

    private void bytes(KafkaType type, ByteBuf out, boolean isNull) {
        byte[] bytes = RandomValues.bytes(random);
        length(isNull ? -1 : bytes.length, type.isCompact(), 4, out);
        if (!isNull) {
            out.writeBytes(bytes);
        }
    }

    private void array(KafkaType type, ByteBuf out, boolean isNull, int depth) {
        int count = isNull ? -1 : RandomValues.count(random, depth);
        length(count, type.isCompact(), 4, out);
        for (int i = 0; i < count; i++) {
            value(type.element().orElseThrow(), out, depth + 1);
        }
    }

    /** Some of the known ones, at times with ones of a later version between and behind. */
    private void tags(Map<Integer, KafkaType.Member> known, ByteBuf out, int depth) {
        Map<Integer, ByteBuf> contents = new TreeMap<>();
        known.forEach((tag, member) -> {
            if (random.nextInt(3) > 0) {
                ByteBuf content = Unpooled.buffer();
                value(member.type(), content, depth);
                contents.put(tag, content);
            }
        });
        while (random.nextInt(4) == 0) {
            int tag = RandomValues.unknownTag(random);
            if (!known.containsKey(tag)) {
                contents.put(tag, Unpooled.wrappedBuffer(RandomValues.bytes(random)));
            }
        }
        varint(contents.size(), out);
        contents.forEach((tag, content) -> {
            varint(tag, out);
            varint(content.readableBytes(), out);
            out.writeBytes(content);
        });
    }
}
