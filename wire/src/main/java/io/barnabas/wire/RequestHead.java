package io.barnabas.wire;

import io.barnabas.wire.message.RequestHeader;

/**
 * The start of a request, as far as it can be told without knowing whether anybody serves it.
 *
 * @param apiKey null when the number is unknown
 * @param clientId null when the client names none, or when the header of an unknown request does not show it
 */
public record RequestHead(short apiKeyId, ApiKey apiKey, short version, int correlationId, String clientId) {
    private static final int FIXED_BYTES = 8;

    /**
     * Reads the header and leaves the reader at the body. The header of ApiVersions can be read in any version, because
     * that is how a newer client is told what is known here; of a request that is unknown, the client id is a guess.
     */
    public static RequestHead read(ByteReader in) {
        in.describe("request header", "", (short) -1);
        if (in.remaining() < FIXED_BYTES) {
            throw in.malformed("header of " + in.remaining() + " bytes");
        }
        short id = in.readInt16();
        short version = in.readInt16();
        int correlationId = in.readInt32();
        ApiKey key = ApiKey.of(id);
        if (key == null || !key.supports(version) && key != ApiKey.API_VERSIONS) {
            return new RequestHead(id, key, version, correlationId, guessClientId(in));
        }
        short headerVersion = key.requestHeaderVersion(version);
        String clientId = headerVersion == 0 ? null : in.readString(false, true);
        if (headerVersion == RequestHeader.HIGHEST_VERSION) {
            in.readTaggedFields();
        }
        return new RequestHead(id, key, version, correlationId, clientId);
    }

    private static String guessClientId(ByteReader in) {
        try {
            return in.readString(false, true);
        } catch (MalformedMessageException e) {
            return null;
        }
    }

    /** Whether the body can be read; not whether this broker serves it. */
    public boolean isReadable() {
        return apiKey != null && apiKey.supports(version);
    }
}
