package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;

/**
 * The records of a batch as a window that moves over them: of an uncompressed batch the window is the batch itself, of
 * a compressed one a buffer that is filled again and again. Readers look at {@code bytes} between {@code at} and
 * {@code end} and move {@code at}. One owner, who closes it.
 */
final class RecordWindow implements AutoCloseable {
    static final int WINDOW_BYTES = 64 * 1024;

    /** Less free room than this is not worth a call to a codec. */
    private static final int LITTLE_ROOM = 4 * 1024;

    ByteBuffer bytes;
    int at;
    int end;

    private final Decompressor stream;
    private final ByteBufAllocator allocator;
    private ByteBuf buffer;

    private RecordWindow(Decompressor stream, ByteBufAllocator allocator) {
        this.stream = stream;
        this.allocator = allocator;
    }

    /** Bytes that lie there already. */
    static RecordWindow over(ByteBuf batches, int from, int to) {
        RecordWindow window = new RecordWindow(null, null);
        window.bytes = batches.nioBuffer(from, to - from);
        window.end = to - from;
        return window;
    }

    /** Bytes to come from the stream, which the window closes. */
    static RecordWindow over(Decompressor stream, int windowBytes, ByteBufAllocator allocator) {
        RecordWindow window = new RecordWindow(stream, allocator);
        window.moveTo(windowBytes);
        return window;
    }

    /** Makes this many bytes lie in one piece; false when the bytes end before, or the window is too small for them. */
    boolean gather(int length) {
        return end - at >= length || length <= bytes.capacity() && fillUpTo(length);
    }

    /** The same with a window that grows, but never faster than bytes really come. */
    boolean gatherAll(int length) {
        while (end - at < length) {
            if (end - at == bytes.capacity() && stream != null) {
                moveTo((int) Math.min(length, 2L * bytes.capacity()));
            }
            if (!fill()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a record of this length, though not in the window, may still come in pieces. */
    boolean isStream() {
        return stream != null;
    }

    /** The next byte, or -1 at the end. */
    int nextByte() {
        return gather(1) ? bytes.get(at++) & 0xFF : -1;
    }

    /** Passes over bytes without keeping them; false when there are fewer. */
    boolean skip(int length) {
        int left = length;
        while (left > end - at) {
            left -= end - at;
            at = end;
            if (!fill()) {
                return false;
            }
        }
        at += left;
        return true;
    }

    @Override
    public void close() {
        if (stream != null) {
            stream.close();
            buffer.release();
        }
    }

    private boolean fillUpTo(int length) {
        while (end - at < length) {
            if (!fill()) {
                return false;
            }
        }
        return true;
    }

    /** False at the end of the stream; true says nothing about how many bytes came. */
    private boolean fill() {
        int room = stream == null ? Decompressor.END : stream.nextRoom();
        if (room == Decompressor.END) {
            return false;
        }
        if (bytes.capacity() - end < Math.max(room, LITTLE_ROOM)) {
            compact();
        }
        if (bytes.capacity() - end < room) {
            // Twice the room at least, else what is left of a record would ask for a larger window again and again.
            moveTo(Math.max(end + room, 2 * bytes.capacity()));
        }
        bytes.limit(bytes.capacity()).position(end);
        stream.read(bytes);
        end = bytes.position();
        bytes.position(0);
        return true;
    }

    private void compact() {
        bytes.limit(end).position(at);
        bytes.compact().clear();
        end -= at;
        at = 0;
    }

    private void moveTo(int capacity) {
        ByteBuf larger = allocator.directBuffer(capacity, capacity);
        ByteBuffer target = larger.nioBuffer(0, capacity);
        if (buffer != null) {
            target.put(0, bytes, at, end - at);
            end -= at;
            at = 0;
            buffer.release();
        }
        buffer = larger;
        bytes = target;
    }
}
