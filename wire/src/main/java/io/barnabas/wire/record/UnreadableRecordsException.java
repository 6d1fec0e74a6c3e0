package io.barnabas.wire.record;

/**
 * Record bytes that cannot be read. It unwinds the readers of this package from any depth; {@link BatchValidator} turns
 * it into a refusal, and who reads a log treats it as a fault of that log. It carries no stack trace, because a client
 * that sends bad bytes must not make us pay for one.
 */
public final class UnreadableRecordsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the bytes. */
    public enum Reason {
        /** The structure of a batch or record contradicts itself. */
        MALFORMED,
        /** A checksum or a length differs from what the bytes say. */
        CORRUPT,
        /** The compressed stream cannot be decompressed. */
        UNDECODABLE,
        /** Decompressed, the bytes would exceed the given bound. */
        EXPANDS_TOO_FAR,
        /** The codec cannot be loaded on this machine, or does not exist in the format that is wanted. */
        CODEC_UNAVAILABLE
    }

    private final Reason reason;

    private UnreadableRecordsException(Reason reason, String message, Throwable cause) {
        super(message, cause, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    static UnreadableRecordsException malformed(String message) {
        return new UnreadableRecordsException(Reason.MALFORMED, message, null);
    }

    static UnreadableRecordsException corrupt(String message) {
        return new UnreadableRecordsException(Reason.CORRUPT, message, null);
    }

    static UnreadableRecordsException undecodable(String message, Throwable cause) {
        return new UnreadableRecordsException(Reason.UNDECODABLE, message, cause);
    }

    static UnreadableRecordsException undecodable(String message) {
        return undecodable(message, null);
    }

    static UnreadableRecordsException expandsTooFar(int maxExpandedBytes) {
        return new UnreadableRecordsException(
                Reason.EXPANDS_TOO_FAR, "the batch expands to more than " + maxExpandedBytes + " bytes", null);
    }

    static UnreadableRecordsException noSuchCodec(Compression codec, byte magic) {
        return new UnreadableRecordsException(
                Reason.CODEC_UNAVAILABLE,
                "format " + magic + " has no codec " + codec.configName() + ", and other formats are not asked for",
                null);
    }

    static UnreadableRecordsException unavailable(Compression codec, Throwable cause) {
        return new UnreadableRecordsException(
                Reason.CODEC_UNAVAILABLE, "the codec " + codec.configName() + " cannot be loaded: " + cause, cause);
    }
}
