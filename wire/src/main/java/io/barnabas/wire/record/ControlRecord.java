package io.barnabas.wire.record;

import java.nio.ByteBuffer;

/** The key of a control record says what it is: {@code version:2 type:2}. Stateless. */
public final class ControlRecord {
    static final short VERSION = 0;
    static final int KEY_BYTES = 4;

    /** What brokers write into a partition for themselves. */
    public enum Type {
        ABORT,
        COMMIT,
        /** Not of this protocol, or of a later one; to be skipped. */
        OTHER
    }

    private ControlRecord() {}

    /** Of a record of a control batch. */
    public static Type typeOf(RecordView record) {
        if (record.keySize() < KEY_BYTES) {
            return Type.OTHER;
        }
        ByteBuffer key = record.key();
        return switch (key.getShort(Short.BYTES)) {
            case 0 -> Type.ABORT;
            case 1 -> Type.COMMIT;
            default -> Type.OTHER;
        };
    }
}
