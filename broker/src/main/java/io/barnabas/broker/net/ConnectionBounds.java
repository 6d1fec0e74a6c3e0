package io.barnabas.broker.net;

import java.net.InetAddress;
import java.util.Map;

/**
 * How many connections there may be at once. Immutable.
 *
 * @param all of the whole broker; more are not accepted until others end
 * @param perAddress more from one address are closed at once
 * @param byAddress exceptions from that number
 */
public record ConnectionBounds(int all, int perAddress, Map<InetAddress, Integer> byAddress) {

    public ConnectionBounds {
        byAddress = Map.copyOf(byAddress);
    }

    int of(InetAddress address) {
        return byAddress.getOrDefault(address, perAddress);
    }
}
