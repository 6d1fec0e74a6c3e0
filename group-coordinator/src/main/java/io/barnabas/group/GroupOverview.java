package io.barnabas.group;

/** A group as it is listed. */
public record GroupOverview(String groupId, String protocolType, String state) {
    /** The only type of groups there is: the other protocol's are not served. */
    public static final String TYPE = "classic";
}
