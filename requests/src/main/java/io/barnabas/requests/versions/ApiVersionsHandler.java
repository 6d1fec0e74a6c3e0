package io.barnabas.requests.versions;

import io.barnabas.requests.ApiRegistry;
import io.barnabas.requests.ClientSoftware;
import io.barnabas.requests.InlineHandler;
import io.barnabas.requests.RequestContext;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.ApiVersionsRequest;
import io.barnabas.wire.message.ApiVersionsResponse;
import io.barnabas.wire.message.ApiVersionsResponse.ApiVersion;
import io.barnabas.wire.message.ApiVersionsResponse.FinalizedFeatureKey;
import io.barnabas.wire.message.ApiVersionsResponse.SupportedFeatureKey;
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
    private static final int FEATURES_MAY_BE_OFF_FROM = 4;
    private static final int NAMES_BROKER_FROM = 5;
    private static final String TRANSACTIONS = "transaction.version";
    private static final short HIGHEST_TRANSACTIONS_LEVEL = 2;

    private final ApiRegistry registry;
    private final Identity identity;
    private final Features features;

    public ApiVersionsHandler(ApiRegistry registry, Identity identity, Features features) {
        this.registry = registry;
        this.identity = identity;
        this.features = features;
    }

    /** Which broker of which cluster this is. */
    public record Identity(String clusterId, int brokerId) {}

    /** The cluster's features, as far as clients must know them while ZooKeeper holds the metadata. */
    public interface Features {
        /** Rises when a level changes. */
        long version();

        /** The level of {@code transaction.version}. */
        short transactionVersion();
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
        short level = features.transactionVersion();
        return new ApiVersionsResponse()
                .apiKeys(served())
                .supportedFeatures(supported(context.apiVersion()))
                .finalizedFeaturesEpoch(features.version())
                .finalizedFeatures(List.of(new FinalizedFeatureKey()
                        .name(TRANSACTIONS)
                        .minVersionLevel(level)
                        .maxVersionLevel(level)));
    }

    /** In v3 clients do not understand a feature that may be off. */
    private static List<SupportedFeatureKey> supported(short version) {
        return version < FEATURES_MAY_BE_OFF_FROM
                ? List.of()
                : List.of(new SupportedFeatureKey()
                        .name(TRANSACTIONS)
                        .minVersion((short) 0)
                        .maxVersion(HIGHEST_TRANSACTIONS_LEVEL));
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
