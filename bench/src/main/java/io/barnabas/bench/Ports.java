package io.barnabas.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Ports of loopback that nobody uses, in pairs of neighbours: a broker's, and its controller's or ZooKeeper's. Where the
 * search begins depends on the process, since another bench may be looking for ports at the same moment.
 */
final class Ports {
    private static final int FIRST = 19_092;
    private static final int LAST = 29_092;
    private static final int PAIRS = (LAST - FIRST) / 2;
    private static int tried = (int) (ProcessHandle.current().pid() % PAIRS);
    private static int left = PAIRS;

    private Ports() {}

    static synchronized int nextPair() {
        for (; left > 0; left--) {
            int port = FIRST + 2 * (tried++ % PAIRS);
            if (isFree(port) && isFree(port + 1)) {
                left--;
                return port;
            }
        }
        throw new IllegalArgumentException("no free ports from " + FIRST + " to " + LAST);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
