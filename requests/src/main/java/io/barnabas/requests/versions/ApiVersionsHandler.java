package io.barnabas.requests.versions;

import io.barnabas.requests.ApiRegistry;
import io.barnabas.requests.ClientSoftware;
import io.barnabas.requests.InlineHandler;
import io.barnabas.requests.RequestContext;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.ApiVersionsRequest;
import io.barnabas.wire.message.ApiVersionsResponse;
import io.barnabas.wire.message.ApiVersionsResponse.ApiVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * ApiVersions, v0-v5: what this broker serves, taken from the registrations. v1 adds the throttle time, v3 the client's
 * name and version and the cluster's features, v5 lets the client say which broker of which cluster it means to reach.
 * A version that is newer still is answered in the form of v0 by {@link io.barnabas.requests.RequestDispatcher}.
 */
public final class ApiVersionsHandler implements InlineHandler<ApiVersionsRequest, ApiVersionsResponse> {
    private static final Pattern SOFTWARE = Pattern.compile("[a-zA-Z0-9](?:[a-zA-Z0-9\\-.]*[a-zA-Z0-9])?");
    private static final int NAMES_SOFTWARE_FROM = 3;
    private static final int NAMES_BROKER_FROM = 5;

    private final ApiRegistry registry;
    private final Identity identity;
    private final FeaturesEpoch featuresEpoch;

    public ApiVersionsHandler(ApiRegistry registry, Identity identity, FeaturesEpoch featuresEpoch) {
        this.registry = registry;
        this.identity = identity;
        this.featuresEpoch = featuresEpoch;
    }

    /** Which broker of which cluster this is. */
    public record Identity(String clusterId, int brokerId) {}

    /** The version of the cluster's finalized features, of which there are none while ZooKeeper holds the metadata. */
    @FunctionalInterface
    public interface FeaturesEpoch {
        /** -1 for unknown. */
        long current();
    }

    @Override
    public ApiVersionsResponse handle(RequestContext context, ApiVersionsRequest request) {
        if (context.apiVersion() >= NAMES_SOFTWARE_FROM) {
            if (!isProperName(request.clientSoftwareName()) || !isProperName(request.clientSoftwareVersion())) {
                return refused(ErrorCode.INVALID_REQUEST);
            }
            context.connection()
                    .introducedAs(new ClientSoftware(request.clientSoftwareName(), request.clientSoftwareVersion()));
        }
        if (context.apiVersion() >= NAMES_BROKER_FROM && meansAnotherBroker(request)) {
            return refused(ErrorCode.REBOOTSTRAP_REQUIRED);
        }
        return new ApiVersionsResponse().apiKeys(served()).finalizedFeaturesEpoch(featuresEpoch.current());
    }

    private static boolean isProperName(String name) {
        return SOFTWARE.matcher(name).matches();
    }

    /** A client that has not heard yet which cluster this is names none. */
    private boolean meansAnotherBroker(ApiVersionsRequest request) {
        return request.clusterId() != null
                && (!request.clusterId().equals(identity.clusterId()) || request.nodeId() != identity.brokerId());
    }

    private List<ApiVersion> served() {
        List<ApiVersion> served = new ArrayList<>();
        for (ApiRegistry.Listing api : registry.listing()) {
            served.add(new ApiVersion()
                    .apiKey(api.key().id())
                    .minVersion(api.versions().lowest())
                    .maxVersion(api.versions().highest()));
        }
        return served;
    }

    private static ApiVersionsResponse refused(ErrorCode error) {
        return new ApiVersionsResponse().errorCode(error.code());
    }
}
