package io.barnabas.compat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes bytes between clients and a broker, until told to cut: then all connections end at once, whatever is on its
 * way. Listens from its construction on; two threads a connection.
 */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket server;
    private final int brokerPort;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();

    CuttingProxy(int brokerPort) throws IOException {
        this.brokerPort = brokerPort;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        new Thread(this::accept, "proxy").start();
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** How many connections there were. */
    int accepted() {
        return accepted.get();
    }

    void cut() {
        open.forEach(CuttingProxy::end);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        cut();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                accepted.incrementAndGet();
                open.add(client);
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
                open.add(broker);
                new Thread(() -> pass(client, broker), "to the broker").start();
                new Thread(() -> pass(broker, client), "to the client").start();
            } catch (IOException closed) {
                // By us, or the broker is away: the client comes again.
            }
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] bytes = new byte[65_536];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                out.write(bytes, 0, count);
            }
        } catch (IOException cut) {
            // That is what it is for.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException closed) {
            // Already.
        }
    }
}
