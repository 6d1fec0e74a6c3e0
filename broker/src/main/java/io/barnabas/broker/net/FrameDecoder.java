package io.barnabas.broker.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Cuts the bytes of one connection into frames: four bytes of length, then the request. A frame is a slice of what was
 * read. If it did not arrive whole, the socket is read on into the same buffer, or, where that is too small, into a new
 * one: of the frame's size where that is large, so that no byte of it is copied twice, else with room for as many frames
 * more as come together. Memory is reserved before a frame's bytes are collected.
 * Confined to the connection's event loop.
 */
final class FrameDecoder {
    /** Of no request. */
    static final short UNKNOWN = -1;

    private static final int LENGTH_BYTES = 4;

    /** With each frame one part in so many of a larger one is forgotten. */
    private static final int FORGETTING = 16;

    /**
     * A larger frame gets a buffer of its own when it does not arrive whole. Copying what arrived of a smaller one costs
     * far less than what requests spare that arrive together.
     */
    static final int LARGEST_IN_COMPANY = 96 * 1024;

    private final int maxFrameBytes;
    private final MemoryBudget budget;
    private final ByteBufAllocator allocator;
    private final Runnable onMemory;

    /** What was read and not yet looked at; null when there is nothing. */
    private ByteBuf input;

    private int lengthBytes;
    private int length;
    private Memory memory = Memory.NONE;

    /** The frame being collected; null between frames and while it may still turn out to be whole. */
    private ByteBuf frame;

    /** What the frame being collected is a slice of, and what follows it is read into; of its own reference. */
    private ByteBuf room;

    /** What the room has beyond the frame, lent by the budget. */
    private int lent;

    private ByteBuf target;
    private int usualBytes;
    private int roomBytes;
    private String refusal;
    private boolean closed;

    private enum Memory {
        NONE,
        AWAITED,
        RESERVED
    }

    /** @param onMemory runs on any thread when memory that {@link #poll} waits for is there; {@link #memoryGranted} is to follow on the loop */
    FrameDecoder(int maxFrameBytes, MemoryBudget budget, ByteBufAllocator allocator, Runnable onMemory) {
        this.maxFrameBytes = maxFrameBytes;
        this.budget = budget;
        this.allocator = allocator;
        this.onMemory = onMemory;
    }

    /** Takes over what was read from the socket. */
    void offer(ByteBuf bytes) {
        if (closed || refusal != null) {
            bytes.release();
        } else if (bytes == target) {
            target = null;
            collectRead(bytes);
        } else if (input == null) {
            input = bytes;
        } else {
            input = joined(input, bytes);
        }
    }

    /**
     * The next frame, without its length, or null when there is none yet. The caller releases the buffer, and gives
     * {@code readableBytes()} back to the budget when it no longer needs them.
     */
    ByteBuf poll() {
        if (closed || refusal != null || memory == Memory.AWAITED || !readLength() || !reserve()) {
            return null;
        }
        if (frame == null) {
            if (input != null && input.readableBytes() >= length) {
                return finished(input.readRetainedSlice(length));
            }
            begin();
        }
        collect();
        return frame.readableBytes() == length ? finished(frame) : null;
    }

    /** What kind of request the next frame is, where all of it has arrived already; {@link #UNKNOWN} otherwise. */
    short nextApiKey() {
        if (input == null || lengthBytes > 0 || input.readableBytes() < LENGTH_BYTES + Short.BYTES) {
            return UNKNOWN;
        }
        int at = input.readerIndex();
        int arrived = input.readableBytes() - LENGTH_BYTES;
        int next = input.getInt(at);
        return next >= Short.BYTES && next <= arrived ? input.getShort(at + LENGTH_BYTES) : UNKNOWN;
    }

    /** Why this connection cannot go on; null as long as it can. */
    String refusal() {
        return refusal;
    }

    /** The length that the frame under way has, or that was refused. */
    int length() {
        return length;
    }

    /** The budget has reserved what {@link #poll} asked for. */
    void memoryGranted() {
        if (closed) {
            budget.release(length);
        } else {
            memory = Memory.RESERVED;
        }
    }

    boolean isWaitingForMemory() {
        return memory == Memory.AWAITED;
    }

    /** Bytes have been read that no frame was made of. */
    boolean hasInput() {
        return input != null;
    }

