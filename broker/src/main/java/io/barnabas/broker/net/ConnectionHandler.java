package io.barnabas.broker.net;

import io.barnabas.requests.ClientConnection;
import io.barnabas.requests.RequestContext;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.EncodedFrame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;

/**
 * One connection: lets one request after the other start, and sends the answers in that order. The next request starts
 * when the one before is answered, or, after a Produce, when its append is done, for which several that arrived together
 * wait together; and not while answers wait to be sent.
 * It reads from the socket only when it could start a request, and once more, which shows when the peer has gone.
 * Confined to the connection's event loop.
 */
final class ConnectionHandler extends ChannelInboundHandlerAdapter implements PartSender.Listener {
    private final ConnectionPorts ports;
    private final ClientConnection client;
    private final FrameDecoder decoder;
    private final ResponseQueue answers;
    private ChannelHandlerContext context;
    private PartSender sender;

    /** The request that holds the next one back; null when the next may start. */
    private RequestSlot current;

    private boolean pumping;
    private boolean reading;
    private boolean flushComes;
    private boolean closing;
    private boolean firstFrame = true;

    private long lastActivityNs;
    private long frameBegunNs;
    private boolean frameTimed;
    private long unsentAtLastLook;

    ConnectionHandler(ConnectionPorts ports, ClientConnection client) {
        this.ports = ports;
        this.client = client;
        this.decoder =
                new FrameDecoder(ports.config().maxRequestBytes(), ports.budget(), ports.allocator(), this::onMemory);
        this.answers = new ResponseQueue(ports.config().maxInFlight());
        this.lastActivityNs = ports.clock().monotonicNs();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        sender = new PartSender(added, ports.diskIo(), this);
    }

    @Override
    public void channelActive(ChannelHandlerContext ignored) {
        ports.metrics().connectionOpened(client.listenerName());
        pump();
    }

    @Override
    public void channelRead(ChannelHandlerContext ignored, Object bytes) {
        reading = false;
        decoder.offer((ByteBuf) bytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ignored) {
        pump();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ignored) {
        if (context.channel().isWritable()) {
            sender.proceed();
            pump();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ignored) {
        closing = true;
        decoder.close();
        answers.abandon();
        sender.abandon();
        client.closed();
        ports.metrics().connectionClosed(client.listenerName());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ignored, Throwable cause) {
        ports.troubles().onConnection(client, cause);
        context.close();
    }

    /** Buffers for the connection's socket. */
    ReceiveBuffers receiveBuffers() {
        return new ReceiveBuffers(decoder);
    }

    void mayContinueAfter(RequestSlot slot) {
        if (current == slot) {
            current = null;
            pump();
        }
    }

    void ended(RequestSlot slot) {
        if (current == slot) {
            current = null;
        }
        if (closing) {
            slot.abandon();
            return;
        }
        sendEnded();
        pump();
    }

    void memoryFree(int bytes) {
        ports.budget().release(bytes);
    }

    /** Null, after the fault has been reported, when the answer is no message of that version. */
    EncodedFrame encode(RequestContext answered, ApiMessage response) {
        try {
            return EncodedFrame.response(
                    answered.correlationId(), answered.apiKey(), answered.apiVersion(), response, ports.allocator());
        } catch (Throwable fault) {
            ports.troubles().onConnection(client, fault);
            return null;
        }
    }

    /** Looks for a peer that is idle, or that never ends what it began. Called now and then. */
    void look(long nowNs) {
        noteSending(nowNs);
        if (closing) {
            return;
        }
        if (frameTimed && current == null && nowNs - frameBegunNs > patienceNs()) {
            ports.log().warn("Closing connection of " + client + ": it began a frame and did not end it");
            context.close();
        } else if (isIdle() && nowNs - lastActivityNs > ports.maxIdleNs()) {
            context.close();
        }
    }

    /** Comes on any thread when the budget has the memory that a frame of ours waited for. */
    private void onMemory() {
        context.channel().eventLoop().execute(() -> {
            decoder.memoryGranted();
            pump();
        });
    }

    /** Starts what may start, then asks the socket for more. */
    private void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            do {
                startNext();
            } while (client.endGathering());
        } finally {
            pumping = false;
        }
        refuseBrokenFrame();
        timeFrame();
        readMore();
    }

