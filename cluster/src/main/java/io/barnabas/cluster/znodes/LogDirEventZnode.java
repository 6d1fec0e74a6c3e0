package io.barnabas.cluster.znodes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** A broker's cry that a log directory of its failed, /log_dir_event_notification/log_dir_event_S. */
public final class LogDirEventZnode {
    private static final int DIRECTORY_FAILED = 1;

    private LogDirEventZnode() {}

    public static byte[] bytes(int brokerId) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", 1);
        json.put("broker", brokerId);
        json.put("event", DIRECTORY_FAILED);
        return Json.bytes(json);
    }

    public static OptionalInt brokerId(byte[] bytes) {
        int id = Json.object(bytes).map(json -> Json.intAt(json, "broker", -1)).orElse(-1);
        return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
    }
}
