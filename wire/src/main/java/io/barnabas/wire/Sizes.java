package io.barnabas.wire;

import io.netty.buffer.ByteBufUtil;
import java.util.List;

/**
 * How many bytes values take on the wire, found without writing them and without allocating. A null takes what null
 * takes, whether the version allows it or not.
 */
public final class Sizes {
    private Sizes() {}

    public static int unsignedVarint(int value) {
        return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
    }

    /** The zigzag form. */
    public static int varint(int value) {
        return unsignedVarint((value << 1) ^ (value >> 31));
    }

    /** The zigzag form. */
    public static int varlong(long value) {
        long zigzag = (value << 1) ^ (value >> 63);
        return (70 - Long.numberOfLeadingZeros(zigzag | 1)) / 7;
    }

    public static int string(String value, boolean flexible) {
        if (value == null) {
            return flexible ? 1 : 2;
        }
        int bytes = ByteBufUtil.utf8Bytes(value);
        return bytes + (flexible ? unsignedVarint(bytes + 1) : 2);
    }

    private static int withLength(int elements, int elementBytes, boolean flexible) {
        return Math.addExact(length(elements, flexible), Math.multiplyExact(elements, elementBytes));
    }

    private static int length(int elements, boolean flexible) {
        return flexible ? unsignedVarint(elements + 1) : 4;
    }

    private static int nothing(boolean flexible) {
        return flexible ? 1 : 4;
    }

    public static int bytes(byte[] value, boolean flexible) {
        return value == null ? nothing(flexible) : withLength(value.length, 1, flexible);
    }

    public static int records(RecordsRef value, boolean flexible) {
        return value == null ? nothing(flexible) : withLength(value.sizeInBytes(), 1, flexible);
    }

    public static int int8s(byte[] value, boolean flexible) {
        return bytes(value, flexible);
    }

    public static int int16s(short[] value, boolean flexible) {
        return value == null ? nothing(flexible) : withLength(value.length, 2, flexible);
    }

    public static int int32s(int[] value, boolean flexible) {
        return value == null ? nothing(flexible) : withLength(value.length, 4, flexible);
    }

    public static int int64s(long[] value, boolean flexible) {
        return value == null ? nothing(flexible) : withLength(value.length, 8, flexible);
    }

    public static int uuids(List<Uuid> value, boolean flexible) {
        return value == null ? nothing(flexible) : withLength(value.size(), 16, flexible);
    }

    public static int strings(List<String> value, boolean flexible) {
        int size = count(value, flexible);
        if (value != null) {
            for (String element : value) {
                size += string(element, flexible);
            }
        }
        return size;
    }

    /** The number in front of an array. */
    public static int count(List<?> value, boolean flexible) {
        return value == null ? nothing(flexible) : length(value.size(), flexible);
    }

    /** A tagged field with what stands in front of it. */
    public static int taggedField(int tag, int contentBytes) {
        return unsignedVarint(tag) + unsignedVarint(contentBytes) + contentBytes;
    }

    /** How many tagged fields there are; the list may be null. */
    public static int number(List<TaggedField> fields) {
        return fields == null ? 0 : fields.size();
    }

    /** All of these tagged fields without their number in front. */
    public static int contents(List<TaggedField> fields) {
        int size = 0;
        for (int i = 0; i < number(fields); i++) {
            TaggedField field = fields.get(i);
            size += taggedField(field.tag(), field.content().length);
        }
        return size;
    }

    /** A whole section of tagged fields. */
    public static int taggedFields(List<TaggedField> fields) {
        return unsignedVarint(number(fields)) + contents(fields);
    }
}
