package io.barnabas.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections within the machine are not paced, even where the system is set to pace; others are as the system is set. */
class PacingTest {
    private final Pacing pacing = new Pacing();
    private final CompletableFuture<Channel> accepted = new CompletableFuture<>();
    private EventLoopGroup loop;
    private Socket peer;

    @AfterEach
    void stop() throws Exception {
        peer.close();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    private Channel listen(Transport transport) throws InterruptedException {
        loop = transport.eventLoops(1);
        return new ServerBootstrap()
                .group(loop)
                .channel(transport.serverChannel())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        pacing.opened(connection);
                        accepted.complete(connection);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    @Test
    void beginsAConnectionWithinTheMachineWithThePlainestCongestionControl() throws Exception {
        Channel listener = listen(Transport.EPOLL);
        pacing.begin(listener, any -> true);
        assertThat(Pacing.congestionControl(connectionTo(listener))).isEqualTo(Pacing.PLAINEST);
    }

    @Test
    void givesAConnectionFromElsewhereWhatTheSystemIsSetTo() throws Exception {
        Channel listener = listen(Transport.EPOLL);
        String systems = Pacing.congestionControl(listener);
        pacing.begin(listener, any -> true);
        Channel connection = connectionTo(listener);
        pacing.asElsewhere(connection);
        assertThat(Pacing.congestionControl(connection)).isEqualTo(systems);
    }

    @Test
    void leavesAListenerAsItIsWhereTheSystemDoesNotPace() throws Exception {
        Channel listener = listen(Transport.EPOLL);
        String systems = Pacing.congestionControl(listener);
        pacing.begin(listener, any -> false);
        assertThat(Pacing.congestionControl(connectionTo(listener))).isEqualTo(systems);
    }

    @Test
    void doesWithoutWhereTheTransportDoesNotTell() throws Exception {
        Channel listener = listen(Transport.NIO);
        pacing.begin(listener);
        assertThat(connectionTo(listener).isOpen()).isTrue();
    }

    /** Our end of a connection that is open until the test has ended. */
    private Channel connectionTo(Channel listener) throws Exception {
        InetSocketAddress address = (InetSocketAddress) listener.localAddress();
        peer = new Socket(address.getAddress(), address.getPort());
        assertThat(peer.isConnected()).isTrue();
        return accepted.get(10, TimeUnit.SECONDS);
    }
}
