package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** The checksums of batches: CRC-32C in format 2, CRC-32 in the older ones. Stateless. */
public final class BatchChecksum {
    private static final int LEGACY_CRC = BatchHeader.LOG_OVERHEAD;
    private static final int LEGACY_CRC_COVERS_FROM = LEGACY_CRC + Integer.BYTES;

    private BatchChecksum() {}

    /** Whether the whole batch of any format at the index, of this size, has the checksum it carries. */
    public static boolean matches(ByteBuf bytes, int at, int size) {
        return BatchHeader.magic(bytes, at) == BatchHeader.MAGIC_V2
                ? compute(bytes, at, size) == (int) BatchHeader.crc(bytes, at)
                : computeLegacy(bytes, at, size) == bytes.getInt(at + LEGACY_CRC);
    }

    /** Of a batch of format 2. */
    public static int compute(ByteBuf bytes, int at, int size) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.nioBuffer(at + BatchHeader.CRC_COVERS_FROM, size - BatchHeader.CRC_COVERS_FROM));
        return (int) crc.getValue();
    }

    private static int computeLegacy(ByteBuf bytes, int at, int size) {
        CRC32 crc = new CRC32();
        crc.update(bytes.nioBuffer(at + LEGACY_CRC_COVERS_FROM, size - LEGACY_CRC_COVERS_FROM));
        return (int) crc.getValue();
    }
}
