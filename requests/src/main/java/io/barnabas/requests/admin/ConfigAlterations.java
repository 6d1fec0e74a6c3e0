package io.barnabas.requests.admin;

import io.barnabas.cluster.configs.ConfigEntities;
import io.barnabas.config.ConfigChange;
import io.barnabas.config.ConfigKey;
import io.barnabas.config.ConfigProblem;
import io.barnabas.config.ConfigType;
import io.barnabas.config.DynamicConfigRules;
import io.barnabas.config.TopicConfigRules;
import io.barnabas.config.TopicKeys;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.wire.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Checks and stores new settings of a topic or of brokers, for both APIs that alter them. Any thread; the checks come
 * in Kafka's order and words.
 */
final class ConfigAlterations {
    private final AdminPorts ports;

    /** What an alteration makes of the settings there are. */
    interface Alteration {
        /** Names as they came, for the checks on the form. */
        List<String> names();

        /** Those with a null where a value must be. */
        List<String> nulls();

        ConfigChange.Outcome on(Map<String, String> current, Function<String, ConfigKey<?>> keyOf);
    }

    ConfigAlterations(AdminPorts ports) {
        this.ports = ports;
    }

    CompletionStage<Refusal> alter(
            RequestContext context, ConfiguredResource resource, Alteration alteration, boolean validateOnly) {
        Refusal refusal = refusal(context, resource, alteration);
        if (!refusal.isNone()) {
            ports.metrics().failed(context.apiKey(), refusal.error());
            return CompletableFuture.completedFuture(refusal);
        }
        boolean isTopic = resource.type() == ConfiguredResource.TOPIC;
        String entity = entity(resource);
        return ports.configs().read(entity).thenCompose(current -> {
            ConfigChange.Outcome outcome =
                    alteration.on(current, isTopic ? TopicKeys::named : DynamicConfigRules::keyOf);
            if (outcome.isRefused()) {
                return refused(
                        context,
                        new Refusal(ErrorCode.INVALID_CONFIG, outcome.problem().text()));
            }
            Optional<Refusal> problem =
                    isTopic ? topicProblem(resource, outcome.values()) : brokerProblem(resource, outcome.values());
            if (problem.isPresent()) {
                return refused(context, problem.get());
            }
            return validateOnly
                    ? CompletableFuture.completedFuture(Refusal.NONE)
                    : ports.configs().change(entity, outcome.values()).thenApply(done -> Refusal.NONE);
        });
    }

    /** Named more than once in one request: then nobody knows what was meant. */
    static Refusal repeated() {
        return Refusal.invalid("Each resource must appear at most once.");
    }

    private CompletionStage<Refusal> refused(RequestContext context, Refusal refusal) {
        ports.metrics().failed(context.apiKey(), refusal.error());
        return CompletableFuture.completedFuture(refusal);
    }

    private Refusal refusal(RequestContext context, ConfiguredResource resource, Alteration alteration) {
        Set<String> names = new HashSet<>(alteration.names());
        if (names.size() < alteration.names().size()) {
            return Refusal.invalid("Error due to duplicate config keys");
        } else if (!alteration.nulls().isEmpty()) {
            return Refusal.invalid("Null value not supported for : " + String.join(", ", alteration.nulls()));
        }
        return switch (resource.type()) {
            case ConfiguredResource.TOPIC -> topicRefusal(context, resource.name());
            case ConfiguredResource.BROKER -> brokerRefusal(context, resource.name());
            case ConfiguredResource.CLIENT_METRICS ->
                Refusal.invalid("AlterConfigs is only supported for topics and brokers, but resource type is "
                        + resource.typeName());
            default -> Refusal.invalid("Unknown resource type " + resource.type());
        };
    }

    private Refusal topicRefusal(RequestContext context, String topic) {
        if (!ports.authorizer().allows(context, Operation.ALTER_CONFIGS, ResourceType.TOPIC, topic)) {
            return Refusal.of(ErrorCode.TOPIC_AUTHORIZATION_FAILED);
        } else if (topic.isEmpty()) {
            return Refusal.invalid("Default topic resources are not allowed.");
        }
        return ports.metadata().current().hasTopic(topic)
                ? Refusal.NONE
                : new Refusal(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "The topic '" + topic + "' does not exist.");
    }

    private Refusal brokerRefusal(RequestContext context, String name) {
        if (!ports.authorizer().allowsOnCluster(context, Operation.ALTER_CONFIGS)) {
            return Refusal.of(ErrorCode.CLUSTER_AUTHORIZATION_FAILED);
        } else if (name.isEmpty()) {
            return Refusal.NONE;
        } else if (!name.matches("-?\\d{1,9}")) {
            return Refusal.invalid("Node id must be an integer, but it is: " + name);
        }
        return Integer.parseInt(name) == ports.brokerId()
                ? Refusal.NONE
                : Refusal.invalid("Unexpected broker id, expected " + ports.brokerId() + ", but received " + name);
    }

    private Optional<Refusal> topicProblem(ConfiguredResource resource, Map<String, String> values) {
        return TopicConfigRules.problemWith(values, ports.configs().broker())
                .map(problem -> new Refusal(
                        ErrorCode.INVALID_CONFIG,
                        "Invalid config value for resource " + resource + ": " + problem.text()));
    }

    private Optional<Refusal> brokerProblem(ConfiguredResource resource, Map<String, String> values) {
        for (String name : values.keySet()) {
            ConfigKey<?> key = DynamicConfigRules.keyOf(name);
            if (key != null && key.type() == ConfigType.PASSWORD) {
                // Kept in ZooKeeper it would have to be encrypted, which is not done yet.
                return Optional.of(Refusal.invalid("Passwords such as " + name
                        + " cannot be kept in ZooKeeper; set it in the configuration file"));
            }
        }
        boolean ofOneBroker = !resource.name().isEmpty();
        return DynamicConfigRules.problemWith(ports.configs().broker(), values, ofOneBroker)
                .map(ConfigProblem::text)
                .map(Refusal::invalid);
    }

    private static String entity(ConfiguredResource resource) {
        if (resource.type() == ConfiguredResource.TOPIC) {
            return ConfigEntities.topic(resource.name());
        }
        return resource.name().isEmpty()
                ? ConfigEntities.DEFAULT_BROKER
                : ConfigEntities.broker(Integer.parseInt(resource.name()));
    }
}
