package io.barnabas.requests.data;

import io.barnabas.wire.RecordsRef;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Messages of the formats before batches, as producers up to 0.10 send them. */
final class LegacyMessage {
    private LegacyMessage() {}

    /** A set of uncompressed messages without keys. */
    static RecordsRef set(int magic, String... values) {
        ByteBuf set = Unpooled.buffer();
        for (int i = 0; i < values.length; i++) {
            ByteBuf message = message(magic, values[i].getBytes(StandardCharsets.UTF_8));
            set.writeLong(i).writeInt(message.readableBytes()).writeBytes(message);
        }
        return new RecordsRef.Buffer(set);
    }

    private static ByteBuf message(int magic, byte[] value) {
        ByteBuf body = Unpooled.buffer();
        body.writeByte(magic).writeByte(0);
        if (magic > 0) {
            body.writeLong(Batches.TIMESTAMP);
        }
        body.writeInt(-1).writeInt(value.length).writeBytes(value);
        CRC32 crc = new CRC32();
        crc.update(body.array(), 0, body.readableBytes());
        return Unpooled.buffer().writeInt((int) crc.getValue()).writeBytes(body);
    }
}
