package io.barnabas.cluster.znodes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A note that the settings of an entity changed, /config/changes/config_change_S. Version 1 is read, 2 is written. */
public final class ConfigChangeZnode {
    private ConfigChangeZnode() {}

    /** @param entity such as {@code topics/t1} or {@code users/u/clients/c} */
    public static byte[] bytes(String entity) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", 2);
        json.put("entity_path", entity);
        return Json.bytes(json);
    }

    /** Empty where the bytes name no entity. */
    public static Optional<String> entity(byte[] bytes) {
        return Json.object(bytes).flatMap(json -> {
            if (Json.intAt(json, "version", 0) != 1) {
                return Optional.ofNullable(Json.textAt(json, "entity_path"));
            }
            String type = Json.textAt(json, "entity_type");
            String name = Json.textAt(json, "entity_name");
            return type == null || name == null ? Optional.empty() : Optional.of(type + "/" + name);
        });
    }
}
