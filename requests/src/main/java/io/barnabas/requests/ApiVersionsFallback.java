package io.barnabas.requests;

import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.ApiVersionsResponse;
import io.barnabas.wire.message.ApiVersionsResponse.ApiVersion;
import java.util.List;

/** The answer to a version of ApiVersions that is newer than ours: the client tries again with what it names (KIP-511). */
final class ApiVersionsFallback {
    private ApiVersionsFallback() {}

    static ApiVersionsResponse answer(Versions served) {
        ApiVersion itself = new ApiVersion()
                .apiKey(ApiKey.API_VERSIONS.id())
                .minVersion(served.lowest())
                .maxVersion(served.highest());
        return new ApiVersionsResponse()
                .errorCode(ErrorCode.UNSUPPORTED_VERSION.code())
                .apiKeys(List.of(itself));
    }
}
