package io.barnabas.compat;

/** Something that answers Kafka's protocol. */
interface BrokerAddress {
    /** Host and port, for {@code bootstrap.servers}. */
    String address();
}
