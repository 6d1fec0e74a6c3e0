package io.barnabas.wiregenerator;

import java.util.Set;

/**
 * The type of a field as schemas name it: {@code int32}, {@code []string}, {@code []Topic}.
 *
 * @param element the type itself, or that of an array's elements
 */
record FieldType(boolean isArray, String element) {
    private static final Set<String> NUMBERS =
            Set.of("bool", "int8", "int16", "uint16", "int32", "uint32", "int64", "float64");
    private static final Set<String> PRIMITIVE_ARRAYS = Set.of("int8", "int16", "int32", "int64");

    static FieldType parse(String text) {
        return text.startsWith("[]") ? new FieldType(true, text.substring(2)) : new FieldType(false, text);
    }

    boolean isStruct() {
        return !isArray && elementIsStruct();
    }

    boolean elementIsStruct() {
        return Character.isUpperCase(element.charAt(0));
    }

    /** A value the Java language calls primitive, so never null. */
    boolean isNumber() {
        return !isArray && NUMBERS.contains(element);
    }

    /** {@code int[]} and its like, in Java too. */
    boolean isPrimitiveArray() {
        return isArray && PRIMITIVE_ARRAYS.contains(element);
    }

    /** A {@code List} in Java. */
    boolean isList() {
        return isArray && !isPrimitiveArray();
    }

    boolean is(String scalar) {
        return !isArray && element.equals(scalar);
    }

    /** Bytes of one element where that is fixed, else 0. */
    int fixedElementBytes() {
        return switch (element) {
            case "bool", "int8" -> 1;
            case "int16", "uint16" -> 2;
            case "int32", "uint32" -> 4;
            case "int64", "float64" -> 8;
            case "uuid" -> 16;
            default -> 0;
        };
    }
}
