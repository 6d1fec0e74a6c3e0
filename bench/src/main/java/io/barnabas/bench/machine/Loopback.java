package io.barnabas.bench.machine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Moves bytes from one thread to another over a connection; counts what one of both used for it. */
final class Loopback implements Job {
    private static final long TURN_NS = 400_000_000;
    private static final int RECEIVE_BYTES = 256 << 10;

    private final Sending sending;
    private final int bytes;
    private final boolean countsReceiver;

    /** Sends so many bytes. */
    @FunctionalInterface
    private interface Sending {
        void send(SocketChannel socket, int bytes) throws IOException;
    }

    private Loopback(Sending sending, int bytes, boolean countsReceiver) {
        this.sending = sending;
        this.bytes = bytes;
        this.countsReceiver = countsReceiver;
    }

    static Job receiver(int bytes) {
        return new Loopback(writing(bytes), bytes, true);
    }

    static Job sender(int bytes) {
        return new Loopback(writing(bytes), bytes, false);
    }

    static Job fileSender(SentFile file, int bytes) {
        return new Loopback(file::sendTo, bytes, false);
    }

    private static Sending writing(int bytes) {
        ByteBuffer block = ByteBuffer.allocateDirect(bytes);
        return (socket, size) -> {
            block.clear();
            while (block.hasRemaining()) {
                socket.write(block);
            }
        };
    }

    @Override
    public Moved run() throws IOException, InterruptedException {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (ServerSocketChannel server =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            Future<Moved> receiving = thread.submit(() -> receive((InetSocketAddress) server.getLocalAddress()));
            Moved sent;
            try (SocketChannel socket = server.accept()) {
                sent = send(socket);
            }
            Moved received = receiving.get();
            return countsReceiver ? received : sent;
        } catch (ExecutionException failure) {
            throw new IOException(failure.getCause());
        } finally {
            thread.shutdown();
        }
    }

    private Moved send(SocketChannel socket) throws IOException {
        long cpu = ThreadTime.ns();
        long begin = System.nanoTime();
        long sent = 0;
        while (System.nanoTime() - begin < TURN_NS) {
            sending.send(socket, bytes);
            sent += bytes;
        }
        return new Moved(sent, System.nanoTime() - begin, ThreadTime.ns() - cpu);
    }

    private static Moved receive(InetSocketAddress from) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(RECEIVE_BYTES);
        try (SocketChannel socket = SocketChannel.open(from)) {
            long cpu = ThreadTime.ns();
            long begin = System.nanoTime();
            long received = 0;
            for (int bytes = 0; bytes >= 0; bytes = socket.read(buffer.clear())) {
                received += bytes;
            }
            return new Moved(received, System.nanoTime() - begin, ThreadTime.ns() - cpu);
        }
    }
}
