package io.barnabas.broker.net;

/** Recognizes clients of other protocols by the first four bytes that they send, to say in the log what went wrong. */
final class Strangers {
    private static final int TLS_HANDSHAKE = 0x16;
    private static final int TLS_MAJOR_VERSION = 0x03;

    private Strangers() {}

    /** What the bytes look like, or null when they may be a frame's length. */
    static String recognize(int firstBytes) {
        if (firstBytes >>> 24 == TLS_HANDSHAKE && (firstBytes >>> 16 & 0xFF) == TLS_MAJOR_VERSION) {
            return "a TLS handshake on a listener without TLS: the client's security.protocol does not fit";
        }
        return switch (firstBytes) {
            case 0x47455420, // "GET "
                    0x504F5354, // "POST"
                    0x50555420, // "PUT "
                    0x48454144, // "HEAD"
                    0x44454C45, // "DELE"
                    0x4F505449, // "OPTI"
                    0x434F4E4E, // "CONN"
                    0x50524920 // "PRI "
            -> "an HTTP request: this port speaks Kafka's protocol";
            case 0x5353482D -> "an SSH client: this port speaks Kafka's protocol"; // "SSH-"
            default -> null;
        };
    }
}