    /** A frame has begun to arrive and is not whole. */
    boolean isWithinFrame() {
        return lengthBytes > 0 || input != null;
    }

    /** Bytes that have arrived of the frame which is being collected. */
    int collectedBytes() {
        return frame == null ? 0 : frame.writerIndex();
    }

    /** As large as the frames of late, length included, so that the next one probably fits. */
    int usualBytes() {
        return usualBytes;
    }

    /** A buffer for small frames is to have room for so many bytes. */
    void roomFor(int bytes) {
        roomBytes = bytes;
    }

    /** Where the next bytes of the socket belong; null when any buffer will do. */
    ByteBuf receiveBuffer() {
        if (frame == null || input != null || frame.writableBytes() == 0) {
            return null;
        }
        int from = frame.writerIndex();
        target = room.retainedSlice(from, room.capacity() - from).writerIndex(0);
        return target;
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        dropInput();
        if (frame != null) {
            frame.release();
            frame = null;
            dropRoom();
        }
        if (memory == Memory.RESERVED) {
            budget.release(length);
        }
    }

    private boolean readLength() {
        while (lengthBytes < LENGTH_BYTES && input != null) {
            length = length << Byte.SIZE | input.readUnsignedByte();
            lengthBytes++;
            dropInputIfRead();
        }
        if (lengthBytes < LENGTH_BYTES) {
            return false;
        }
        if (length < 0 || length > maxFrameBytes) {
            refusal = "a frame of " + length + " bytes, where 0 to " + maxFrameBytes + " are allowed";
            dropInput();
            return false;
        }
        return true;
    }

    private boolean reserve() {
        if (memory == Memory.NONE) {
            memory = budget.reserve(length, onMemory) ? Memory.RESERVED : Memory.AWAITED;
        }
        return memory == Memory.RESERVED;
    }

    private void begin() {
        int arrived = 0;
        int behind = input == null ? 0 : input.capacity() - input.readerIndex();
        if (input != null && behind >= length && borrow(behind - length)) {
            arrived = input.readableBytes();
            room = input.retainedSlice(input.readerIndex(), behind);
            dropInput();
        } else {
            boolean inCompany = length <= LARGEST_IN_COMPANY && roomBytes > length && borrow(roomBytes - length);
            int bytes = Math.max(1, inCompany ? roomBytes : length);
            room = allocator.directBuffer(bytes, bytes);
        }
        frame = room.retainedSlice(0, length).writerIndex(arrived);
    }

    private boolean borrow(int bytes) {
        boolean granted = budget.lend(bytes);
        lent = granted ? bytes : 0;
        return granted;
    }

    /** What was read of the frame under way, and perhaps of those behind it. */
    private void collectRead(ByteBuf bytes) {
        int ofFrame = Math.min(bytes.readableBytes(), frame.writableBytes());
        frame.writerIndex(frame.writerIndex() + ofFrame);
        bytes.skipBytes(ofFrame);
        if (bytes.isReadable()) {
            input = bytes;
        } else {
            bytes.release();
        }
    }

    private void collect() {
        if (input != null) {
            frame.writeBytes(input, Math.min(length - frame.writerIndex(), input.readableBytes()));
            dropInputIfRead();
        }
    }

    private ByteBuf finished(ByteBuf whole) {
        usualBytes = Math.max(LENGTH_BYTES + length, usualBytes - usualBytes / FORGETTING);
        frame = null;
        dropRoom();
        lengthBytes = 0;
        length = 0;
        memory = Memory.NONE;
        dropInputIfRead();
        return whole;
    }

    private void dropRoom() {
        if (room != null) {
            room.release();
            room = null;
            budget.takeBack(lent);
            lent = 0;
        }
    }

    private void dropInputIfRead() {
        if (input != null && !input.isReadable()) {
            dropInput();
        }
    }

    private void dropInput() {
        if (input != null) {
            input.release();
            input = null;
        }
    }

    /** Rare: a peer that hangs up makes Netty read although nobody asked. */
    private ByteBuf joined(ByteBuf first, ByteBuf second) {
        ByteBuf both = allocator.directBuffer(first.readableBytes() + second.readableBytes());
        both.writeBytes(first).writeBytes(second);
        first.release();
        second.release();
        return both;
    }
}
