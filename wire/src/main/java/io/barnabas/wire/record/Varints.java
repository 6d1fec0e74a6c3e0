package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;

/**
 * Integers of variable length, seven bits a byte, lowest first, as in Protocol Buffers. Records use the signed
 * (zig-zag) form. Stateless.
 */
public final class Varints {
    public static final int MAX_VARINT_BYTES = 5;
    public static final int MAX_VARLONG_BYTES = 10;

    private Varints() {}

    public static int sizeOfUnsigned(int value) {
        // ceil(significant bits / 7), and one byte for zero
        return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
    }

    public static int sizeOf(int value) {
        return sizeOfUnsigned(zigZag(value));
    }

    public static int sizeOf(long value) {
        return (70 - Long.numberOfLeadingZeros(zigZag(value) | 1)) / 7;
    }

    public static void writeUnsigned(ByteBuf out, int value) {
        int left = value;
        while ((left & ~0x7F) != 0) {
            out.writeByte(left & 0x7F | 0x80);
            left >>>= 7;
        }
        out.writeByte(left);
    }

    public static void write(ByteBuf out, int value) {
        writeUnsigned(out, zigZag(value));
    }

    public static void write(ByteBuf out, long value) {
        long left = zigZag(value);
        while ((left & ~0x7FL) != 0) {
            out.writeByte((int) (left & 0x7F | 0x80));
            left >>>= 7;
        }
        out.writeByte((int) left);
    }

    /** Moves the reader index; a fifth byte that continues is refused, its surplus bits are ignored, as Kafka does. */
    public static int readUnsigned(ByteBuf in) {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = nextByte(in);
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw UnreadableRecordsException.malformed("a varint is longer than five bytes");
    }

    public static int read(ByteBuf in) {
        return unZigZag(readUnsigned(in));
    }

    public static long readLong(ByteBuf in) {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte next = nextByte(in);
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return unZigZag(value);
            }
        }
        throw UnreadableRecordsException.malformed("a varlong is longer than ten bytes");
    }

    static int zigZag(int value) {
        return value << 1 ^ value >> 31;
    }

    static long zigZag(long value) {
        return value << 1 ^ value >> 63;
    }

    static int unZigZag(int value) {
        return value >>> 1 ^ -(value & 1);
    }

    static long unZigZag(long value) {
        return value >>> 1 ^ -(value & 1);
    }

    private static byte nextByte(ByteBuf in) {
        if (!in.isReadable()) {
            throw UnreadableRecordsException.malformed("the bytes end within a number");
        }
        return in.readByte();
    }
}
