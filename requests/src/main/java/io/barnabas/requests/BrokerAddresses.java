package io.barnabas.requests;

import io.barnabas.cluster.znodes.BrokerEndpoint;

/**
 * Where a caller reaches a broker: for every answer that names one. Any thread asks; the answer comes at once. A broker
 * that advertises nothing explicitly is named by the address by which the caller reached it.
 */
@FunctionalInterface
public interface BrokerAddresses {

    /** Null when the broker is not alive or has no such listener. */
    BrokerEndpoint of(RequestContext context, int brokerId);
}
