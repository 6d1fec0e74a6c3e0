package io.barnabas.group;

import io.barnabas.wire.ErrorCode;

/**
 * A member's share of the work.
 *
 * @param protocolType null when refused
 * @param protocolName null when refused
 */
public record SyncAnswer(ErrorCode error, String protocolType, String protocolName, byte[] assignment) {
    private static final byte[] NOTHING = {};

    public static SyncAnswer refused(ErrorCode error) {
        return new SyncAnswer(error, null, null, NOTHING);
    }
}
