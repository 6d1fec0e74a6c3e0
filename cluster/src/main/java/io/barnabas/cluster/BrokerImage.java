package io.barnabas.cluster;

import io.barnabas.cluster.znodes.BrokerEndpoint;
import java.util.List;

/**
 * A live broker as clients see it. Immutable.
 *
 * @param rack null for none
 */
public record BrokerImage(int id, String rack, List<BrokerEndpoint> endpoints) {

    /** Where clients of that listener reach the broker; null when it has no such listener. */
    public BrokerEndpoint endpoint(String listener) {
        for (BrokerEndpoint endpoint : endpoints) {
            if (endpoint.listener().equals(listener)) {
                return endpoint;
            }
        }
        return null;
    }
}
