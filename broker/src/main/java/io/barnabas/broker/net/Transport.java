package io.barnabas.broker.net;

import io.barnabas.runtime.ThreadPools;
import io.netty.channel.Channel;
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
import java.util.function.Supplier;

/** The system's way to wait for sockets: native epoll where it loads, else what the JDK has. */
public enum Transport {
    EPOLL(EpollIoHandler::newFactory, EpollServerSocketChannel.class),
    NIO(NioIoHandler::newFactory, NioServerSocketChannel.class);

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

    Class<? extends ServerChannel> serverChannel() {
        return serverChannel;
    }
}
