package io.barnabas.requests.admin;

import io.barnabas.cluster.MetadataImage;
import io.barnabas.requests.ApiException;
import io.barnabas.requests.InlineHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.ListConfigResourcesRequest;
import io.barnabas.wire.message.ListConfigResourcesResponse;
import io.barnabas.wire.message.ListConfigResourcesResponse.ConfigResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * ListConfigResources, v0-v1: what has settings. v0 lists subscriptions to client metrics, of which there are none; v1
 * lists resources of the kinds asked for, or of all.
 */
final class ListConfigResourcesHandler
        implements InlineHandler<ListConfigResourcesRequest, ListConfigResourcesResponse> {
    private static final Set<Byte> KINDS = Set.of(
            ConfiguredResource.TOPIC,
            ConfiguredResource.BROKER,
            ConfiguredResource.BROKER_LOGGER,
            ConfiguredResource.CLIENT_METRICS,
            ConfiguredResource.GROUP);

    private final AdminPorts ports;

    ListConfigResourcesHandler(AdminPorts ports) {
        this.ports = ports;
    }

    @Override
    public ListConfigResourcesResponse handle(RequestContext context, ListConfigResourcesRequest request) {
        if (!ports.authorizer().allowsOnCluster(context, Operation.DESCRIBE_CONFIGS)) {
            throw new ApiException(ErrorCode.CLUSTER_AUTHORIZATION_FAILED, null);
        } else if (context.apiVersion() == 0) {
            return new ListConfigResourcesResponse();
        }
        Set<Byte> asked = new TreeSet<>();
        for (byte kind : request.resourceTypes()) {
            asked.add(kind);
        }
        if (!KINDS.containsAll(asked)) {
            throw new ApiException(ErrorCode.UNSUPPORTED_VERSION, null);
        }
        return new ListConfigResourcesResponse().configResources(found(asked.isEmpty() ? KINDS : asked));
    }

    private List<ConfigResource> found(Set<Byte> kinds) {
        MetadataImage image = ports.metadata().current();
        List<ConfigResource> found = new ArrayList<>();
        for (byte kind : new TreeSet<>(kinds)) {
            switch (kind) {
                case ConfiguredResource.TOPIC ->
                    image.topics().forEach(topic -> found.add(resource(kind, topic.name())));
                case ConfiguredResource.BROKER, ConfiguredResource.BROKER_LOGGER ->
                    image.brokers().keySet().forEach(id -> found.add(resource(kind, Integer.toString(id))));
                default -> {
                    // Groups and client metrics have no settings of their own here.
                }
            }
        }
        return found;
    }

    private static ConfigResource resource(byte kind, String name) {
        return new ConfigResource().resourceType(kind).resourceName(name);
    }
}
