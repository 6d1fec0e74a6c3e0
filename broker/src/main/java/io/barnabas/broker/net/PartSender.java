package io.barnabas.broker.net;

import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.RecordsRef.FileSlice;
import io.barnabas.wire.RecordsRef.Pieces;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Hands the parts of answers to the socket, in order: bytes and files at once, pieces one by one. A piece is made on a
 * thread that may wait, and only when most of what came before has left; until the last one is handed over, what comes
 * behind waits. Confined to the connection's event loop, but for the making.
 */
final class PartSender {
    /** Hears what becomes of pieces; on the event loop. */
    interface Listener {
        /** Something was handed over that is to be flushed. */
        void handedOver();

        /** No part waits any more. */
        void idle();

        void failed(Throwable cause);
    }

    /**
     * So few bytes of a file are read and leave together with what stands around them: two system calls where sending
     * from the file takes four. With more, copying twice costs more than that.
     */
    private static final int COPIED_BYTES = 32 * 1024;

    private final ChannelHandlerContext context;
    private final Executor maker;
    private final Listener listener;
    private final ArrayDeque<Object> waiting = new ArrayDeque<>();

    /** Pieces on their way; null when there are none. */
    private Pieces current;

    private int left;
    private boolean filesWait;
    private boolean making;
    private boolean abandoned;

    PartSender(ChannelHandlerContext context, Executor maker, Listener listener) {
        this.context = context;
        this.maker = maker;
        this.listener = listener;
    }

    /** Parts that were not handed over yet wait for pieces that are not made yet. */
    boolean isBusy() {
        return current != null;
    }

    void send(List<Object> parts) {
        waiting.addAll(parts);
        handOver();
    }

    /** Sends what was handed over. Files take system calls of their own, which are not to be as many packets. */
    void flush() {
        if (!filesWait) {
            context.flush();
            return;
        }
        filesWait = false;
        Transport.holdPackets(context.channel(), true);
        context.flush();
        Transport.holdPackets(context.channel(), false);
    }

    /** The socket takes more. */
    void proceed() {
        if (current != null && !making && context.channel().isWritable()) {
            making = true;
            try {
                maker.execute(this::make);
            } catch (RejectedExecutionException brokerStops) {
                making = false;
                listener.failed(brokerStops);
            }
        }
    }

    /** The connection has gone. */
    void abandon() {
        abandoned = true;
        if (!making) {
            release();
        }
    }

    private void handOver() {
        while (current == null && !waiting.isEmpty()) {
            Object part = waiting.poll();
            if (part instanceof Pieces pieces) {
                current = pieces;
                left = pieces.sizeInBytes();
                proceed();
            } else {
                write(part);
            }
        }
    }

    private void write(Object part) {
        if (!(part instanceof FileSlice slice)) {
            context.write(part, context.voidPromise());
        } else if (slice.sizeInBytes() > COPIED_BYTES) {
            filesWait = true;
            context.write(new SharedFileRegion(slice), context.voidPromise());
        } else {
            writeCopy(slice);
        }
    }

    /** The slice is in the page cache, or it would not have been given to an event loop. */
    private void writeCopy(FileSlice slice) {
        ByteBuf copy = context.alloc().directBuffer(slice.sizeInBytes(), slice.sizeInBytes());
        try {
            while (copy.isWritable()) {
                long position = slice.position() + copy.writerIndex();
                if (copy.writeBytes(slice.channel(), position, copy.writableBytes()) < 0) {
                    throw new EOFException("a file ends before " + slice);
                }
            }
        } catch (IOException failure) {
            copy.release();
            listener.failed(failure);
            return;
        } finally {
            slice.release();
        }
        context.write(copy, context.voidPromise());
    }

    /** Not on the event loop. */
    private void make() {
        ByteBuf piece = null;
        Throwable fault = null;
        try {
            piece = current.next();
        } catch (RuntimeException | Error thrown) {
            fault = thrown;
        }
        ByteBuf made = piece;
        Throwable cause = fault;
        try {
            context.executor().execute(() -> made(made, cause));
        } catch (RejectedExecutionException loopHasEnded) {
            if (made != null) {
                made.release();
            }
            release();
        }
    }

    private void made(ByteBuf piece, Throwable fault) {
        making = false;
        if (abandoned || fault != null) {
            if (piece != null) {
                piece.release();
            }
            release();
            if (fault != null) {
                listener.failed(fault);
            }
            return;
        }
        left -= piece.readableBytes();
        context.write(piece, context.voidPromise());
        listener.handedOver();
        if (left > 0) {
            proceed();
            return;
        }
        current.release();
        current = null;
        handOver();
        if (current == null) {
            listener.idle();
        }
    }

    private void release() {
        if (current != null) {
            current.release();
            current = null;
        }
        for (Object part : waiting) {
            if (part instanceof ByteBuf bytes) {
                bytes.release();
            } else {
                ((RecordsRef) part).release();
            }
        }
        waiting.clear();
    }
}
