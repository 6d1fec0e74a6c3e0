package io.barnabas.cluster.znodes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The settings of one topic, broker, client, user or address, /config/TYPE/ENTITY. */
public final class ConfigZnode {
    private ConfigZnode() {}

    public static byte[] bytes(Map<String, String> settings) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", 1);
        json.put("config", new TreeMap<>(settings));
        return Json.bytes(json);
    }

    /** Nothing where the bytes hold no settings. */
    public static Map<String, String> parse(byte[] bytes) {
        Map<String, String> settings = new TreeMap<>();
        Json.object(bytes)
                .ifPresent(json -> Json.objectAt(json, "config").forEach((name, value) -> {
                    if (value != null) {
                        settings.put(name, value.toString());
                    }
                }));
        return settings;
    }
}
