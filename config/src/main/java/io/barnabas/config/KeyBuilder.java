package io.barnabas.config;

import java.util.ArrayList;
import java.util.List;

/** Says what a key is, ending with {@link #doc}, which makes it. Confined to the initialisation of a class of keys. */
class KeyBuilder<T> {

    final KeyFamily family;
    final String name;
    final ConfigType<T> type;
    final List<ConfigKey.Fallback> fallbacks = new ArrayList<>();
    T defaultValue;
    Constraint<T> constraint;
    Importance importance = Importance.MEDIUM;
    UpdateMode updateMode = UpdateMode.READ_ONLY;
    ConfigKey<T> brokerKey;
    boolean isHidden;

    KeyBuilder(KeyFamily family, String name, ConfigType<T> type) {
        this.family = family;
        this.name = name;
        this.type = type;
    }

    KeyBuilder<T> defaultsTo(T value) {
        defaultValue = value;
        return this;
    }

    KeyBuilder<T> check(Constraint<T> check) {
        constraint = check;
        return this;
    }

    KeyBuilder<T> high() {
        importance = Importance.HIGH;
        return this;
    }

    KeyBuilder<T> low() {
        importance = Importance.LOW;
        return this;
    }

    KeyBuilder<T> perBroker() {
        updateMode = UpdateMode.PER_BROKER;
        return this;
    }

    KeyBuilder<T> clusterWide() {
        updateMode = UpdateMode.CLUSTER_WIDE;
        return this;
    }

    KeyBuilder<T> hidden() {
        isHidden = true;
        return this;
    }

    /** Where this key is unset, that one counts, and descriptions say so. */
    KeyBuilder<T> elseFrom(ConfigKey<T> other) {
        fallbacks.add(new ConfigKey.Fallback(other, 1, true));
        return this;
    }

    /** As {@link #elseFrom(ConfigKey)}, for a key that counts in a larger unit; negative values stay -1. */
    KeyBuilder<T> elseFrom(ConfigKey<? extends Number> other, long factor) {
        fallbacks.add(new ConfigKey.Fallback(other, factor, true));
        return this;
    }

    /** Where this key is unset, that one counts; descriptions do not mention it. */
    KeyBuilder<T> elseQuietlyFrom(ConfigKey<T> other) {
        fallbacks.add(new ConfigKey.Fallback(other, 1, false));
        return this;
    }

    /** Where the topic sets nothing, it follows this key of the broker. */
    KeyBuilder<T> follows(ConfigKey<T> key) {
        brokerKey = key;
        return this;
    }

    ConfigKey<T> doc(String sentence) {
        return family.add(this, sentence);
    }

    /** Numbers have bounds. */
    static final class OfNumber<T extends Number> extends KeyBuilder<T> {
        OfNumber(KeyFamily family, String name, ConfigType<T> type) {
            super(family, name, type);
        }

        @Override
        OfNumber<T> defaultsTo(T value) {
            super.defaultsTo(value);
            return this;
        }

        KeyBuilder<T> atLeast(T min) {
            return check(new Constraint.Bounds<>(min, null));
        }

        KeyBuilder<T> between(T min, T max) {
            return check(new Constraint.Bounds<>(min, max));
        }
    }

    /** Texts may be limited to a few. */
    static final class OfText extends KeyBuilder<String> {
        OfText(KeyFamily family, String name, ConfigType<String> type) {
            super(family, name, type);
        }

        @Override
        OfText defaultsTo(String value) {
            super.defaultsTo(value);
            return this;
        }

        KeyBuilder<String> oneOf(String... allowed) {
            return check(new Constraint.OneOf(List.of(allowed)));
        }
    }

    /** Lists may be limited to a few elements. */
    static final class OfList extends KeyBuilder<List<String>> {
        OfList(KeyFamily family, String name) {
            super(family, name, ConfigType.LIST);
        }

        OfList defaultsTo(String... values) {
            super.defaultsTo(List.of(values));
            return this;
        }

        KeyBuilder<List<String>> eachOneOf(String... allowed) {
            return check(new Constraint.EachOneOf(List.of(allowed)));
        }
    }
}
