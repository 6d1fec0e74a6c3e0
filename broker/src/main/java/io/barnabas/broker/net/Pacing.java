package io.barnabas.broker.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.RawUnixChannelOption;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spares connections within this machine the pacing that some systems are set to (bbr): there is no bottleneck to find
 * between two processes, and a timer for each packet costs as much as sending it. A connection that began with bbr is
 * paced for good, whatever it is set to afterwards. So a listener is taken off it, which its connections begin with, and
 * those from elsewhere get back what the system is set to before anything is sent. One for each listener; event loops.
 */
final class Pacing {
    private static final Logger LOG = LoggerFactory.getLogger(Pacing.class);

    private static final int NAME_BYTES = 16;

    /** By its numbers in Linux: TCP_CONGESTION at IPPROTO_TCP. Netty has no name for it. */
    static final RawUnixChannelOption CONGESTION_CONTROL =
            new RawUnixChannelOption("TCP_CONGESTION", 6, 13, NAME_BYTES);

    /** The plainest one, which every Linux has. */
    static final String PLAINEST = "reno";

    /** What the system is set to, where the listener is not; null where nothing was changed. */
    private volatile String systems;

    /** The listener has its port; nobody is served yet. */
    void begin(Channel listener) {
        begin(listener, Pacing::paces);
    }

    void begin(Channel listener, Predicate<String> paces) {
        try {
            String set = congestionControl(listener);
            if (set != null && paces.test(set)) {
                congestionControl(listener, PLAINEST);
                systems = set;
            }
        } catch (ChannelException notAllowedHere) {
            LOG.debug("Connections within the machine stay paced", notAllowedHere);
        }
    }

    /** A connection of that listener has been opened; nothing was sent yet. */
    void opened(Channel connection) {
        if (systems != null && !isWithinMachine(connection)) {
            asElsewhere(connection);
        }
    }

    void asElsewhere(Channel connection) {
        try {
            // A route may have one of its own.
            if (PLAINEST.equals(congestionControl(connection))) {
                congestionControl(connection, systems);
            }
        } catch (ChannelException notAllowedHere) {
            LOG.warn("A connection does without the congestion control {} of this system", systems, notAllowedHere);
        }
    }

    /** Null where the transport does not tell. */
    static String congestionControl(Channel channel) {
        ByteBuffer name = channel.config().getOption(CONGESTION_CONTROL);
        return name == null
                ? null
                : StandardCharsets.US_ASCII.decode(name).toString().trim();
    }

    private static void congestionControl(Channel channel, String name) {
        ByteBuffer padded = ByteBuffer.allocate(NAME_BYTES).put(StandardCharsets.US_ASCII.encode(name));
        channel.config().setOption(CONGESTION_CONTROL, padded.rewind());
    }

    private static boolean paces(String congestionControl) {
        return congestionControl.startsWith("bbr");
    }

    private static boolean isWithinMachine(Channel connection) {
        return connection.localAddress() instanceof InetSocketAddress ours
                && connection.remoteAddress() instanceof InetSocketAddress peer
                && (peer.getAddress().isLoopbackAddress() || peer.getAddress().equals(ours.getAddress()));
    }
}
