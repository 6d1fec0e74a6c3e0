package io.barnabas.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.ByteReader;
import io.barnabas.wire.EncodedFrame;
import io.barnabas.wire.message.ResponseHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** A client without manners: sends any bytes, reads what comes, a plain blocking socket. */
public final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;

    private final Socket socket;
    private final DataInputStream in;

    public RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        in = new DataInputStream(socket.getInputStream());
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    public void send(int correlationId, short version, ApiMessage request) throws IOException {
        send(frame(correlationId, version, request));
    }

    /** The whole frame as bytes, length included. */
    static byte[] frame(int correlationId, short version, ApiMessage request) {
        EncodedFrame frame =
                EncodedFrame.request(correlationId, "raw", version, request, UnpooledByteBufAllocator.DEFAULT);
        ByteBuf bytes = Unpooled.buffer();
        frame.parts().forEach(part -> bytes.writeBytes((ByteBuf) part));
        frame.release();
        return ByteBufUtil.getBytes(bytes);
    }

    /** The next answer without its length. */
    byte[] receive() throws IOException {
        byte[] answer = new byte[in.readInt()];
        in.readFully(answer);
        return answer;
    }

    int receiveCorrelationId() throws IOException {
        return Unpooled.wrappedBuffer(receive()).readInt();
    }

    public ApiMessage receive(ApiKey key, short version) throws IOException {
        ByteReader reader = new ByteReader(Unpooled.wrappedBuffer(receive()));
        ResponseHeader.read(reader, key.responseHeaderVersion(version));
        return key.readResponse(reader, version);
    }

    /** The other side has ended the connection, or does so within the time that a test may take. */
    void expectClosed() throws IOException {
        try {
            assertThat(in.read()).as("end of stream").isEqualTo(-1);
        } catch (java.net.SocketException reset) {
            // As good as an end: bytes of ours were still on their way.
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    /** The same, after no more bytes than these. */
    void expectClosedWithin(int bytes) throws IOException {
        try {
            assertThat(in.readNBytes(bytes + 1)).as("bytes before the end").hasSizeLessThanOrEqualTo(bytes);
        } catch (java.net.SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    /** Nothing has come so far. */
    boolean isSilent() throws IOException {
        return in.available() == 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
