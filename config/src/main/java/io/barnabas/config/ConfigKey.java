package io.barnabas.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One property: its name, its type, what it may hold and what it means. Immutable; made once, through a {@link KeyFamily}.
 * A snapshot finds the value by the key's slot, so that reading one costs an array access.
 */
public final class ConfigKey<T> {

    /** A key whose value counts when this one is unset; a value of another unit is multiplied. */
    record Fallback(ConfigKey<?> key, long factor, boolean isSynonym) {}

    private final KeyFamily family;
    private final int slot;
    private final String name;
    private final ConfigType<T> type;
    private final T defaultValue;
    private final Constraint<T> constraint;
    private final Importance importance;
    private final UpdateMode updateMode;
    private final List<Fallback> fallbacks;
    private final ConfigKey<T> brokerKey;
    private final boolean isHidden;
    private final String doc;

    ConfigKey(KeyBuilder<T> from, int slot, String doc) {
        this.family = from.family;
        this.slot = slot;
        this.name = from.name;
        this.type = from.type;
        this.defaultValue = from.defaultValue;
        this.constraint = from.constraint;
        this.importance = from.importance;
        this.updateMode = from.updateMode;
        this.fallbacks = List.copyOf(from.fallbacks);
        this.brokerKey = from.brokerKey;
        this.isHidden = from.isHidden;
        this.doc = doc;
    }

    public String name() {
        return name;
    }

    public ConfigType<T> type() {
        return type;
    }

    /** Null: unset. */
    public T defaultValue() {
        return defaultValue;
    }

    /** One or two sentences. */
    public String doc() {
        return doc;
    }

    public Importance importance() {
        return importance;
    }

    public UpdateMode updateMode() {
        return updateMode;
    }

    public KeyScope scope() {
        return family.scope();
    }

    /** What may be set, in words; empty when the type says it all. */
    public String range() {
        return constraint == null ? "" : constraint.toString();
    }

    /** Left out of descriptions unless somebody set it. */
    public boolean isHidden() {
        return isHidden;
    }

    /** This key's name, then the names of those that stand in for it, in the order in which they count. */
    public List<String> synonyms() {
        List<String> names = new ArrayList<>();
        names.add(name);
        for (Fallback fallback : fallbacks)
            if (fallback.isSynonym()) names.add(fallback.key().name());
        return names;
    }

    /** The broker key that a topic key follows where the topic sets nothing; null for broker keys and for a few topic keys. */
    public ConfigKey<T> brokerKey() {
        return brokerKey;
    }

    List<Fallback> fallbacks() {
        return fallbacks;
    }

    int slot() {
        return slot;
    }

    /** Reads a text and checks its range. */
    public ParsedValue<T> parse(String text) {
        ParsedValue<T> parsed = type.parse(text);
        if (parsed.isRefused() || constraint == null) return parsed;
        String reason = constraint.reasonAgainst(parsed.value());
        return reason == null ? parsed : ParsedValue.refused(reason);
    }

    /** Null when the text is fine for this key. */
    public ConfigProblem problemWith(String text) {
        ParsedValue<T> typed = type.parse(text);
        if (typed.isRefused()) return new ConfigProblem(name, text, typed.reason(), expected());
        String reason = constraint == null ? null : constraint.reasonAgainst(typed.value());
        return reason == null ? null : new ConfigProblem(name, shownInRefusal(typed.value()), reason, expected());
    }

    private String shownInRefusal(T value) {
        if (type.isSensitive()) return "[hidden]";
        if (constraint instanceof Constraint.EachOneOf each) return each.culprit(listOf(value));
        return value.toString();
    }

    @SuppressWarnings("unchecked")
    private static List<String> listOf(Object value) {
        return (List<String>) value;
    }

    private String expected() {
        String range = constraint == null ? "" : ", " + constraint;
        String otherwise = defaultValue == null ? "" : "; " + type.show(defaultValue) + " when left out";
        return type.name().toLowerCase(Locale.ROOT) + range + otherwise;
    }

    @Override
    public String toString() {
        return name;
    }
}
