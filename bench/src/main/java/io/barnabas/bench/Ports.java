package io.barnabas.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of loopback that nobody uses, in pairs of neighbours: a broker's, and its controller's or ZooKeeper's. */
final class Ports {
    private static final int FIRST = 19_092;
    private static final int LAST = 29_092;
    private static int next = FIRST;

    private Ports() {}

    static synchronized int nextPair() {
        for (; next < LAST; next += 2) {
            if (isFree(next) && isFree(next + 1)) {
                next += 2;
                return next - 2;
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
