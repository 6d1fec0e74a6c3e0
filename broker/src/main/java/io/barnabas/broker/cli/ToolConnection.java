package io.barnabas.broker.cli;

import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.ByteReader;
import io.barnabas.wire.EncodedFrame;
import io.barnabas.wire.MalformedMessageException;
import io.barnabas.wire.message.ResponseHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** The connection of a tool to a broker's plain listener: asks one thing at a time, and waits for the answer. */
final class ToolConnection implements AutoCloseable {
    private static final int CONNECT_MS = 10_000;
    private static final int LARGEST_ANSWER = 100 << 20;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private int correlationId;

    /** @param answerMs how long an answer may take */
    ToolConnection(String host, int port, int answerMs) throws IOException {
        try {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(answerMs);
            in = new DataInputStream(socket.getInputStream());
        } catch (IOException failure) {
            socket.close();
            throw new IOException("no broker answers at " + host + ":" + port + ": " + failure.getMessage(), failure);
        }
    }

    /** {@code host:port}, the host in brackets where it has colons itself; null when it is none. */
    static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0 || !text.substring(colon + 1).matches("\\d{1,5}")) {
            return null;
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        String host = text.substring(0, colon);
        boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        return port > 65_535
                ? null
                : InetSocketAddress.createUnresolved(isBracketed ? host.substring(1, host.length() - 1) : host, port);
    }

    ApiMessage ask(ApiMessage request, int version) throws IOException {
        ApiKey key = request.apiKey();
        send(EncodedFrame.request(
                ++correlationId, "barnabas-tool", (short) version, request, UnpooledByteBufAllocator.DEFAULT));
        int length = in.readInt();
        if (length < 0 || length > LARGEST_ANSWER) {
            throw new IOException("an answer of " + length + " bytes: that is no broker");
        }
        ByteReader reader = new ByteReader(Unpooled.wrappedBuffer(in.readNBytes(length)));
        try {
            ResponseHeader.read(reader, key.responseHeaderVersion((short) version));
            return key.readResponse(reader, (short) version);
        } catch (MalformedMessageException malformed) {
            throw new IOException("the answer cannot be read: " + malformed.getMessage(), malformed);
        }
    }

    private void send(EncodedFrame frame) throws IOException {
        try {
            for (Object part : frame.parts()) {
                ByteBuf bytes = (ByteBuf) part;
                bytes.getBytes(bytes.readerIndex(), socket.getOutputStream(), bytes.readableBytes());
            }
        } finally {
            frame.release();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
