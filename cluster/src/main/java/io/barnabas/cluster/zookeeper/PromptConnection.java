package io.barnabas.cluster.zookeeper;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.apache.zookeeper.server.NIOServerCnxn;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/**
 * A connection whose answers are written by the thread that has them, where the socket takes them at once; else, and
 * while the selector's thread is at work on the connection, they go to that thread's queue, as ZooKeeper's all do. Nobody
 * writes past what waits in the queue: only {@link #sendBuffer} adds to it, one call at a time.
 */
final class PromptConnection extends NIOServerCnxn {
    private final SocketChannel socket;
    private final Object sending = new Object();

    PromptConnection(
            ZooKeeperServer server,
            SocketChannel socket,
            SelectionKey key,
            NIOServerCnxnFactory factory,
            NIOServerCnxnFactory.SelectorThread selector)
            throws IOException {
        super(server, socket, key, factory, selector);
        this.socket = socket;
    }

    @Override
    public void sendBuffer(ByteBuffer... buffers) {
        synchronized (sending) {
            if (isOrderToClose(buffers) || !isIdle() || !write(buffers)) {
                super.sendBuffer(buffers);
            }
        }
    }

    /** ZooKeeper marks the end with an empty buffer. */
    private static boolean isOrderToClose(ByteBuffer... buffers) {
        return Arrays.stream(buffers).noneMatch(ByteBuffer::hasRemaining);
    }

    /** Waits to be read, with nothing left to write. */
    private boolean isIdle() {
        return getInterestOps() == SelectionKey.OP_READ;
    }

    /** False when something is left over, or the connection is broken, which the selector's thread finds out, too. */
    private boolean write(ByteBuffer... buffers) {
        try {
            socket.write(buffers);
        } catch (IOException broken) {
            return false;
        }
        if (Arrays.stream(buffers).anyMatch(ByteBuffer::hasRemaining)) {
            return false;
        }
        packetSent();
        return true;
    }
}
