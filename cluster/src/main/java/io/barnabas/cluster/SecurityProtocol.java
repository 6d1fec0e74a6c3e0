package io.barnabas.cluster;

/** The numbers by which UpdateMetadata names security protocols. */
public enum SecurityProtocol {
    PLAINTEXT,
    SSL,
    SASL_PLAINTEXT,
    SASL_SSL;

    public short id() {
        return (short) ordinal();
    }

    /** PLAINTEXT for a number that nobody knows. */
    public static SecurityProtocol of(int id) {
        return id >= 0 && id < values().length ? values()[id] : PLAINTEXT;
    }

    /** PLAINTEXT for a name that nobody knows. */
    public static SecurityProtocol of(String name) {
        for (SecurityProtocol protocol : values()) {
            if (protocol.name().equalsIgnoreCase(name)) {
                return protocol;
            }
        }
        return PLAINTEXT;
    }
}
