package io.barnabas.config;

import java.util.Map;
import java.util.TreeMap;

/** Names and values in turn. */
final class Pairs {

    private Pairs() {}

    static Map<String, String> of(String... pairs) {
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) values.put(pairs[i], pairs[i + 1]);
        return values;
    }
}
