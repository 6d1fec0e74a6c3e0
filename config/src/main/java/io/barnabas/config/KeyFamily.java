package io.barnabas.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keys that belong together; a section of the generated page. Filled while the class that names its keys is initialised,
 * read only afterwards.
 */
public final class KeyFamily {

    private static final AtomicInteger BROKER_SLOTS = new AtomicInteger();
    private static final AtomicInteger TOPIC_SLOTS = new AtomicInteger();

    private final KeyScope scope;
    private final String title;
    private final String about;
    private final List<ConfigKey<?>> keys = new ArrayList<>();

    private KeyFamily(KeyScope scope, String title, String about) {
        this.scope = scope;
        this.title = title;
        this.about = about;
    }

    static KeyFamily ofBroker(String title, String about) {
        return new KeyFamily(KeyScope.BROKER, title, about);
    }

    static KeyFamily ofTopic(String title, String about) {
        return new KeyFamily(KeyScope.TOPIC, title, about);
    }

    public String title() {
        return title;
    }

    /** A sentence about what the keys have in common. */
    public String about() {
        return about;
    }

    public KeyScope scope() {
        return scope;
    }

    public List<ConfigKey<?>> keys() {
        return Collections.unmodifiableList(keys);
    }

    KeyBuilder<Boolean> booleanKey(String name) {
        return new KeyBuilder<>(this, name, ConfigType.BOOLEAN);
    }

    KeyBuilder.OfNumber<Integer> intKey(String name) {
        return new KeyBuilder.OfNumber<>(this, name, ConfigType.INT);
    }

    KeyBuilder.OfNumber<Short> shortKey(String name) {
        return new KeyBuilder.OfNumber<>(this, name, ConfigType.SHORT);
    }

    KeyBuilder.OfNumber<Long> longKey(String name) {
        return new KeyBuilder.OfNumber<>(this, name, ConfigType.LONG);
    }

    KeyBuilder.OfNumber<Double> doubleKey(String name) {
        return new KeyBuilder.OfNumber<>(this, name, ConfigType.DOUBLE);
    }

    KeyBuilder.OfText textKey(String name) {
        return new KeyBuilder.OfText(this, name, ConfigType.STRING);
    }

    KeyBuilder.OfText classKey(String name) {
        return new KeyBuilder.OfText(this, name, ConfigType.CLASS);
    }

    KeyBuilder.OfList listKey(String name) {
        return new KeyBuilder.OfList(this, name);
    }

    KeyBuilder<Password> passwordKey(String name) {
        return new KeyBuilder<>(this, name, ConfigType.PASSWORD);
    }

    <T> ConfigKey<T> add(KeyBuilder<T> builder, String doc) {
        AtomicInteger slots = scope == KeyScope.BROKER ? BROKER_SLOTS : TOPIC_SLOTS;
        ConfigKey<T> key = new ConfigKey<>(builder, slots.getAndIncrement(), doc);
        keys.add(key);
        return key;
    }
}
