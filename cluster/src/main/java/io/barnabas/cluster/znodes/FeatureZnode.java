package io.barnabas.cluster.znodes;

import java.util.LinkedHashMap;
import java.util.Map;

/** The finalized features, /feature: none, in the mode with ZooKeeper; its version is the epoch that ApiVersions names. */
public final class FeatureZnode {
    private FeatureZnode() {}

    /** Features are switched on, and there are none. */
    public static byte[] bytes() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("features", Map.of());
        json.put("version", 2);
        json.put("status", 1);
        return Json.bytes(json);
    }
}
