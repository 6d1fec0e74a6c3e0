package io.barnabas.broker.net;

/**
 * How much a connection brings at a time: twice as much room after each read that filled what there was, half as much
 * after many in a row for which half would have done. Reading all that waits in one go is what lets the requests in it
 * share a write and their answers a packet. Confined to the connection's event loop.
 */
final class ReceiveHabits {
    static final int SMALLEST = 512;
    static final int FIRST = 2048;
    static final int LARGEST = 256 * 1024;

    private static final int SMALL_READS_TO_SHRINK = 32;

    private int room = FIRST;
    private int smallReads;

    /** What the next read should have room for. */
    int room() {
        return room;
    }

    /** A read brought so many bytes into room for so many. */
    void read(int bytes, int offered) {
        if (bytes >= offered) {
            smallReads = 0;
            room = Math.min(LARGEST, Math.max(room, 2 * offered));
        } else if (bytes > room / 2) {
            smallReads = 0;
        } else if (++smallReads >= SMALL_READS_TO_SHRINK) {
            smallReads = 0;
            room = Math.max(SMALLEST, room / 2);
        }
    }
}
