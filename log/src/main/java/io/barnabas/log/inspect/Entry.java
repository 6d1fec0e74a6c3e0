package io.barnabas.log.inspect;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing found in a file: what it is, and its fields in order. Values are numbers, booleans, texts, lists and maps of
 * texts, or null. Confined to one thread.
 */
public final class Entry {
    private final String kind;
    private final Map<String, Object> fields = new LinkedHashMap<>();

    private Entry(String kind) {
        this.kind = kind;
    }

    public static Entry of(String kind) {
        return new Entry(kind);
    }

    public Entry with(String field, Object value) {
        fields.put(field, value);
        return this;
    }

    public String kind() {
        return kind;
    }

    public Map<String, Object> fields() {
        return fields;
    }
}
