package io.barnabas.log.producer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The content of a {@code .snapshot} file: {@code version:2 crc:4 count:4}, then 46 bytes a producer. Of each producer
 * it has the last batch only.
 */
public final class ProducerSnapshot {
    private static final short VERSION = 1;
    private static final int CRC_AT = 2;
    private static final int CRC_COVERS_FROM = 6;
    private static final int HEADER_BYTES = 10;
    private static final int ENTRY_BYTES = 46;

    private ProducerSnapshot() {}

    public static ByteBuffer write(ProducerStates producers) {
        List<ProducerState> states = producers.all();
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + states.size() * ENTRY_BYTES);
        out.putShort(VERSION).putInt(0).putInt(states.size());
        for (ProducerState state : states) {
            out.putLong(state.producerId())
                    .putShort(state.epoch())
                    .putInt(state.lastSequence())
                    .putLong(state.lastDataOffset())
                    .putInt(state.lastOffsetDelta())
                    .putLong(state.lastTimestamp())
                    .putInt(state.coordinatorEpoch())
                    .putLong(state.currentTxnFirstOffset());
        }
        out.flip();
        return out.putInt(CRC_AT, checksum(out));
    }

    /** Null when the bytes are no whole snapshot of this version. */
    public static List<ProducerState> read(ByteBuffer in) {
        if (in.remaining() < HEADER_BYTES || in.getShort(0) != VERSION || in.getInt(CRC_AT) != checksum(in)) {
            return null;
        }
        int count = in.position(CRC_COVERS_FROM).getInt();
        if (count < 0 || in.remaining() != (long) count * ENTRY_BYTES) {
            return null;
        }
        List<ProducerState> states = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            states.add(ProducerState.restored(
                    in.getLong(),
                    in.getShort(),
                    in.getInt(),
                    in.getLong(),
                    in.getInt(),
                    in.getLong(),
                    in.getInt(),
                    in.getLong()));
        }
        return states;
    }

    private static int checksum(ByteBuffer snapshot) {
        CRC32C crc = new CRC32C();
        crc.update(snapshot.duplicate().position(CRC_COVERS_FROM));
        return (int) crc.getValue();
    }
}
