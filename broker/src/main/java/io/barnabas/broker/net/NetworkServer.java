package io.barnabas.broker.net;

import io.barnabas.requests.Metrics;
import io.barnabas.requests.RequestDispatcher;
import io.barnabas.runtime.Clock;
import io.barnabas.runtime.FaultHandler;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listeners and all connections. {@link #bind} and {@link #close} are called by one thread; binding takes the port
 * but serves nobody before {@link #accept}.
 */
public final class NetworkServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkServer.class);
    private static final int UNSENT_LOW = 32 * 1024;
    private static final int UNSENT_HIGH = 128 * 1024;
    private static final long CLOSE_WAIT_MS = 1_000;

    private final NetworkConfig config;
    private final EventLoopGroup loops;
    private final ConnectionPorts ports;
    private final Acceptance acceptance;
    private final Transport transport;
    private final Map<String, Channel> listeners = new LinkedHashMap<>();
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    /** @param diskIo for what is made while it is sent */
    public NetworkServer(
            NetworkConfig config,
            Transport transport,
            RequestDispatcher dispatcher,
            Metrics metrics,
            Clock clock,
            Executor diskIo,
            FaultHandler faults) {
        this.config = config;
        this.transport = transport;
        this.loops = transport.eventLoops(config.eventLoops());
        QuietLog quiet = new QuietLog(LOG, clock);
        this.ports = new ConnectionPorts(
                config,
                dispatcher,
                metrics,
                new MemoryBudget(config.requestMemoryBytes()),
                NetworkMemory.allocator(config.eventLoops()),
                clock,
                diskIo,
                quiet,
                new Troubles(quiet, faults));
        this.acceptance = new Acceptance(new ConnectionLimits(config.connections()), quiet);
    }

    /** Takes the port; fails when somebody else has it. Returns the port, which differs from the wish when that was 0. */
    public int bind(ListenerSpec listener) throws IOException {
        Pacing pacing = new Pacing();
        ChannelFuture bound =
                bootstrap(listener.name(), pacing).bind(address(listener)).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
        pacing.begin(bound.channel());
        listeners.put(listener.name(), bound.channel());
        return ((InetSocketAddress) bound.channel().localAddress()).getPort();
    }

    /** Begins to serve. */
    public void accept() {
        listeners.values().forEach(acceptance::open);
    }

    /** From now on so many connections may be opened. Any thread. */
    public void limit(ConnectionBounds bounds) {
        acceptance.limit(bounds);
    }

    /** Takes no more connections and ends those there are, answers on their way or not. */
    public void disconnect() {
        listeners.values().forEach(listener -> listener.close().awaitUninterruptibly(CLOSE_WAIT_MS));
        connections.close().awaitUninterruptibly(CLOSE_WAIT_MS);
    }

    /** Also ends the event loops; to come last, after everything that gives them work. */
    @Override
    public void close() {
        disconnect();
        loops.shutdownGracefully(0, CLOSE_WAIT_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly(2 * CLOSE_WAIT_MS);
    }

    /** Buffers of the kind that leaves through sockets. Any thread. */
    public ByteBufAllocator allocator() {
        return ports.allocator();
    }

    /** Bytes of requests that are in memory now. */
    long requestMemoryInUse() {
        return ports.budget().usedBytes();
    }

    int openConnections() {
        return connections.size();
    }

    private ServerBootstrap bootstrap(String listenerName, Pacing pacing) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(transport.serverChannel())
                .handler(acceptance.gate())
                .childHandler(new ConnectionOpening(listenerName, ports, connections, pacing))
                .option(ChannelOption.SO_BACKLOG, config.backlog())
                .option(ChannelOption.SO_REUSEADDR, true)
                // Accepting stops and starts with the limits.
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(1))
                .childOption(ChannelOption.ALLOCATOR, ports.allocator())
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.MESSAGE_SIZE_ESTIMATOR, UnsentBytes.INSTANCE)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(UNSENT_LOW, UNSENT_HIGH));
        if (config.sendBufferBytes() > 0) {
            bootstrap.childOption(ChannelOption.SO_SNDBUF, config.sendBufferBytes());
        }
        if (config.receiveBufferBytes() > 0) {
            bootstrap.option(ChannelOption.SO_RCVBUF, config.receiveBufferBytes());
            bootstrap.childOption(ChannelOption.SO_RCVBUF, config.receiveBufferBytes());
        }
        return bootstrap;
    }

    private static InetSocketAddress address(ListenerSpec listener) {
        boolean everywhere = listener.host() == null || listener.host().isEmpty();
        return everywhere
                ? new InetSocketAddress(listener.port())
                : new InetSocketAddress(listener.host(), listener.port());
    }
}