    private void startNext() {
        while (mayStart()) {
            ByteBuf frame = decoder.poll();
            if (frame == null) {
                return;
            }
            client.followed(isFollowed(frame));
            start(frame);
        }
    }

    /** Whether another request of its kind has arrived, which would start even while this one waits for it. */
    private boolean isFollowed(ByteBuf frame) {
        short key = decoder.nextApiKey();
        return key != FrameDecoder.UNKNOWN && frame.readableBytes() >= Short.BYTES && frame.getShort(0) == key;
    }

    private boolean mayStart() {
        boolean waits = current != null || client.gathering() != null;
        return (!waits || client.gathering() != null && client.isFollowed())
                && !closing
                && answers.hasRoom()
                && !sender.isBusy()
                && context.channel().isActive()
                && context.channel().isWritable();
    }

    private void start(ByteBuf frame) {
        firstFrame = false;
        long nowNs = ports.clock().monotonicNs();
        lastActivityNs = nowNs;
        frameTimed = false;
        RequestSlot slot = new RequestSlot(this, context.channel().eventLoop(), frame, nowNs);
        answers.add(slot);
        current = slot;
        try {
            ports.dispatcher().dispatch(client, frame, slot);
        } catch (Throwable fault) {
            ports.troubles().onConnection(client, fault);
            slot.close("its request could not be read");
        }
    }

    private void refuseBrokenFrame() {
        if (decoder.refusal() == null || closing || !answers.isEmpty()) {
            return;
        }
        String stranger = firstFrame ? Strangers.recognize(decoder.length()) : null;
        closeWith(stranger != null ? "this is " + stranger : decoder.refusal());
    }

    private void timeFrame() {
        boolean waitsForPeer = mayStart() && decoder.isWithinFrame() && !decoder.isWaitingForMemory();
        if (waitsForPeer && !frameTimed) {
            frameBegunNs = ports.clock().monotonicNs();
        }
        frameTimed = waitsForPeer;
    }

    private void readMore() {
        if (reading || closing || decoder.refusal() != null || decoder.isWaitingForMemory()) {
            return;
        }
        if (mayStart() || !decoder.hasInput() && !decoder.isWithinFrame()) {
            reading = true;
            context.read();
        }
    }

    private void sendEnded() {
        for (RequestSlot slot = answers.pollEnded(); slot != null; slot = answers.pollEnded()) {
            if (slot.closeReason() != null) {
                closeWith(slot.closeReason());
                return;
            }
            send(slot);
        }
    }

    private void send(RequestSlot slot) {
        EncodedFrame answer = slot.takeAnswer();
        if (answer == null) {
            return;
        }
        sender.send(answer.parts());
        long nowNs = ports.clock().monotonicNs();
        lastActivityNs = nowNs;
        ports.metrics().answered(slot.context(), nowNs - slot.arrivedNs(), slot.requestBytes(), answer.sizeInBytes());
        planFlush();
    }

    /** Answers that come in one turn of the loop leave together. */
    private void planFlush() {
        if (!flushComes) {
            flushComes = true;
            context.channel().eventLoop().execute(this::flush);
        }
    }

    @Override
    public void handedOver() {
        planFlush();
    }

    @Override
    public void idle() {
        pump();
    }

    @Override
    public void failed(Throwable cause) {
        ports.troubles().onConnection(client, cause);
        context.close();
    }

    private void flush() {
        flushComes = false;
        sender.flush();
    }

    private void closeWith(String reason) {
        closing = true;
        ports.log().warn("Closing connection of " + client + ": " + reason);
        context.flush();
        context.close();
    }

    private boolean isIdle() {
        return answers.isEmpty() && ports.maxIdleNs() > 0;
    }

    private void noteSending(long nowNs) {
        ChannelOutboundBuffer outbound = context.channel().unsafe().outboundBuffer();
        long unsent = outbound == null ? 0 : outbound.totalPendingWriteBytes() - outbound.currentProgress();
        if (unsent != unsentAtLastLook) {
            unsentAtLastLook = unsent;
            lastActivityNs = nowNs;
        }
    }

    private long patienceNs() {
        long allowedByLengthMs =
                decoder.collectedBytes() * 1_000L / ports.config().slowestBytesPerSecond();
        return (ports.config().frameGraceMs() + allowedByLengthMs) * 1_000_000;
    }
}
