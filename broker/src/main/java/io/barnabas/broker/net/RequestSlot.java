package io.barnabas.broker.net;

import io.barnabas.requests.Exchange;
import io.barnabas.requests.RequestContext;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.EncodedFrame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;

/**
 * One request of a connection, from its frame to its answer. Handlers call it from any thread; its state is confined to
 * the connection's event loop, to which it hops.
 */
final class RequestSlot implements Exchange {
    private final ConnectionHandler connection;
    private final EventLoop loop;
    private final int requestBytes;
    private final long arrivedNs;
    private ByteBuf frame;
    private boolean ended;
    private RequestContext context;
    private EncodedFrame encoded;
    private String closeReason;

    RequestSlot(ConnectionHandler connection, EventLoop loop, ByteBuf frame, long arrivedNs) {
        this.connection = connection;
        this.loop = loop;
        this.frame = frame;
        this.requestBytes = frame.readableBytes();
        this.arrivedNs = arrivedNs;
    }

    @Override
    public void bytesNotNeeded() {
        onLoop(this::dropFrame);
    }

    @Override
    public void mayContinue() {
        onLoop(() -> {
            dropFrame();
            connection.mayContinueAfter(this);
        });
    }

    @Override
    public void answer(RequestContext answered, ApiMessage response) {
        onLoop(() -> {
            if (ended) {
                return;
            }
            context = answered;
            EncodedFrame frame = connection.encode(answered, response);
            end(frame, frame == null ? "the answer to " + answered + " could not be written" : null);
        });
    }

    @Override
    public void endSilently() {
        onLoop(() -> end(null, null));
    }

    @Override
    public void close(String reason) {
        onLoop(() -> end(null, reason));
    }

    /** The answer is known, or it is known that there is none. */
    boolean isEnded() {
        return ended;
    }

    /** The answer, or null where there is none; whoever takes it sends or releases it. */
    EncodedFrame takeAnswer() {
        EncodedFrame taken = encoded;
        encoded = null;
        return taken;
    }

    /** Null unless the connection ends here. */
    String closeReason() {
        return closeReason;
    }

    /** Null when there was no answer. */
    RequestContext context() {
        return context;
    }

    int requestBytes() {
        return requestBytes;
    }

    long arrivedNs() {
        return arrivedNs;
    }

    /** The connection has gone; an answer that comes later is dropped where it is encoded. */
    void abandon() {
        EncodedFrame unsent = takeAnswer();
        if (unsent != null) {
            unsent.release();
        }
    }

    private void end(EncodedFrame answer, String reason) {
        if (ended) {
            return;
        }
        ended = true;
        encoded = answer;
        closeReason = reason;
        dropFrame();
        connection.ended(this);
    }

    private void dropFrame() {
        if (frame != null) {
            frame.release();
            frame = null;
            connection.memoryFree(requestBytes);
        }
    }

    private void onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
            return;
        }
        try {
            loop.execute(task);
        } catch (RejectedExecutionException stopped) {
            // The broker stops; its connections have gone.
        }
    }
}
