package io.barnabas.wiregenerator;

import java.util.Map;

/**
 * One message of the protocol.
 *
 * @param kind {@code request}, {@code response}, {@code header} or {@code data}
 * @param apiKey -1 for headers and data
 * @param unstable the versions that its publisher may still change
 * @param structs every struct that a field of this message names
 */
record Schema(
        String name,
        String kind,
        int apiKey,
        Versions valid,
        Versions flexible,
        Versions unstable,
        Struct body,
        Map<String, Struct> structs) {

    boolean isApi() {
        return apiKey >= 0;
    }

    /** Only requests say which versions are unstable; their responses are as unstable. */
    Schema withUnstable(Versions versions) {
        return new Schema(name, kind, apiKey, valid, flexible, versions, body, structs);
    }

    /** {@code JoinGroupRequest} belongs to {@code JoinGroup}. */
    String apiName() {
        return name.replaceFirst("(Request|Response)$", "");
    }
}
