package io.barnabas.requests.data;

import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.ByteWriter;
import io.barnabas.wire.RecordsRef;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.MessageUtil;

/** What goes over the wire, as hexadecimal text, of our messages and of Kafka's. */
final class Bytes {
    private Bytes() {}

    /** Writes the message as it would be sent, files included; its records are released. */
    static String of(ApiMessage message, int version) throws IOException {
        ByteWriter out = new ByteWriter(Unpooled.buffer());
        message.write(out, (short) version);
        StringBuilder hex = new StringBuilder();
        for (Object part : out.finish()) {
            if (part instanceof ByteBuf bytes) {
                hex.append(ByteBufUtil.hexDump(bytes));
                bytes.release();
            } else {
                RecordsRef records = (RecordsRef) part;
                hex.append(ByteBufUtil.hexDump(of(records)));
                records.release();
            }
        }
        return hex.toString();
    }

    static String of(Message kafkas, int version) {
        ByteBuffer bytes =
                MessageUtil.toByteBufferAccessor(kafkas, (short) version).buffer();
        return ByteBufUtil.hexDump(Unpooled.wrappedBuffer(bytes));
    }

    /** The bytes of the records, wherever they lie; those in pieces can be read once. */
    static byte[] of(RecordsRef records) throws IOException {
        if (records instanceof RecordsRef.Pieces pieces) {
            return read(pieces);
        }
        return records instanceof RecordsRef.FileSlice slice
                ? read(slice)
                : ByteBufUtil.getBytes(((RecordsRef.Buffer) records).bytes());
    }

    private static byte[] read(RecordsRef.Pieces pieces) {
        ByteBuf all = Unpooled.buffer();
        while (all.readableBytes() < pieces.sizeInBytes()) {
            ByteBuf piece = pieces.next();
            all.writeBytes(piece);
            piece.release();
        }
        return ByteBufUtil.getBytes(all);
    }

    private static byte[] read(RecordsRef.FileSlice slice) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(slice.sizeInBytes());
        while (bytes.hasRemaining()) {
            if (slice.channel().read(bytes, slice.position() + bytes.position()) < 0) {
                throw new IOException("the slice reaches beyond its file");
            }
        }
        return bytes.array();
    }
}
