package io.barnabas.requests.admin;

import io.barnabas.cluster.topics.NewTopic;
import io.barnabas.cluster.topics.TopicOutcome;
import io.barnabas.config.ConfigEntry;
import io.barnabas.config.TopicConfig;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.Quotas;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.CreateTopicsRequest;
import io.barnabas.wire.message.CreateTopicsRequest.CreatableReplicaAssignment;
import io.barnabas.wire.message.CreateTopicsRequest.CreatableTopic;
import io.barnabas.wire.message.CreateTopicsRequest.CreatableTopicConfig;
import io.barnabas.wire.message.CreateTopicsResponse;
import io.barnabas.wire.message.CreateTopicsResponse.CreatableTopicConfigs;
import io.barnabas.wire.message.CreateTopicsResponse.CreatableTopicResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * CreateTopics, v0-v7: topics by counts or by assignments; answers when all partitions have a leader. v1 may only
 * check; v4 takes -1 for the broker's defaults; v5 answers with the topic's settings, v7 with its id.
 */
final class CreateTopicsHandler implements DeferredHandler<CreateTopicsRequest, CreateTopicsResponse> {
    private static final String KRAFT_METADATA = "__cluster_metadata";

    private final AdminPorts ports;

    CreateTopicsHandler(AdminPorts ports) {
        this.ports = ports;
    }

    @Override
    public CompletionStage<CreateTopicsResponse> handle(RequestContext context, CreateTopicsRequest request) {
        List<CreatableTopicResult> refused = new ArrayList<>();
        Map<String, CreatableTopic> wanted = new LinkedHashMap<>();
        Set<String> twice = namedTwice(request);
        for (CreatableTopic topic : request.topics()) {
            Refusal refusal = refusal(context, topic.name(), twice);
            if (refusal.isNone()) {
                wanted.put(topic.name(), topic);
            } else {
                ports.metrics().failed(context.apiKey(), refusal.error());
                refused.add(new CreatableTopicResult()
                        .name(topic.name())
                        .errorCode(refusal.error().code())
                        .errorMessage(refusal.message()));
            }
        }
        List<NewTopic> topics =
                wanted.values().stream().map(CreateTopicsHandler::newTopic).toList();
        return ports.topics()
                .create(topics, request.timeoutMs(), request.validateOnly())
                .thenApply(outcomes -> answer(context, request, refused, wanted, outcomes));
    }

    private static Set<String> namedTwice(CreateTopicsRequest request) {
        Set<String> seen = new HashSet<>();
        Set<String> twice = new HashSet<>();
        request.topics().stream()
                .map(CreatableTopic::name)
                .filter(name -> !seen.add(name))
                .forEach(twice::add);
        return twice;
    }

    private Refusal refusal(RequestContext context, String name, Set<String> twice) {
        if (!ports.isController().getAsBoolean()) {
            return new Refusal(ErrorCode.NOT_CONTROLLER, null);
        } else if (name.equals(KRAFT_METADATA)) {
            return Refusal.invalid("Creation of internal topic " + KRAFT_METADATA + " is prohibited.");
        } else if (twice.contains(name)) {
            return Refusal.invalid("Found multiple entries for this topic.");
        }
        boolean allowed = ports.authorizer().allowsOnCluster(context, Operation.CREATE)
                || ports.authorizer().allows(context, Operation.CREATE, ResourceType.TOPIC, name);
        return allowed ? Refusal.NONE : new Refusal(ErrorCode.TOPIC_AUTHORIZATION_FAILED, "Authorization failed.");
    }

    private static NewTopic newTopic(CreatableTopic topic) {
        Map<Integer, List<Integer>> assignments = new TreeMap<>();
        for (CreatableReplicaAssignment assignment : topic.assignments()) {
            assignments.put(
                    assignment.partitionIndex(),
                    Arrays.stream(assignment.brokerIds()).boxed().toList());
        }
        Map<String, String> configs = new HashMap<>();
        for (CreatableTopicConfig config : topic.configs()) {
            configs.put(config.name(), config.value());
        }
        return new NewTopic(topic.name(), topic.numPartitions(), topic.replicationFactor(), assignments, configs);
    }

    private CreateTopicsResponse answer(
            RequestContext context,
            CreateTopicsRequest request,
            List<CreatableTopicResult> refused,
            Map<String, CreatableTopic> wanted,
            List<TopicOutcome> outcomes) {
        List<CreatableTopicResult> results = new ArrayList<>();
        long mutations = 0;
        for (TopicOutcome outcome : outcomes) {
            results.add(made(context, wanted.get(outcome.topic()), outcome));
            mutations += outcome.isDone() && !request.validateOnly() ? outcome.partitions() : 0;
        }
        results.addAll(refused);
        return new CreateTopicsResponse()
                .topics(results)
                .throttleTimeMs(ports.quotas().throttleMs(context, Quotas.Kind.CONTROLLER_MUTATIONS, mutations));
    }

    private CreatableTopicResult made(RequestContext context, CreatableTopic asked, TopicOutcome outcome) {
        CreatableTopicResult result = new CreatableTopicResult()
                .name(outcome.topic())
                .topicId(outcome.topicId())
                .errorCode(outcome.error().code())
                .errorMessage(outcome.message());
        if (!outcome.isDone()) {
            ports.metrics().failed(context.apiKey(), outcome.error());
            return result;
        } else if (!ports.authorizer()
                .allows(context, Operation.DESCRIBE_CONFIGS, ResourceType.TOPIC, outcome.topic())) {
            return result.topicConfigErrorCode(ErrorCode.TOPIC_AUTHORIZATION_FAILED.code());
        }
        Map<String, String> overrides = newTopic(asked).configs();
        return result.numPartitions(outcome.partitions())
                .replicationFactor((short) outcome.replicationFactor())
                .configs(TopicConfig.of(ports.configs().broker(), overrides).describe().stream()
                        .map(CreateTopicsHandler::described)
                        .toList());
    }

    private static CreatableTopicConfigs described(ConfigEntry entry) {
        return new CreatableTopicConfigs()
                .name(entry.name())
                .value(entry.value())
                .readOnly(entry.isReadOnly())
                .configSource(entry.source().id())
                .isSensitive(entry.isSensitive());
    }
}
