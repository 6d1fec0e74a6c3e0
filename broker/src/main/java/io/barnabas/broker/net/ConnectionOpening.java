package io.barnabas.broker.net;

import io.barnabas.requests.ClientConnection;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Furnishes each new connection of one listener, on the event loop that will serve it. */
@Sharable
final class ConnectionOpening extends ChannelInitializer<Channel> {
    private final String listenerName;
    private final ConnectionPorts ports;
    private final ChannelGroup connections;
    private final Pacing pacing;
    private final Map<EventLoop, ConnectionWatch> watches;
    private final AtomicInteger opened = new AtomicInteger();

    ConnectionOpening(String listenerName, ConnectionPorts ports, ChannelGroup connections, Pacing pacing) {
        this.listenerName = listenerName;
        this.ports = ports;
        this.connections = connections;
        this.pacing = pacing;
        this.watches = new ConcurrentHashMap<>();
    }

    @Override
    protected void initChannel(Channel channel) {
        EventLoop loop = channel.eventLoop();
        ConnectionHandler connection = new ConnectionHandler(ports, describe(channel));
        channel.config().setRecvByteBufAllocator(connection.receiveBuffers());
        pacing.opened(channel);
        channel.pipeline().addLast(connection);
        connections.add(channel);
        ConnectionWatch watch = watches.computeIfAbsent(
                loop,
                its -> new ConnectionWatch(its, ports.clock(), ports.config().sweepMs()));
        watch.add(connection);
        channel.closeFuture().addListener(closed -> watch.remove(connection));
    }

    private ClientConnection describe(Channel channel) {
        InetSocketAddress local = (InetSocketAddress) channel.localAddress();
        InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
        String id = local.getAddress().getHostAddress() + ":" + local.getPort() + "-"
                + remote.getAddress().getHostAddress() + ":" + remote.getPort() + "-" + opened.getAndIncrement();
        return new ClientConnection(
                id,
                listenerName,
                remote.getAddress(),
                remote.getPort(),
                local.getAddress(),
                local.getPort(),
                channel.eventLoop());
    }
}
