package io.barnabas.requests.admin;

import io.barnabas.config.ConfigChange;
import io.barnabas.config.ConfigKey;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.RequestContext;
import io.barnabas.runtime.Stages;
import io.barnabas.wire.message.IncrementalAlterConfigsRequest;
import io.barnabas.wire.message.IncrementalAlterConfigsRequest.AlterConfigsResource;
import io.barnabas.wire.message.IncrementalAlterConfigsRequest.AlterableConfig;
import io.barnabas.wire.message.IncrementalAlterConfigsResponse;
import io.barnabas.wire.message.IncrementalAlterConfigsResponse.AlterConfigsResourceResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** IncrementalAlterConfigs, v0-v1: sets, deletes, appends to and subtracts from single settings of a topic or of brokers. */
final class IncrementalAlterConfigsHandler
        implements DeferredHandler<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse> {
    private final ConfigAlterations alterations;

    IncrementalAlterConfigsHandler(ConfigAlterations alterations) {
        this.alterations = alterations;
    }

    @Override
    public CompletionStage<IncrementalAlterConfigsResponse> handle(
            RequestContext context, IncrementalAlterConfigsRequest request) {
        Map<ConfiguredResource, Integer> counts = ConfiguredResource.counted(request.resources().stream()
                .map(IncrementalAlterConfigsHandler::resource)
                .toList());
        return Stages.all(request.resources(), asked -> alter(context, request, asked, counts.get(resource(asked)) > 1))
                .thenApply(responses -> new IncrementalAlterConfigsResponse().responses(responses));
    }

    private CompletionStage<AlterConfigsResourceResponse> alter(
            RequestContext context,
            IncrementalAlterConfigsRequest request,
            AlterConfigsResource asked,
            boolean isRepeated) {
        Optional<AlterableConfig> unknown = asked.configs().stream()
                .filter(config ->
                        ConfigChange.Operation.of(config.configOperation()).isEmpty())
                .findFirst();
        CompletionStage<Refusal> refusal;
        if (isRepeated) {
            refusal = CompletableFuture.completedFuture(ConfigAlterations.repeated());
        } else if (unknown.isPresent()) {
            refusal = CompletableFuture.completedFuture(
                    Refusal.invalid("Unknown operations type " + unknown.get().configOperation()));
        } else {
            refusal = alterations.alter(context, resource(asked), new Changes(asked.configs()), request.validateOnly());
        }
        return refusal.thenApply(result -> new AlterConfigsResourceResponse()
                .resourceType(asked.resourceType())
                .resourceName(asked.resourceName())
                .errorCode(result.error().code())
                .errorMessage(result.message()));
    }

    private static ConfiguredResource resource(AlterConfigsResource asked) {
        return new ConfiguredResource(asked.resourceType(), asked.resourceName());
    }

    private record Changes(List<AlterableConfig> configs) implements ConfigAlterations.Alteration {
        @Override
        public List<String> names() {
            return configs.stream().map(AlterableConfig::name).toList();
        }

        @Override
        public List<String> nulls() {
            return configs.stream()
                    .filter(config -> config.value() == null && operation(config) != ConfigChange.Operation.DELETE)
                    .map(AlterableConfig::name)
                    .toList();
        }

        @Override
        public ConfigChange.Outcome on(Map<String, String> current, Function<String, ConfigKey<?>> keyOf) {
            List<ConfigChange> changes = configs.stream()
                    .map(config -> new ConfigChange(operation(config), config.name(), config.value()))
                    .toList();
            return ConfigChange.applyAll(current, changes, keyOf);
        }

        private static ConfigChange.Operation operation(AlterableConfig config) {
            return ConfigChange.Operation.of(config.configOperation()).orElseThrow();
        }
    }
}
