package io.barnabas.config;

import java.util.List;

/**
 * The types a value may have: how a text is read, how a value is shown, and the type's number in DescribeConfigs. Stateless.
 * The reasons are worded as clients and tools expect them.
 */
public abstract class ConfigType<T> {

    public static final ConfigType<Boolean> BOOLEAN = new BooleanType();
    public static final ConfigType<String> STRING = new StringType("STRING", 2);
    public static final ConfigType<Integer> INT = new IntType();
    public static final ConfigType<Short> SHORT = new ShortType();
    public static final ConfigType<Long> LONG = new LongType();
    public static final ConfigType<Double> DOUBLE = new DoubleType();
    public static final ConfigType<List<String>> LIST = new ListType();
    /** The name only; which names mean something is the business of the component that reads the key. */
    public static final ConfigType<String> CLASS = new StringType("CLASS", 8);

    public static final ConfigType<Password> PASSWORD = new PasswordType();

    private final String name;
    private final byte id;

    private ConfigType(String name, int id) {
        this.name = name;
        this.id = (byte) id;
    }

    /** The text without surrounding blanks, read. */
    abstract T read(String trimmed) throws NumberFormatException;

    ParsedValue<T> parse(String text) {
        try {
            return ParsedValue.of(read(text.trim()));
        } catch (NumberFormatException notANumber) {
            return ParsedValue.refused("Not a number of type " + name);
        } catch (IllegalArgumentException other) {
            return ParsedValue.refused(other.getMessage());
        }
    }

    /** As DescribeConfigs shows it. */
    public String show(T value) {
        return value == null ? null : value.toString();
    }

    /** The number DescribeConfigs answers with from version 3 on. */
    public byte id() {
        return id;
    }

    public boolean isSensitive() {
        return this == PASSWORD;
    }

    /** INT, LIST and so on. */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }

    private static final class BooleanType extends ConfigType<Boolean> {
        BooleanType() {
            super("BOOLEAN", 1);
        }

        @Override
        Boolean read(String trimmed) {
            if (trimmed.equalsIgnoreCase("true")) return true;
            if (trimmed.equalsIgnoreCase("false")) return false;
            throw new IllegalArgumentException("Expected value to be either true or false");
        }
    }

    private static final class StringType extends ConfigType<String> {
        StringType(String name, int id) {
            super(name, id);
        }

        @Override
        String read(String trimmed) {
            return trimmed;
        }
    }

    private static final class IntType extends ConfigType<Integer> {
        IntType() {
            super("INT", 3);
        }

        @Override
        Integer read(String trimmed) {
            return Integer.valueOf(trimmed);
        }
    }

    private static final class ShortType extends ConfigType<Short> {
        ShortType() {
            super("SHORT", 4);
        }

        @Override
        Short read(String trimmed) {
            return Short.valueOf(trimmed);
        }
    }

    private static final class LongType extends ConfigType<Long> {
        LongType() {
            super("LONG", 5);
        }

        @Override
        Long read(String trimmed) {
            return Long.valueOf(trimmed);
        }
    }

    private static final class DoubleType extends ConfigType<Double> {
        DoubleType() {
            super("DOUBLE", 6);
        }

        @Override
        Double read(String trimmed) {
            return Double.valueOf(trimmed);
        }
    }

    private static final class ListType extends ConfigType<List<String>> {
        ListType() {
            super("LIST", 7);
        }

        @Override
        List<String> read(String trimmed) {
            return trimmed.isEmpty() ? List.of() : List.of(trimmed.split("\\s*,\\s*", -1));
        }

        @Override
        public String show(List<String> value) {
            return value == null ? null : String.join(",", value);
        }
    }

    private static final class PasswordType extends ConfigType<Password> {
        PasswordType() {
            super("PASSWORD", 9);
        }

        @Override
        Password read(String trimmed) {
            return new Password(trimmed);
        }
    }
}
