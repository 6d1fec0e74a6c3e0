package io.barnabas.requests.admin;

import io.barnabas.config.ConfigChange;
import io.barnabas.config.ConfigKey;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.RequestContext;
import io.barnabas.runtime.Stages;
import io.barnabas.wire.message.AlterConfigsRequest;
import io.barnabas.wire.message.AlterConfigsRequest.AlterConfigsResource;
import io.barnabas.wire.message.AlterConfigsRequest.AlterableConfig;
import io.barnabas.wire.message.AlterConfigsResponse;
import io.barnabas.wire.message.AlterConfigsResponse.AlterConfigsResourceResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** AlterConfigs, v0-v2: replaces all settings of a topic or of brokers; what is not named goes back to its default. */
final class AlterConfigsHandler implements DeferredHandler<AlterConfigsRequest, AlterConfigsResponse> {
    private final ConfigAlterations alterations;

    AlterConfigsHandler(ConfigAlterations alterations) {
        this.alterations = alterations;
    }

    @Override
    public CompletionStage<AlterConfigsResponse> handle(RequestContext context, AlterConfigsRequest request) {
        Map<ConfiguredResource, Integer> counts = ConfiguredResource.counted(
                request.resources().stream().map(AlterConfigsHandler::resource).toList());
        return Stages.all(request.resources(), asked -> alter(context, request, asked, counts.get(resource(asked)) > 1))
                .thenApply(responses -> new AlterConfigsResponse().responses(responses));
    }

    private CompletionStage<AlterConfigsResourceResponse> alter(
            RequestContext context, AlterConfigsRequest request, AlterConfigsResource asked, boolean isRepeated) {
        CompletionStage<Refusal> refusal = isRepeated
                ? CompletableFuture.completedFuture(ConfigAlterations.repeated())
                : alterations.alter(context, resource(asked), new Replacement(asked.configs()), request.validateOnly());
        return refusal.thenApply(result -> new AlterConfigsResourceResponse()
                .resourceType(asked.resourceType())
                .resourceName(asked.resourceName())
                .errorCode(result.error().code())
                .errorMessage(result.message()));
    }

    private static ConfiguredResource resource(AlterConfigsResource asked) {
        return new ConfiguredResource(asked.resourceType(), asked.resourceName());
    }

    private record Replacement(List<AlterableConfig> configs) implements ConfigAlterations.Alteration {
        @Override
        public List<String> names() {
            return configs.stream().map(AlterableConfig::name).toList();
        }

        @Override
        public List<String> nulls() {
            return configs.stream()
                    .filter(config -> config.value() == null)
                    .map(AlterableConfig::name)
                    .toList();
        }

        @Override
        public ConfigChange.Outcome on(Map<String, String> current, Function<String, ConfigKey<?>> keyOf) {
            Map<String, String> values = new TreeMap<>();
            configs.forEach(config -> values.put(config.name(), config.value()));
            return new ConfigChange.Outcome(values, null);
        }
    }
}
