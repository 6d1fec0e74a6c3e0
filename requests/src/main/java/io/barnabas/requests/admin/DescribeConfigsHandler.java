package io.barnabas.requests.admin;

import io.barnabas.cluster.configs.ConfigEntities;
import io.barnabas.cluster.topics.TopicName;
import io.barnabas.config.BrokerConfig;
import io.barnabas.config.ConfigEntry;
import io.barnabas.config.TopicConfig;
import io.barnabas.requests.ApiException;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.runtime.Stages;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.DescribeConfigsRequest;
import io.barnabas.wire.message.DescribeConfigsRequest.DescribeConfigsResource;
import io.barnabas.wire.message.DescribeConfigsResponse;
import io.barnabas.wire.message.DescribeConfigsResponse.DescribeConfigsResourceResult;
import io.barnabas.wire.message.DescribeConfigsResponse.DescribeConfigsResult;
import io.barnabas.wire.message.DescribeConfigsResponse.DescribeConfigsSynonym;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * DescribeConfigs, v0-v4: the settings of topics, of this broker, and of all brokers, straight from where they are
 * kept. v0 says only whether a value is the default; v1 where it comes from, with synonyms; v3 has types and
 * documentation.
 */
final class DescribeConfigsHandler implements DeferredHandler<DescribeConfigsRequest, DescribeConfigsResponse> {
    private final AdminPorts ports;

    DescribeConfigsHandler(AdminPorts ports) {
        this.ports = ports;
    }

    @Override
    public CompletionStage<DescribeConfigsResponse> handle(RequestContext context, DescribeConfigsRequest request) {
        return Stages.all(request.resources(), resource -> describe(context, request, resource))
                .thenApply(results -> new DescribeConfigsResponse().results(results));
    }

    private CompletionStage<DescribeConfigsResult> describe(
            RequestContext context, DescribeConfigsRequest request, DescribeConfigsResource resource) {
        Refusal refusal = refusal(context, resource);
        if (!refusal.isNone()) {
            ports.metrics().failed(context.apiKey(), refusal.error());
            return CompletableFuture.completedFuture(
                    named(resource).errorCode(refusal.error().code()).errorMessage(refusal.message()));
        }
        return entries(resource)
                .thenApply(entries -> named(resource)
                        .configs(entries.stream()
                                .filter(entry -> isAskedFor(resource, entry))
                                .map(entry -> described(request, entry))
                                .toList()));
    }

    private static DescribeConfigsResult named(DescribeConfigsResource resource) {
        return new DescribeConfigsResult().resourceType(resource.resourceType()).resourceName(resource.resourceName());
    }

    private Refusal refusal(RequestContext context, DescribeConfigsResource resource) {
        return switch (resource.resourceType()) {
            case ConfiguredResource.TOPIC -> topicRefusal(context, resource.resourceName());
            case ConfiguredResource.BROKER -> brokerRefusal(context, resource.resourceName());
            case ConfiguredResource.BROKER_LOGGER, ConfiguredResource.CLIENT_METRICS, ConfiguredResource.GROUP ->
                Refusal.invalid("Unsupported resource type: "
                        + new ConfiguredResource(resource.resourceType(), resource.resourceName()).typeName());
            default ->
                throw new ApiException(
                        ErrorCode.INVALID_REQUEST,
                        "Unexpected resource type UNKNOWN for resource " + resource.resourceName());
        };
    }

    private Refusal topicRefusal(RequestContext context, String topic) {
        if (!ports.authorizer().allows(context, Operation.DESCRIBE_CONFIGS, ResourceType.TOPIC, topic)) {
            return Refusal.of(ErrorCode.TOPIC_AUTHORIZATION_FAILED);
        }
        return TopicName.problem(topic)
                .map(problem -> new Refusal(ErrorCode.INVALID_TOPIC_EXCEPTION, problem))
                .orElseGet(() -> ports.metadata().current().hasTopic(topic)
                        ? Refusal.NONE
                        : new Refusal(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ""));
    }

    private Refusal brokerRefusal(RequestContext context, String name) {
        if (!ports.authorizer().allowsOnCluster(context, Operation.DESCRIBE_CONFIGS)) {
            return Refusal.of(ErrorCode.CLUSTER_AUTHORIZATION_FAILED);
        } else if (isAllBrokers(name)) {
            return Refusal.NONE;
        } else if (!name.matches("-?\\d{1,9}")) {
            return Refusal.invalid("Broker id must be an integer, but it is: " + name);
        }
        return Integer.parseInt(name) == ports.brokerId()
                ? Refusal.NONE
                : Refusal.invalid("Unexpected broker id, expected " + ports.brokerId()
                        + " or empty string, but received " + name);
    }

    private CompletionStage<List<ConfigEntry>> entries(DescribeConfigsResource resource) {
        if (resource.resourceType() == ConfiguredResource.TOPIC) {
            return ports.configs()
                    .read(ConfigEntities.topic(resource.resourceName()))
                    .thenApply(overrides ->
                            TopicConfig.of(ports.configs().broker(), overrides).describe());
        }
        return newestBrokerConfig()
                .thenApply(config ->
                        isAllBrokers(resource.resourceName()) ? config.describeClusterDefaults() : config.describe());
    }

    /** Whoever altered something just now sees it, though this broker may act on it a moment later. */
    private CompletionStage<BrokerConfig> newestBrokerConfig() {
        return ports.configs()
                .read(ConfigEntities.DEFAULT_BROKER)
                .thenCombine(
                        ports.configs().read(ConfigEntities.broker(ports.brokerId())),
                        (ofCluster, ofThisBroker) -> ports.configs().broker().withDynamic(ofCluster, ofThisBroker));
    }

    private static boolean isAllBrokers(String name) {
        return name == null || name.isEmpty();
    }

    private static boolean isAskedFor(DescribeConfigsResource resource, ConfigEntry entry) {
        List<String> keys = resource.configurationKeys();
        return keys == null || keys.isEmpty() || keys.contains(entry.name());
    }

    private static DescribeConfigsResourceResult described(DescribeConfigsRequest request, ConfigEntry entry) {
        return new DescribeConfigsResourceResult()
                .name(entry.name())
                .value(entry.value())
                .readOnly(entry.isReadOnly())
                .isDefault(entry.isDefault())
                .configSource(entry.source().id())
                .isSensitive(entry.isSensitive())
                .synonyms(request.includeSynonyms() ? synonyms(entry) : List.of())
                .configType(entry.typeId())
                .documentation(request.includeDocumentation() ? entry.documentation() : null);
    }

    private static List<DescribeConfigsSynonym> synonyms(ConfigEntry entry) {
        return entry.synonyms().stream()
                .map(synonym -> new DescribeConfigsSynonym()
                        .name(synonym.name())
                        .value(synonym.value())
                        .source(synonym.source().id()))
                .toList();
    }
}
