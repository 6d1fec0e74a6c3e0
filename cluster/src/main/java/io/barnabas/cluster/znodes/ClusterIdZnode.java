package io.barnabas.cluster.znodes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The cluster's id, /cluster/id. Its version is a string; so it came to be. */
public final class ClusterIdZnode {
    private ClusterIdZnode() {}

    public static byte[] bytes(String clusterId) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", "1");
        json.put("id", clusterId);
        return Json.bytes(json);
    }

    public static Optional<String> parse(byte[] bytes) {
        return Json.object(bytes).map(json -> Json.textAt(json, "id"));
    }
}
