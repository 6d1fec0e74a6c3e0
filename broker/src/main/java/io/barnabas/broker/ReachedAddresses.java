package io.barnabas.broker;

import io.barnabas.cluster.BrokerImage;
import io.barnabas.cluster.MetadataCache;
import io.barnabas.cluster.znodes.BrokerEndpoint;
import io.barnabas.config.Endpoint;
import io.barnabas.config.ListenerConfig;
import io.barnabas.requests.BrokerAddresses;
import io.barnabas.requests.RequestContext;
import java.util.Optional;

/**
 * Names this broker by the address that the caller reached it by, where the configuration advertises nothing for that
 * listener; all others as the controller told. Any thread may ask.
 */
final class ReachedAddresses implements BrokerAddresses {
    private final int brokerId;
    private final ListenerConfig listeners;
    private final MetadataCache metadata;

    ReachedAddresses(int brokerId, ListenerConfig listeners, MetadataCache metadata) {
        this.brokerId = brokerId;
        this.listeners = listeners;
        this.metadata = metadata;
    }

    @Override
    public BrokerEndpoint of(RequestContext context, int wanted) {
        BrokerImage broker = metadata.current().brokers().get(wanted);
        BrokerEndpoint told = broker == null ? null : broker.endpoint(context.listenerName());
        if (told == null || wanted != brokerId) {
            return told;
        }
        Optional<Endpoint> advertised = listeners.advertised(context.listenerName());
        if (advertised.isPresent() && !advertised.get().isOnEveryInterface()) {
            return told;
        }
        int port = advertised.isPresent() ? told.port() : context.reachedPort();
        return new BrokerEndpoint(told.listener(), context.reachedHost(), port, told.securityProtocol());
    }
}
