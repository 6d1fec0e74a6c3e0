package io.barnabas.cluster;

/** Opens the links of a controller. Called on the controller's mailbox; returns at once. */
@FunctionalInterface
public interface BrokerLinks {

    BrokerLink open(LiveBroker broker);
}
