package io.barnabas.broker;

import io.barnabas.cluster.znodes.BrokerEndpoint;
import io.barnabas.config.Endpoint;
import io.barnabas.config.ListenerConfig;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What the broker writes about itself into ZooKeeper, listener by listener: what the configuration advertises, else the
 * first address of this machine that others can reach. A host's own name is not asked for: it may not resolve.
 */
final class AdvertisedEndpoints {
    private AdvertisedEndpoints() {}

    /** @param boundPorts by listener, which tell where the configuration left the port open */
    static List<BrokerEndpoint> of(ListenerConfig listeners, Map<String, Integer> boundPorts) {
        List<BrokerEndpoint> endpoints = new ArrayList<>();
        for (Endpoint listener : listeners.listeners()) {
            Endpoint shown = listeners.advertised(listener.listenerName()).orElse(listener);
            int port = shown.port() == 0 ? boundPorts.get(listener.listenerName()) : shown.port();
            String host = shown.isOnEveryInterface() ? firstReachableAddress() : shown.host();
            endpoints.add(new BrokerEndpoint(
                    listener.listenerName(), host, port, listener.protocol().name()));
        }
        return List.copyOf(endpoints);
    }

    private static String firstReachableAddress() {
        try {
            for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                for (InetAddress address : Collections.list(network.getInetAddresses())) {
                    if (network.isUp() && isReachableFromOutside(address)) {
                        return address.getHostAddress();
                    }
                }
            }
        } catch (SocketException unknown) {
            // Then only this machine can reach us.
        }
        return "127.0.0.1";
    }

    private static boolean isReachableFromOutside(InetAddress address) {
        return address instanceof Inet4Address && !address.isLoopbackAddress() && !address.isLinkLocalAddress();
    }
}
