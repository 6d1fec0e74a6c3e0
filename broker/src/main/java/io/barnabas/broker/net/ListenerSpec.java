package io.barnabas.broker.net;

/**
 * Where to listen.
 *
 * @param name of the listener, as Kafka's configuration names it
 * @param host empty or null for all addresses of the machine
 * @param port 0 for any free one
 */
public record ListenerSpec(String name, String host, int port) {}
