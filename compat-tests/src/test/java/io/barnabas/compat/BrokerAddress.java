package io.barnabas.compat;

/** Something that answers Kafka's protocol. */
public interface BrokerAddress {
    /** Host and port, for {@code bootstrap.servers}. */
    String address();
}
