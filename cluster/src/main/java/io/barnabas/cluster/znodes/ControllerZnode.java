package io.barnabas.cluster.znodes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Who is the controller, /controller. Written in version 2; of any version only the broker id is read. */
public final class ControllerZnode {
    private ControllerZnode() {}

    public static byte[] bytes(int brokerId, long timestampMs) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", 2);
        json.put("brokerid", brokerId);
        json.put("timestamp", Long.toString(timestampMs));
        json.put("kraftControllerEpoch", -1);
        return Json.bytes(json);
    }

    public static OptionalInt brokerId(byte[] bytes) {
        int id =
                Json.object(bytes).map(json -> Json.intAt(json, "brokerid", -1)).orElse(-1);
        return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
    }
}
