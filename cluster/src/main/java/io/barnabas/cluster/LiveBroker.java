package io.barnabas.cluster;

import io.barnabas.cluster.znodes.BrokerEndpoint;
import java.util.List;

/**
 * A registered broker.
 *
 * @param epoch of its registration
 * @param rack null for none
 */
public record LiveBroker(int id, long epoch, List<BrokerEndpoint> endpoints, String rack) {}
