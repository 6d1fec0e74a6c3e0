package io.barnabas.requests.metadata;

import io.barnabas.cluster.BrokerImage;
import io.barnabas.cluster.MetadataImage;
import io.barnabas.cluster.znodes.BrokerEndpoint;
import io.barnabas.requests.BrokerAddresses;
import io.barnabas.requests.RequestContext;
import java.util.Arrays;

/**
 * The live brokers of one image as one caller reaches them: asked for once an answer, looked at once a partition.
 * Immutable.
 */
final class Reach {
    private final BrokerImage[] brokers;
    private final BrokerEndpoint[] endpoints;
    private final int[] ids;

    private Reach(BrokerImage[] brokers, BrokerEndpoint[] endpoints, int[] ids) {
        this.brokers = brokers;
        this.endpoints = endpoints;
        this.ids = ids;
    }

    static Reach of(RequestContext context, MetadataImage image, BrokerAddresses addresses) {
        BrokerImage[] brokers = image.brokers().values().toArray(BrokerImage[]::new);
        BrokerEndpoint[] endpoints = new BrokerEndpoint[brokers.length];
        int[] ids = new int[brokers.length];
        for (int i = 0; i < brokers.length; i++) {
            ids[i] = brokers[i].id();
            endpoints[i] = addresses.of(context, ids[i]);
        }
        return new Reach(brokers, endpoints, ids);
    }

    /** Of live brokers, by id; not all of them can be reached. */
    int count() {
        return brokers.length;
    }

    BrokerImage broker(int index) {
        return brokers[index];
    }

    /** Null when the broker has no listener for the caller. */
    BrokerEndpoint endpoint(int index) {
        return endpoints[index];
    }

    boolean isAlive(int brokerId) {
        return Arrays.binarySearch(ids, brokerId) >= 0;
    }

    boolean isReached(int brokerId) {
        int index = Arrays.binarySearch(ids, brokerId);
        return index >= 0 && endpoints[index] != null;
    }
}
