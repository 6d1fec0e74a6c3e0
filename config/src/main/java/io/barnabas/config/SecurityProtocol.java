package io.barnabas.config;

import java.util.Arrays;
import java.util.Optional;

/** How connections of a listener are protected; the ids stand in UpdateMetadata and in ZooKeeper. */
public enum SecurityProtocol {
    PLAINTEXT,
    SSL,
    SASL_PLAINTEXT,
    SASL_SSL;

    public short id() {
        return (short) ordinal();
    }

    public boolean usesTls() {
        return this == SSL || this == SASL_SSL;
    }

    public boolean usesSasl() {
        return this == SASL_PLAINTEXT || this == SASL_SSL;
    }

    public static Optional<SecurityProtocol> named(String name) {
        return Arrays.stream(values())
                .filter(one -> one.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
