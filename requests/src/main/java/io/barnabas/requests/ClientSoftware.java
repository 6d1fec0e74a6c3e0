package io.barnabas.requests;

/** Library and version that a client named in its ApiVersions request (version 3 and newer). */
public record ClientSoftware(String name, String version) {
    /** The client is older than KIP-511, or has not said yet. */
    public static final ClientSoftware UNKNOWN = new ClientSoftware("unknown", "unknown");

    @Override
    public String toString() {
        return name + " " + version;
    }
}
