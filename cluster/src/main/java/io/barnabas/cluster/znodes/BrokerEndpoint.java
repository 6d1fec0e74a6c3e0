package io.barnabas.cluster.znodes;

/**
 * Where a broker can be reached by one of its listeners.
 *
 * @param securityProtocol such as PLAINTEXT or SASL_SSL
 */
public record BrokerEndpoint(String listener, String host, int port, String securityProtocol) {}
