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
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * CreateTopics, v0-v7: topics by counts or by assignments; answers when all partitions have a leader. v1 may only
 * check; v4 takes -1 for the broker's defaults; v5 answers with the topic's settings, v7 with its id. A topic whose
 * settings name {@link CloneWish#SOURCE} is made as a clone of that one, in any version.
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
            Refusal refusal = refusal(context, topic, twice);
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
        return make(wanted.values(), request.timeoutMs(), request.validateOnly())
                .thenApply(outcomes -> answer(context, request, refused, wanted, outcomes));
    }

    private CompletionStage<List<TopicOutcome>> make(
            Collection<CreatableTopic> wanted, int timeoutMs, boolean validateOnly) {
        List<NewTopic> plain = new ArrayList<>();
        List<CompletableFuture<TopicOutcome>> clones = new ArrayList<>();
        for (CreatableTopic wish : wanted) {
            NewTopic topic = newTopic(wish);
            if (CloneWish.isMeantBy(topic)) {
                clones.add(ports.clones()
                        .clone(CloneWish.of(topic), timeoutMs, validateOnly)
                        .toCompletableFuture());
            } else {
                plain.add(topic);
            }
        }
        CompletionStage<List<TopicOutcome>> made = plain.isEmpty()
                ? CompletableFuture.completedFuture(List.of())
                : ports.topics().create(plain, timeoutMs, validateOnly);
        return made.thenCombine(
                CompletableFuture.allOf(clones.toArray(CompletableFuture[]::new)), (outcomes, cloned) -> {
                    List<TopicOutcome> all = new ArrayList<>(outcomes);
                    clones.forEach(clone -> all.add(clone.join()));
                    return all;
                });
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

    private Refusal refusal(RequestContext context, CreatableTopic topic, Set<String> twice) {
        String name = topic.name();
        if (!ports.isController().getAsBoolean()) {
            return new Refusal(ErrorCode.NOT_CONTROLLER, null);
        } else if (name.equals(KRAFT_METADATA)) {
            return Refusal.invalid("Creation of internal topic " + KRAFT_METADATA + " is prohibited.");
        } else if (twice.contains(name)) {
            return Refusal.invalid("Found multiple entries for this topic.");
        }
        boolean allowed = ports.authorizer().allowsOnCluster(context, Operation.CREATE)
                || ports.authorizer().allows(context, Operation.CREATE, ResourceType.TOPIC, name);
        NewTopic wanted = newTopic(topic);
        if (allowed && CloneWish.isMeantBy(wanted)) {
            return refusalOfClone(context, CloneWish.of(wanted));
        }
        return allowed ? Refusal.NONE : new Refusal(ErrorCode.TOPIC_AUTHORIZATION_FAILED, "Authorization failed.");
    }

    /** Who clones a topic reads all of it, and its settings. */
    private Refusal refusalOfClone(RequestContext context, CloneWish wish) {
        if (wish.problem() != null) {
            return Refusal.invalid(wish.problem());
        }
        boolean mayRead = ports.authorizer().allows(context, Operation.READ, ResourceType.TOPIC, wish.source())
                && ports.authorizer().allows(context, Operation.DESCRIBE_CONFIGS, ResourceType.TOPIC, wish.source());
        return mayRead ? Refusal.NONE : new Refusal(ErrorCode.TOPIC_AUTHORIZATION_FAILED, "Authorization failed.");
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
        return result.numPartitions(outcome.partitions())
                .replicationFactor((short) outcome.replicationFactor())
                .configs(configOf(newTopic(asked)).describe().stream()
                        .map(CreateTopicsHandler::described)
                        .toList());
    }

    /** A clone has its source's settings, too, and is known by now; but one that was only checked. */
    private TopicConfig configOf(NewTopic topic) {
        return CloneWish.isMeantBy(topic)
                ? ports.configs().topic(topic.name())
                : TopicConfig.of(ports.configs().broker(), topic.configs());
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
