package io.barnabas.broker.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Lets connections in as far as the limits allow: one too many from an address is closed at once, one too many for the
 * broker stays in the system's queue until another one ends. Any thread may call.
 */
final class Acceptance {
    private final ConnectionLimits limits;
    private final QuietLog log;
    private final List<Channel> listeners = new CopyOnWriteArrayList<>();

    Acceptance(ConnectionLimits limits, QuietLog log) {
        this.limits = limits;
        this.log = log;
    }

    /** For the pipeline of each listener. */
    ChannelHandler gate() {
        return new Gate();
    }

    void open(Channel listener) {
        listeners.add(listener);
        listener.config().setAutoRead(!limits.isFull());
    }

    void limit(ConnectionBounds bounds) {
        limits.change(bounds);
        boolean more = !limits.isFull();
        listeners.forEach(listener -> listener.config().setAutoRead(more));
    }

    private void left(InetAddress address) {
        limits.leave(address);
        if (!limits.isFull()) {
            listeners.forEach(listener -> listener.config().setAutoRead(true));
        }
    }

    private final class Gate extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            Channel connection = (Channel) accepted;
            InetSocketAddress peer = (InetSocketAddress) connection.remoteAddress();
            if (peer == null) {
                connection.unsafe().closeForcibly(); // It has gone already.
                return;
            }
            InetAddress address = peer.getAddress();
            if (!limits.admit(address)) {
                connection.unsafe().closeForcibly();
                log.warn("Refused a connection from " + address.getHostAddress() + ", which has "
                        + limits.limitOf(address) + " open, as many as it may");
                return;
            }
            connection.closeFuture().addListener(closed -> left(address));
            if (limits.isFull()) {
                listeners.forEach(listener -> listener.config().setAutoRead(false));
                log.warn("As many connections are open as max.connections allows; new ones wait until others end");
                // Another one may have ended since; its listener then saw the gates still open.
                if (!limits.isFull()) {
                    listeners.forEach(listener -> listener.config().setAutoRead(true));
                }
            }
            context.fireChannelRead(accepted);
        }
    }
}
