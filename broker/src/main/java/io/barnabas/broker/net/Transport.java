package io.barnabas.broker.net;

import io.barnabas.runtime.ThreadPools;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** The system's way to wait for sockets: native epoll where it loads, else what the JDK has. */
public enum Transport {
    EPOLL(EpollIoHandler::newFactory, EpollServerSocketChannel.class),
    NIO(NioIoHandler::newFactory, NioServerSocketChannel.class);

    /** The plainest congestion control, which every Linux has. */
    private static final ByteBuffer RENO =
            StandardCharsets.US_ASCII.encode("reno").asReadOnlyBuffer();

    /** By its numbers in Linux: TCP_CONGESTION at IPPROTO_TCP. Netty has no name for it. */
    static final RawUnixChannelOption CONGESTION_CONTROL =
            new RawUnixChannelOption("TCP_CONGESTION", 6, 13, RENO.remaining());

    private final Supplier<IoHandlerFactory> handlers;
    private final Class<? extends ServerChannel> serverChannel;

    Transport(Supplier<IoHandlerFactory> handlers, Class<? extends ServerChannel> serverChannel) {
        this.handlers = handlers;
        this.serverChannel = serverChannel;
    }

    public static Transport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    EventLoopGroup eventLoops(int threads) {
        return new MultiThreadIoEventLoopGroup(threads, ThreadPools.factory("barnabas-net"), handlers.get());
    }

    /** Whether a connection waits for full packets, where the system can; to be ended soon. */
    static void holdPackets(Channel connection, boolean held) {
        if (connection.isOpen()) {
            connection.config().setOption(EpollChannelOption.TCP_CORK, held);
        }
    }

    /**
     * Spares a connection within this machine the pacing that some systems are set to (bbr): there is no bottleneck to
     * find between two processes, and a timer for each packet costs as much as sending it. Others are left as they are.
     */
    static void sendUnpacedWithinMachine(Channel connection) {
        if (!isWithinMachine(connection)) {
            return;
        }
        try {
            connection.config().setOption(CONGESTION_CONTROL, RENO.duplicate());
        } catch (ChannelException notAllowedHere) {
            // Then it costs a little more.
        }
    }

    private static boolean isWithinMachine(Channel connection) {
        return connection.localAddress() instanceof InetSocketAddress ours
                && connection.remoteAddress() instanceof InetSocketAddress peer
                && (peer.getAddress().isLoopbackAddress() || peer.getAddress().equals(ours.getAddress()));
    }

    Class<? extends ServerChannel> serverChannel() {
        return serverChannel;
    }
}
