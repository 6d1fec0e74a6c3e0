package io.barnabas.broker;

import io.barnabas.broker.net.ConnectionBounds;
import io.barnabas.broker.net.NetworkConfig;
import io.barnabas.broker.net.NetworkMemory;
import io.barnabas.broker.net.Transport;
import io.barnabas.config.BrokerConfig;
import io.barnabas.config.BrokerKeys;
import io.barnabas.config.ConfigKey;
import io.barnabas.config.ConnectionLimits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The network's share of the configuration. Pure, but for host names that it looks up. */
final class NetworkSettings {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkSettings.class);
    /** Answers under way on one connection; stock producers have at most five requests in flight. */
    private static final int MAX_IN_FLIGHT = 64;

    private static final int SLOWEST_BYTES_PER_SECOND = 16 * 1024;

    private static final int LEFT_TO_THE_SYSTEM = -1;

    private NetworkSettings() {}

    static NetworkConfig of(BrokerConfig config) {
        return new NetworkConfig(
                eventLoops(config),
                config.get(BrokerKeys.SOCKET_REQUEST_MAX_BYTES),
                requestMemory(config),
                connections(config),
                config.get(BrokerKeys.CONNECTIONS_MAX_IDLE_MS),
                bufferBytes(config, BrokerKeys.SOCKET_SEND_BUFFER_BYTES),
                bufferBytes(config, BrokerKeys.SOCKET_RECEIVE_BUFFER_BYTES),
                config.get(BrokerKeys.SOCKET_LISTEN_BACKLOG_SIZE),
                MAX_IN_FLIGHT,
                config.get(BrokerKeys.BARNABAS_FRAME_DEADLINE_MS),
                SLOWEST_BYTES_PER_SECOND);
    }

    static ConnectionBounds connections(BrokerConfig config) {
        ConnectionLimits limits = ConnectionLimits.of(config);
        return new ConnectionBounds(
                config.get(BrokerKeys.MAX_CONNECTIONS), limits.perAddress(), addresses(limits.overrides()));
    }

    static Transport transport(BrokerConfig config) throws StartFailure {
        String wanted = config.get(BrokerKeys.BARNABAS_TRANSPORT);
        Transport best = Transport.best();
        if (wanted.equals("epoll") && best != Transport.EPOLL) {
            throw new StartFailure(
                    "epoll does not load on this machine; leave " + BrokerKeys.BARNABAS_TRANSPORT + " at auto");
        }
        return wanted.equals("nio") ? Transport.NIO : best;
    }

    /** Loops do the handlers' work too, hence one for each processor unless somebody says otherwise. */
    private static int eventLoops(BrokerConfig config) {
        int processors = Runtime.getRuntime().availableProcessors();
        return config.isSet(BrokerKeys.NUM_NETWORK_THREADS)
                ? Math.max(processors, config.get(BrokerKeys.NUM_NETWORK_THREADS))
                : processors;
    }

    /**
     * Where nobody set them, the system fits a socket's buffers to its connection. With Kafka's 100 KB a producer of large
     * batches waits for our window instead of sending ahead, and a large fetch is sent in many steps, each after a wakeup.
     */
    private static int bufferBytes(BrokerConfig config, ConfigKey<Integer> key) {
        return config.isSet(key) ? config.get(key) : LEFT_TO_THE_SYSTEM;
    }

    private static long requestMemory(BrokerConfig config) {
        long bytes = config.get(BrokerKeys.QUEUED_MAX_REQUEST_BYTES);
        return bytes > 0 ? bytes : NetworkMemory.defaultRequestBytes();
    }

    private static Map<InetAddress, Integer> addresses(Map<String, Integer> limitsByHost) {
        Map<InetAddress, Integer> limits = new HashMap<>();
        limitsByHost.forEach((host, limit) -> {
            try {
                for (InetAddress address : InetAddress.getAllByName(host)) {
                    limits.put(address, limit);
                }
            } catch (UnknownHostException unknown) {
                LOG.warn("{} names {}, which is no known host", BrokerKeys.MAX_CONNECTIONS_PER_IP_OVERRIDES, host);
            }
        });
        return limits;
    }
}
