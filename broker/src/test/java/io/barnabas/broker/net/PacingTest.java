package io.barnabas.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.runtime.ThreadPools;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Connections within the machine are not paced, whatever the system is set to. */
class PacingTest {
    @Test
    void takesThePlainestCongestionControlForAConnectionWithinTheMachine() throws Exception {
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
                1, ThreadPools.factory("barnabas-test-net"), EpollIoHandler.newFactory());
        try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Channel connection = new Bootstrap()
                    .group(loop)
                    .channel(EpollSocketChannel.class)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(peer.getLocalSocketAddress())
                    .sync()
                    .channel();

            Transport.sendUnpacedWithinMachine(connection);

            ByteBuffer control = connection.config().getOption(Transport.CONGESTION_CONTROL);
            assertThat(StandardCharsets.US_ASCII.decode(control).toString()).isEqualTo("reno");
            connection.close().sync();
        } finally {
            loop.shutdownGracefully().sync();
        }
    }
}
