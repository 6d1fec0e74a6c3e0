package io.barnabas.bench.load;

import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.ByteReader;
import io.barnabas.wire.message.ApiVersionsRequest;
import io.barnabas.wire.message.ApiVersionsResponse;
import io.barnabas.wire.message.ResponseHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.EnumMap;
import java.util.Map;

/**
 * A blocking connection to a broker, which speaks the newest versions that both sides know. One thread sends; the same
 * or one other receives.
 */
public final class RawConnection implements AutoCloseable {
    private static final int SINK_BYTES = 256 * 1024;
    private static final int CORRELATION_ID_BYTES = 4;

    private final SocketChannel socket;
    private final ByteBuffer head = ByteBuffer.allocateDirect(8);
    /** As large as what was skipped so far needed: thousands of connections with small answers shall cost little. */
    private ByteBuffer sink = ByteBuffer.allocate(0);

    private final Map<ApiKey, Short> versions = new EnumMap<>(ApiKey.class);
    private int bodyBytes;

    private RawConnection(SocketChannel socket) {
        this.socket = socket;
    }

    /** Connects and asks what the broker speaks. */
    public static RawConnection open(InetSocketAddress broker) throws IOException {
        RawConnection connection = new RawConnection(SocketChannel.open(broker));
        try {
            connection.socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            connection.negotiate();
            return connection;
        } catch (IOException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    private void negotiate() throws IOException {
        ApiVersionsResponse spoken = (ApiVersionsResponse) call(new ApiVersionsRequest(), (short) 0);
        spoken.apiKeys().forEach(range -> {
            ApiKey key = ApiKey.of(range.apiKey());
            if (key != null && key.highestStableVersion() >= range.minVersion()) {
                versions.put(key, (short) Math.min(key.highestStableVersion(), range.maxVersion()));
            }
        });
    }

    public short version(ApiKey key) throws IOException {
        Short version = versions.get(key);
        if (version == null) {
            throw new IOException("the broker has no " + key);
        }
        return version;
    }

    /** Sends a request and waits for its answer. */
    public ApiMessage call(ApiMessage request) throws IOException {
        return call(request, version(request.apiKey()));
    }

    private ApiMessage call(ApiMessage request, short version) throws IOException {
        send(Frames.encode(request, version));
        receiveHead();
        return readBody(request.apiKey(), version);
    }

    void send(ByteBuffer frame) throws IOException {
        ByteBuffer unsent = frame.duplicate();
        while (unsent.hasRemaining()) {
            socket.write(unsent);
        }
    }

    /** Reads the start of the next answer and gives its number; its body is left unread. */
    int receiveHead() throws IOException {
        head.clear();
        fill(head);
        bodyBytes = head.getInt(0) - CORRELATION_ID_BYTES;
        return head.getInt(CORRELATION_ID_BYTES);
    }

    /** Of the answer that has begun. */
    int bodyBytes() {
        return bodyBytes;
    }

    void skipBody() throws IOException {
        int left = bodyBytes;
        if (sink.capacity() < Math.min(left, SINK_BYTES)) {
            sink = ByteBuffer.allocateDirect(Math.min(left, SINK_BYTES));
        }
        while (left > 0) {
            sink.clear().limit(Math.min(left, sink.capacity()));
            left -= read(sink);
        }
    }

    ApiMessage readBody(ApiKey key, short version) throws IOException {
        ByteBuffer whole = ByteBuffer.allocate(CORRELATION_ID_BYTES + bodyBytes).position(CORRELATION_ID_BYTES);
        fill(whole);
        ByteBuf bytes = Unpooled.wrappedBuffer(whole.flip());
        ByteReader reader = new ByteReader(bytes);
        ResponseHeader.read(reader, key.responseHeaderVersion(version));
        return key.readResponse(reader, version);
    }

    private void fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            read(buffer);
        }
    }

    private int read(ByteBuffer buffer) throws IOException {
        int bytes = socket.read(buffer);
        if (bytes < 0) {
            throw new IOException("the broker closed the connection");
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
