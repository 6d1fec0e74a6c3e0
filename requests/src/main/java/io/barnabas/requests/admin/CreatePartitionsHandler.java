package io.barnabas.requests.admin;

import io.barnabas.cluster.topics.MorePartitions;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.Quotas;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.CreatePartitionsRequest;
import io.barnabas.wire.message.CreatePartitionsRequest.CreatePartitionsTopic;
import io.barnabas.wire.message.CreatePartitionsResponse;
import io.barnabas.wire.message.CreatePartitionsResponse.CreatePartitionsTopicResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** CreatePartitions, v0-v3: topics get more partitions; the count is the new total. Answers when all have a leader. */
final class CreatePartitionsHandler implements DeferredHandler<CreatePartitionsRequest, CreatePartitionsResponse> {
    private final AdminPorts ports;

    CreatePartitionsHandler(AdminPorts ports) {
        this.ports = ports;
    }

    @Override
    public CompletionStage<CreatePartitionsResponse> handle(RequestContext context, CreatePartitionsRequest request) {
        Map<String, Integer> named = new HashMap<>();
        request.topics().forEach(topic -> named.merge(topic.name(), 1, Integer::sum));
        Map<String, Refusal> results = new LinkedHashMap<>();
        List<MorePartitions> wishes = new ArrayList<>();
        for (CreatePartitionsTopic topic : request.topics()) {
            Refusal refusal = refusal(context, topic.name(), named.get(topic.name()) > 1);
            results.put(topic.name(), refusal);
            if (refusal.isNone()) {
                wishes.add(new MorePartitions(topic.name(), topic.count(), assignments(topic)));
            }
        }
        long mutations = request.validateOnly()
                ? 0
                : wishes.stream().mapToLong(this::added).sum();
        int throttleMs = ports.quotas().throttleMs(context, Quotas.Kind.CONTROLLER_MUTATIONS, mutations);
        return ports.topics()
                .addPartitions(wishes, request.timeoutMs(), request.validateOnly())
                .thenApply(outcomes -> {
                    outcomes.forEach(
                            outcome -> results.put(outcome.topic(), new Refusal(outcome.error(), outcome.message())));
                    return answer(context, results).throttleTimeMs(throttleMs);
                });
    }

    private Refusal refusal(RequestContext context, String topic, boolean isNamedTwice) {
        if (!ports.isController().getAsBoolean()) {
            return new Refusal(ErrorCode.NOT_CONTROLLER, null);
        } else if (isNamedTwice) {
            return Refusal.invalid("Duplicate topic in request.");
        }
        return ports.authorizer().allows(context, Operation.ALTER, ResourceType.TOPIC, topic)
                ? Refusal.NONE
                : new Refusal(ErrorCode.TOPIC_AUTHORIZATION_FAILED, "The topic authorization is failed.");
    }

    private long added(MorePartitions wish) {
        var topic = ports.metadata().current().topic(wish.topic());
        return topic == null ? 0 : Math.max(0, wish.total() - topic.partitions().size());
    }

    private static List<List<Integer>> assignments(CreatePartitionsTopic topic) {
        return topic.assignments() == null
                ? null
                : topic.assignments().stream()
                        .map(assignment ->
                                Arrays.stream(assignment.brokerIds()).boxed().toList())
                        .toList();
    }

    private CreatePartitionsResponse answer(RequestContext context, Map<String, Refusal> results) {
        List<CreatePartitionsTopicResult> answers = new ArrayList<>();
        results.forEach((topic, result) -> {
            if (!result.isNone()) {
                ports.metrics().failed(context.apiKey(), result.error());
            }
            answers.add(new CreatePartitionsTopicResult()
                    .name(topic)
                    .errorCode(result.error().code())
                    .errorMessage(result.message()));
        });
        return new CreatePartitionsResponse().results(answers);
    }
}
