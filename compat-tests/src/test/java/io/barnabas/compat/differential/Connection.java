package io.barnabas.compat.differential;

import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.ByteReader;
import io.barnabas.wire.EncodedFrame;
import io.barnabas.wire.MalformedMessageException;
import io.barnabas.wire.message.ApiVersionsRequest;
import io.barnabas.wire.message.ApiVersionsResponse;
import io.barnabas.wire.message.ResponseHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A plain socket to a broker which sends what it is told, well-formed or not. One thread at a time. */
public final class Connection implements AutoCloseable {
    static final String CLIENT_ID = "differential";

    private static final int PATIENCE_MS = 20_000;
    private static final String FOREIGN = "an answer to another request";

    private final Socket socket;
    private final DataInputStream in;
    private int correlationId;

    public Connection(String address) {
        String[] parts = address.split(":");
        try {
            this.socket = new Socket(parts[0], Integer.parseInt(parts[1]));
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MS);
            this.in = new DataInputStream(socket.getInputStream());
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot connect to " + address, failure);
        }
    }

    /** Sends a request; its answer is the next one that is read. */
    public void send(short version, ApiMessage request) {
        EncodedFrame frame =
                EncodedFrame.request(++correlationId, CLIENT_ID, version, request, UnpooledByteBufAllocator.DEFAULT);
        byte[] bytes = new byte[frame.sizeInBytes()];
        int at = 0;
        for (Object part : frame.parts()) {
            ByteBuf buffer = (ByteBuf) part;
            int length = buffer.readableBytes();
            buffer.getBytes(buffer.readerIndex(), bytes, at, length);
            at += length;
        }
        frame.release();
        write(bytes);
    }

    /** Writes bytes as they are; a broker that has closed meanwhile is noticed when its answer is read. */
    void write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (SocketException closedByTheBroker) {
            // Reading will say so.
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The answer to the last request sent. */
    public Answer read(ApiKey key, short version) {
        try {
            return decode(frame(), key, version);
        } catch (SocketTimeoutException silence) {
            return Answer.SILENCE;
        } catch (EOFException | SocketException closed) {
            return Answer.CLOSED;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** For what has no well-formed request: whether the broker closes, says something or stays as it is. */
    Answer readAnything() {
        try {
            return new Answer.Word("an answer of " + frame().length + " bytes");
        } catch (SocketTimeoutException silence) {
            return Answer.SILENCE;
        } catch (EOFException | SocketException closed) {
            return Answer.CLOSED;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** For a request which should have no answer: asks something else after it and looks at what comes first. */
    Answer readNothing() {
        send((short) 0, new ApiVersionsRequest());
        Answer next = read(ApiKey.API_VERSIONS, (short) 0);
        boolean isOfTheProbe =
                next instanceof Answer.Decoded decoded && decoded.message() instanceof ApiVersionsResponse;
        return isOfTheProbe ? Answer.SILENCE : next;
    }

    /** Waits less long for what will probably not come. */
    Connection impatient(int patienceMs) {
        try {
            socket.setSoTimeout(patienceMs);
        } catch (SocketException failure) {
            throw new UncheckedIOException(failure);
        }
        return this;
    }

    /** Says that nothing more will be sent. */
    void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException closedByTheBroker) {
            // Reading will say so.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private byte[] frame() throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }

    private Answer decode(byte[] frame, ApiKey key, short version) {
        try {
            ByteReader reader = new ByteReader(Unpooled.wrappedBuffer(frame));
            ResponseHeader header = ResponseHeader.read(reader, key.responseHeaderVersion(version));
            if (header.correlationId() != correlationId) {
                return new Answer.Word(FOREIGN);
            }
            ApiMessage message = key.readResponse(reader, version);
            if (reader.remaining() > 0) {
                return new Answer.Word(reader.remaining() + " bytes after the answer " + message);
            }
            return new Answer.Decoded(message);
        } catch (MalformedMessageException broken) {
            return new Answer.Word(
                    "unreadable (" + broken.getMessage() + "): " + new String(frame, StandardCharsets.ISO_8859_1));
        }
    }
}
